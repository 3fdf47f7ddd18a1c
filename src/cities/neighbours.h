/* neighbours.h - what a city's row has to do with the other rows. */
#ifndef CITIES_NEIGHBOURS_H
#define CITIES_NEIGHBOURS_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "model/cities.h"

/* Takes away cities that stand twice with one link, with a warning; warns where two
 * cities share a link, or one is described by another's name; notes a city that has the
 * logo of another one, and a list that is not in alphabetical order.  ROWS: the row of
 * each city, as a spreadsheet counts.  A link that is NULL is compared with none.  False:
 * a city stands twice with different links; reported to D. */
struct neighbours {
	struct cities *cities;
	int *rows;
};
bool neighbours_check(struct neighbours list, struct diag *d);

/* What NAME is sorted by in Dutch: letters and digits, without case and accents, words
 * apart by one space; "'s-Gravenvoeren" gives "gravenvoeren". */
const char *neighbours_key(struct arena *a, const char *name);

#endif
