/* grid.h - divide pages into equal cells, one a city.
 *
 * Pure.  Lengths are points, origin bottom left, y up (ISO 32000-1, 8.3.2.3).
 */
#ifndef COMPOSE_GRID_H
#define COMPOSE_GRID_H

#include <stdbool.h>

#include "base/geometry.h"

/* 44 CSS pixels (WCAG 2.1, 2.5.5) */
#define GRID_MIN_TARGET 33.0
/* 60 mm */
#define GRID_MAX_CELL_W 170.079

struct grid_needs {
	int ncells;            /* 1 or more */
	double area_w, area_h; /* of a page */
	double gap;            /* between cells */
	double min_w, min_h;   /* of a cell that can be read, at least GRID_MIN_TARGET */
	double overhead_h;     /* of a cell: what the logo cannot take of its height */
	double overhead_w;
};

struct grid {
	int npages;
	int ncells;
	int ncolumns, nrows; /* of the fullest page */
	double cell_w, cell_h;
	double gap;
};

/* Plans cells as large as the pages allow, on as few pages as possible, evenly filled.
 * False: not even one cell fits. */
bool grid_plan(const struct grid_needs *needs, struct grid *out);

/* Cells on PAGE (from 0): counts differ by at most one, fuller pages first. */
int grid_page_cells(const struct grid *grid, int page);

/* Cell INDEX (from 0) of the CELLS on a page whose area has its top left corner at X, TOP
 * and is WIDTH wide.  Rows differ by at most one, fuller rows first, each centred. */
struct grid_area {
	double x, top, width;
	int ncells;
};
struct rect grid_cell(const struct grid *grid, struct grid_area area, int index);

#endif
