/* below.h - what a column is for, by what stands below its name.  Pure. */
#ifndef CITIES_BELOW_H
#define CITIES_BELOW_H

#include <stdbool.h>

#include "cities/column_names.h"
#include "cities/csv.h"

/* What most cells of column I hold in the rows of TABLE from FIRST on: links
 * (COLUMN_URL), names of pictures (COLUMN_LOGO) or words (COLUMN_CITY); COLUMN_COUNT:
 * none of them. */
enum column below_column(const struct csv_table *table, int first, int i);

/* Whether TABLE lies on its side: its rows begin with the names of columns. */
bool below_lies_on_side(const struct csv_table *table);

#endif
