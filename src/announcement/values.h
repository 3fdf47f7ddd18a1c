/* values.h - single values of the front matter: dates, languages.  Pure. */
#ifndef ANNOUNCEMENT_VALUES_H
#define ANNOUNCEMENT_VALUES_H

#include "base/arena.h"

/* The day that S is, as YYYY-MM-DD (ISO 8601), where S is that or "24/1/2024" or such;
 * NULL: it is not a day of the Gregorian calendar. */
const char *value_date(struct arena *a, const char *s);

/* The well-formed language tag (BCP 47; RFC 5646, 2.1) that S is, or that stands in the
 * name of a locale: "nl-BE" of "nl_BE.UTF-8"; NULL: there is none. */
const char *value_language(struct arena *a, const char *s);

#endif
