/* cell.h - what a single cell of the list of cities may hold. */
#ifndef CITIES_CELL_H
#define CITIES_CELL_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"

/* A cell, and how messages call it. */
struct cell {
	struct text text;
	int row;            /* as a spreadsheet counts, from 1 */
	const char *column; /* as the header has it */
};

/* Reports MESSAGE about CELL: "row 7, column "url": …". */
void cell_error(const struct cell *cell, struct diag *d, const char *message);
void cell_warning(const struct cell *cell, struct diag *d, const char *message);

/* A name or a description: OUT is NFC, with white space as single spaces.  False: it was
 * spoiled by a spreadsheet, or holds control characters; reported to D. */
bool
cell_text(const struct cell *cell, struct arena *a, struct diag *d, const char **out);

/* A link, a file name: the same checks, and the text stays as it is. */
bool cell_link(const struct cell *cell, struct arena *a, struct diag *d);
bool cell_file(const struct cell *cell, struct arena *a, struct diag *d);

#endif
