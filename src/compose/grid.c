#include "compose/grid.h"

#include <math.h>

/* a cell is no taller than this part of its width */
static const double MAX_ASPECT = 0.78;
/* a usual logo's width to its height: which cells let it be largest */
static const double LOGO_ASPECT = 2.2;

/* sizes are multiples of it: short numbers make a small file */
static const double STEP = 0.25;

static int
ceil_div(int a, int b)
{
	return (a + b - 1) / b;
}

/* How many cells of at least MIN fit side by side in LENGTH. */
static int
how_many(double length, double min, double gap)
{
	return (int)floor((length + gap) / (min + gap) + 1e-9);
}

/* The size of cells when a page has COLUMNS of them, and how large a logo gets in one. */
static double
divide(const struct grid_needs *needs, int columns, struct grid *out)
{
	int on_page = ceil_div(needs->ncells, out->npages);
	out->ncolumns = columns;
	out->nrows = ceil_div(on_page, columns);
	out->cell_w =
	    fmin(GRID_MAX_CELL_W, (needs->area_w - (columns - 1) * needs->gap) / columns);
	out->cell_h = fmin(fmax(MAX_ASPECT * out->cell_w, needs->min_h),
	    (needs->area_h - (out->nrows - 1) * needs->gap) / out->nrows);
	out->cell_w = floor(out->cell_w / STEP) * STEP;
	out->cell_h = floor(out->cell_h / STEP) * STEP;
	if (out->cell_w < needs->min_w || out->cell_h < needs->min_h)
		return 0;
	return fmin((out->cell_w - needs->overhead_w) / LOGO_ASPECT,
	    out->cell_h - needs->overhead_h);
}

bool
grid_plan(const struct grid_needs *asked, struct grid *out)
{
	struct grid_needs rounded = *asked;
	/* rounded up beyond the widest cell it would leave none */
	rounded.min_w =
	    fmin(ceil(asked->min_w / STEP) * STEP, floor(GRID_MAX_CELL_W / STEP) * STEP);
	rounded.min_h = ceil(asked->min_h / STEP) * STEP;
	const struct grid_needs *needs = &rounded;
	int most_columns = how_many(needs->area_w, needs->min_w, needs->gap);
	int most_rows = how_many(needs->area_h, needs->min_h, needs->gap);
	if (most_columns < 1 || most_rows < 1)
		return false;
	int capacity = most_columns * most_rows;
	struct grid plan = {.npages = ceil_div(needs->ncells, capacity),
	    .ncells = needs->ncells,
	    .gap = needs->gap};
	int on_page = ceil_div(needs->ncells, plan.npages);
	double best = 0;
	for (int columns = 1; columns <= most_columns && columns <= on_page; columns++) {
		double size = divide(needs, columns, &plan);
		/* of equal sizes the one with fewer rows */
		if (size > 0 && size >= best - 1e-9) {
			best = size;
			*out = plan;
		}
	}
	return best > 0;
}

int
grid_page_cells(const struct grid *grid, int page)
{
	return grid->ncells / grid->npages + (page < grid->ncells % grid->npages);
}

struct rect
grid_cell(const struct grid *grid, struct grid_area area, int index)
{
	int nrows = ceil_div(area.ncells, grid->ncolumns);
	int row = 0, in_row = 0;
	for (; row < nrows; row++) {
		in_row = area.ncells / nrows + (row < area.ncells % nrows);
		if (index < in_row)
			break;
		index -= in_row;
	}
	double row_w = in_row * grid->cell_w + (in_row - 1) * grid->gap;
	return (struct rect){
	    area.x + (area.width - row_w) / 2 + index * (grid->cell_w + grid->gap),
	    area.top - (row + 1) * grid->cell_h - row * grid->gap,
	    grid->cell_w,
	    grid->cell_h,
	};
}
