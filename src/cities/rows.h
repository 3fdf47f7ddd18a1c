/* rows.h - what the rows of the list of cities have to do with one another. */
#ifndef CITIES_ROWS_H
#define CITIES_ROWS_H

#include "base/arena.h"
#include "diag/diag.h"
#include "model/cities.h"

/* Removes cities that are there twice; reports to D these, links that two cities share,
 * rows whose cells seem to belong to another city, links that were counted up by dragging
 * a cell down, and a list that is not in alphabetical order.  NUMBERS: the row of each
 * city, as a spreadsheet counts.  A link or logo that is NULL is compared with none. */
void rows_check(struct cities *cities, int *numbers, struct diag *d);

/* The words that NAME is sorted by in Dutch: letters and digits, without case and
 * accents, apart by one space; "'s-Gravenvoeren" gives "gravenvoeren". */
char *rows_key(struct arena *a, const char *name);

#endif
