/* columns.h - the header of the list of cities: which column holds what. */
#ifndef CITIES_COLUMNS_H
#define CITIES_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "cities/column_names.h"
#include "cities/csv.h"
#include "diag/diag.h"

struct columns {
	int index[COLUMN_COUNT];        /* from 0; -1: there is no such column */
	const char *name[COLUMN_COUNT]; /* as the header has it */
	const struct csv_row *header;
	int first; /* index of the first row behind the header */
};

/* How many of the cells of ROW are names of columns. */
int columns_named(const struct csv_row *row);

/* Finds the header of TABLE.  False: it is missing or incomplete; reported to D.  OUT is
 * then good for checking the rows where COLUMN_CITY has an index. */
bool columns_find(const struct csv_table *table, struct diag *d, struct columns *out);

#endif
