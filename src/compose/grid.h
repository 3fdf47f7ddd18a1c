/* grid.h - divide pages into columns of equal cells, one a city.
 *
 * Columns keep their place on every row and page; rows fill from the left, and pages in
 * turn.  Pure.  Lengths are points.
 */
#ifndef COMPOSE_GRID_H
#define COMPOSE_GRID_H

#include <stdbool.h>

#include "base/arena.h"

/* 44 CSS pixels (WCAG 2.1, 2.5.5) */
#define GRID_MIN_TARGET 33.0
/* 80 mm */
#define GRID_MAX_CELL_W 226.75
/* Of a cell's width, what a logo may take. */
#define GRID_LOGO_SHARE 0.732

struct grid_needs {
	int ncells;             /* 1 or more */
	double area_w;          /* of a page */
	double first_h, next_h; /* of the first page's area, and of the others' */
	double gap;             /* between cells */
	double min_w;           /* of a cell that can be read, at least GRID_MIN_TARGET */
	double min_logo_h;      /* that can be recognized */
	double overhead_h;      /* of a usual cell: what is above and below its logo */
	int ntail;     /* cells that something after them is as large as, about */
	double tail_h; /* below the last row, on its page: what that has to leave free */
	double last_h; /* the last row and what it leaves free: at least so much */
};

/* A row of cells. */
struct grid_row {
	int page;    /* from 0 */
	double drop; /* from the top of the page's area to the row's top */
	double h;    /* of its cells */
};

struct grid {
	int ncolumns, nrows, npages;
	double cell_w, gap;
	double logo_h;         /* of the tallest logo */
	struct grid_row *rows; /* NROWS of them, and one for the tail */
};

/* Chooses columns as wide as the pages allow, on as few pages as possible; up to three
 * cells stand in one row.  OUT has no pages and rows yet.  False: not even one cell fits.
 */
bool grid_columns(const struct grid_needs *needs, struct grid *out);

/* Puts the rows of GRID on pages, EXTRA[i] taller than usual, with logos as tall as that
 * many pages allow.  The rows belong to A.  False: one does not fit on a page. */
bool grid_rows(const struct grid_needs *needs, const double *extra, struct arena *a,
    struct grid *grid);

#endif
