/* csv.h - comma-separated values as a table of cells (RFC 4180, and what spreadsheets
 * make of it).
 *
 * The only file that knows libcsv.
 */
#ifndef CITIES_CSV_H
#define CITIES_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "input/source.h"

enum {
	CSV_CELL_MAX = 64 * 1024, /* bytes */
	CSV_COLUMNS_MAX = 64,
	CSV_ROWS_MAX = 20000
};

/* Where the rows begin and what stands between the cells. */
struct csv_input {
	const struct source *source; /* UTF-8 without NUL */
	size_t skip;                 /* bytes before the first row: a "sep=" line */
	char separator;
};

struct csv_row {
	int number;         /* as a spreadsheet counts, from 1; empty rows count */
	struct place at;    /* of its first cell */
	struct text *cells; /* trimmed; an empty one is "" */
	int n;              /* cells kept: CSV_COLUMNS_MAX at most */
	int width;          /* up to and with the last cell that is not empty */
	bool broken;        /* a fault in it is reported already; cells are missing */
};

/* The rows that are not empty; a row of empty cells is. */
struct csv_table {
	struct csv_row *rows;
	int n;
	char separator;
};

/* Splits INPUT into rows.  A cell's place is its first character: an opening quote
 * counts, a space before it does not.  False: something in it is faulty; reported to D,
 * and OUT holds the rest. */
bool
csv_read(struct csv_input input, struct arena *a, struct diag *d, struct csv_table *out);

#endif
