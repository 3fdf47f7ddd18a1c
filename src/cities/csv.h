/* csv.h - comma-separated values as a table of cells (RFC 4180, and what spreadsheets
 * make of it), each of which can be written anew.
 *
 * Beyond RFC 4180: other separators, named by a first line "sep=;" or not; lines that end
 * at LF or CR; white space and invisible characters around a cell, inside its quotes or
 * outside, do not count; a quote inside a cell that does not begin with one stands for
 * itself.
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

struct csv_cell {
	struct text text; /* trimmed; an empty one is "" */
	bool quoted;
	size_t start, end; /* of the source's bytes: the text, and the quotes around it */
};

struct csv_row {
	int number;      /* as a spreadsheet counts, from 1; empty rows count */
	struct place at; /* of its first cell */
	struct csv_cell *cells;
	int n;       /* cells kept: CSV_COLUMNS_MAX at most */
	int width;   /* up to and with the last cell that is not empty */
	bool broken; /* a fault in it is reported already; cells are missing */
};

/* The rows that are not empty; a row of empty cells is. */
struct csv_table {
	const struct source *source;
	char separator;
	struct csv_row *rows;
	int n;
};

/* Splits SOURCE, UTF-8 without NUL, into rows of cells with SEPARATOR between them, or
 * the one that a first line "sep=;" names.  A cell's place is its first character: an
 * opening quote counts, a space before it does not.  What is faulty is reported to D; OUT
 * holds the rest, and borrows SOURCE. */
void csv_read(const struct source *source, char separator, struct arena *a,
    struct diag *d, struct csv_table *out);

/* Bytes to write over those from START to END of a file as it was saved. */
struct csv_splice {
	size_t start, end;
	const char *bytes; /* NULL: its encoding lacks a character */
	size_t len;
};

/* What makes CELL of TABLE hold VALUE, in the encoding of the file: in quotes when it was
 * before, or has to be. */
struct csv_splice csv_replace(const struct csv_table *table, const struct csv_cell *cell,
    const char *value, struct arena *a);

#endif
