#include "cities/below.h"

#include "cities/columns.h"
#include "cities/look.h"

static enum column
column_of(enum look look)
{
	return look == LOOK_LINK ? COLUMN_URL
	    : look == LOOK_FILE  ? COLUMN_LOGO
	    : look == LOOK_TEXT  ? COLUMN_CITY
				 : COLUMN_COUNT;
}

enum column
below_column(const struct csv_table *table, int first, int i)
{
	int count[COLUMN_COUNT + 1] = {0}, rows = 0;
	for (int r = first; r < table->n; r++) {
		const struct csv_row *row = &table->rows[r];
		if (i >= row->n || row->broken)
			continue;
		count[column_of(look_of(row->cells[i].s))]++;
		rows++;
	}
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		if (2 * count[column] > rows)
			return column;
	}
	return COLUMN_COUNT;
}

bool
below_lies_on_side(const struct csv_table *table)
{
	int n = 0;
	for (int r = 0; r < table->n; r++) {
		const struct csv_row *row = &table->rows[r];
		n += row->n > 0 && column_named(row->cells[0].s) != COLUMN_COUNT;
	}
	return n >= 3 && columns_named(&table->rows[0]) == 1;
}
