/* header.h - the header of the list of cities: which column holds what. */
#ifndef CITIES_HEADER_H
#define CITIES_HEADER_H

#include <stdbool.h>

#include "cities/csv.h"
#include "diag/diag.h"
#include "input/source.h"

/* From COLUMN_ALT on a list need not have them. */
enum column {
	COLUMN_CITY,
	COLUMN_URL,
	COLUMN_LOGO,
	COLUMN_ALT,
	COLUMN_SHORT,
	COLUMN_CARD,
	COLUMN_LANG,
	COLUMN_COUNT
};

struct header {
	const struct csv_row *row;
	int first;                      /* index of the first row below it */
	int index[COLUMN_COUNT];        /* of each column, from 0; -1: it is not there */
	const char *name[COLUMN_COUNT]; /* as the header has it */
};

/* The separator of SOURCE: the one of comma, semicolon and tab that splits one of the
 * first lines into the most names of columns, else the one that the first line has most
 * of.  Pure. */
char header_separator(const struct source *source);

/* Finds the header of TABLE, which has a row.  False: it is missing or faulty, so that
 * the rows below it cannot be read; reported to D, as all that is wrong with it. */
bool header_find(const struct csv_table *table, struct diag *d, struct header *out);

/* Whether ROW is HEADER once more. */
bool header_again(const struct header *header, const struct csv_row *row);

#endif
