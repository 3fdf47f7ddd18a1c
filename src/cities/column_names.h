/* column_names.h - what the columns of the list of cities may be called.  Pure. */
#ifndef CITIES_COLUMN_NAMES_H
#define CITIES_COLUMN_NAMES_H

#include "base/arena.h"

enum column { COLUMN_CITY, COLUMN_URL, COLUMN_LOGO, COLUMN_ALT, COLUMN_COUNT };

/* The names that are proposed. */
extern const char *const column_defaults[COLUMN_COUNT];

/* The meaning of a column named NAME (English, Dutch or French, in any case);
 * COLUMN_COUNT: none. */
enum column column_named(const char *name);

/* The name that is taken and probably meant by NAME, which is none; NULL: none comes to
 * mind. */
const char *column_nearest(struct arena *a, const char *name);

#endif
