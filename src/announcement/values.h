/* values.h - single values of the front matter: dates, languages, colours, pages.  Pure.
 */
#ifndef ANNOUNCEMENT_VALUES_H
#define ANNOUNCEMENT_VALUES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "model/announcement.h"

/* YYYY-MM-DD, a day of the Gregorian calendar (ISO 8601). */
bool value_is_date(const char *s);

/* The same day as YYYY-MM-DD where S is "24/1/2024" or such; NULL: it is not. */
const char *value_date_hint(struct arena *a, const char *s);

/* Well-formed (BCP 47; RFC 5646, 2.1): "nl-BE". */
bool value_is_language(const char *s);

/* "#rrggbb" or "#rgb". */
bool value_color(const char *s, struct color *out);

/* "A4", "A5 landscape", in any case. */
bool value_page(const char *s, enum paper *paper, bool *landscape);

/* A whole number from 0 to MAX. */
bool value_count(const char *s, int max, int *out);

/* The line to write for KEY (NULL: none) with VALUE in the quotes of YAML that it needs,
 * in place of those that were meant to hold all of it. */
const char *value_quoted(struct arena *a, const char *key, const char *value);

#endif
