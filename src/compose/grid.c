#include "compose/grid.h"

#include <math.h>

/* a usual logo's width to its height: which cells let it be largest */
static const double LOGO_ASPECT = 2.2;
/* a logo's room is no taller than this part of its width */
static const double LOGO_ROOM = 0.63;

static const double ALIKE = 0.9;

/* sizes are multiples of it: short numbers make a small file */
static const double STEP = 0.25;

/* so many stand in one row, whatever room that leaves */
enum { FEW = 3 };

static int
ceil_div(int a, int b)
{
	return (a + b - 1) / b;
}

static double
round_up(double length)
{
	return ceil(length / STEP - 1e-6) * STEP;
}

/* How many cells of at least MIN fit in LENGTH. */
static int
how_many(double length, double min, double gap)
{
	return (int)floor((length + gap) / (min + gap) + 1e-9);
}

static double
most_logo_h(const struct grid_needs *needs, const struct grid *grid)
{
	return fmax(needs->min_logo_h, LOGO_ROOM * GRID_LOGO_SHARE * grid->cell_w);
}

/* Divides the pages into COLUMNS and usual rows.  How large a logo gets there. */
static double
divide(const struct grid_needs *needs, int columns, struct grid *out)
{
	double cell_h = needs->min_logo_h + needs->overhead_h;
	int first = how_many(needs->first_h, cell_h, needs->gap);
	int next = how_many(needs->next_h, cell_h, needs->gap);
	*out = (struct grid){.ncolumns = columns, .gap = needs->gap};
	out->nrows = ceil_div(needs->ncells, columns);
	int nrows = ceil_div(needs->ncells + needs->ntail, columns);
	int later = nrows > first ? ceil_div(nrows - first, next) : 0;
	out->npages = 1 + later;
	double w = (needs->area_w - (columns - 1) * needs->gap) / columns;
	out->cell_w = floor(fmin(GRID_MAX_CELL_W, w) / STEP) * STEP;
	int even = ceil_div(nrows, out->npages), on_page = even < first ? even : first;
	double room = (needs->first_h + needs->gap) / on_page - needs->gap;
	return fmin(GRID_LOGO_SHARE * out->cell_w / LOGO_ASPECT,
	    fmin(room - needs->overhead_h, most_logo_h(needs, out)));
}

bool
grid_columns(const struct grid_needs *needs, struct grid *out)
{
	/* rounded up beyond the widest cell it would leave none */
	double min_w = fmin(round_up(needs->min_w), GRID_MAX_CELL_W);
	double min_h = needs->min_logo_h + needs->overhead_h;
	int most = how_many(needs->area_w, min_w, needs->gap);
	if (most < 1 || how_many(needs->first_h, min_h, needs->gap) < 1)
		return false;
	double best = 0;
	struct grid plan;
	for (int columns = 1; columns <= most && columns <= needs->ncells; columns++) {
		if (needs->ncells <= FEW && most >= needs->ncells)
			columns = needs->ncells;
		double size = divide(needs, columns, &plan);
		/* of sizes that are much alike the one with fewer rows */
		bool better = best == 0 || plan.npages < out->npages ||
		    (plan.npages == out->npages && size >= ALIKE * best);
		if (better) {
			best = size;
			*out = plan;
		}
	}
	out->npages = 0;
	return true;
}

/* Fills the pages of GRID in turn.  False: a row fits on none. */
static bool
fill(const struct grid_needs *needs, const double *extra, struct grid *grid)
{
	double area = needs->first_h, drop = 0;
	grid->npages = 1;
	for (int i = 0; i < grid->nrows; i++) {
		double h = round_up(grid->logo_h + needs->overhead_h + extra[i]);
		bool last = i + 1 == grid->nrows;
		double tail = last ? fmax(needs->tail_h, needs->last_h - h) : 0;
		if (drop > 0 && drop + h + tail > area) {
			area = needs->next_h;
			drop = 0;
			grid->npages++;
		}
		if (h + tail > area)
			return false;
		grid->rows[i] = (struct grid_row){grid->npages - 1, drop, h};
		drop += round_up(h + grid->gap);
	}
	grid->rows[grid->nrows] =
	    (struct grid_row){grid->npages - 1, drop, needs->tail_h - grid->gap};
	return true;
}

bool
grid_rows(const struct grid_needs *needs, const double *extra, struct arena *a,
    struct grid *grid)
{
	grid->rows = arena_alloc(a, ((size_t)grid->nrows + 1) * sizeof *grid->rows);
	grid->logo_h = round_up(needs->min_logo_h);
	if (!fill(needs, extra, grid))
		return false;
	int npages = grid->npages, low = (int)(grid->logo_h / STEP);
	int high = (int)(most_logo_h(needs, grid) / STEP);
	while (low < high) {
		int middle = (low + high + 1) / 2;
		grid->logo_h = middle * STEP;
		if (fill(needs, extra, grid) && grid->npages == npages)
			low = middle;
		else
			high = middle - 1;
	}
	grid->logo_h = low * STEP;
	return fill(needs, extra, grid);
}
