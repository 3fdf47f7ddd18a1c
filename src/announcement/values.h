/* values.h - single values of the front matter: dates.  Pure. */
#ifndef ANNOUNCEMENT_VALUES_H
#define ANNOUNCEMENT_VALUES_H

#include "base/arena.h"

/* The day that S is, as YYYY-MM-DD (ISO 8601), where S is that or "24/1/2024" or such;
 * NULL: it is not a day of the Gregorian calendar. */
const char *value_date(struct arena *a, const char *s);

#endif
