/* epoch.h - the date of a reproducible build (reproducible-builds.org,
 * SOURCE_DATE_EPOCH).
 */
#ifndef BROCHURE_EPOCH_H
#define BROCHURE_EPOCH_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"

/* Reads the environment's SOURCE_DATE_EPOCH, seconds since 1970, as YYYY-MM-DD in UTC.
 * *DATE is NULL when it is not set.  False: it is no such number; reported to D. */
bool epoch_date(struct arena *a, struct diag *d, const char **date);

#endif
