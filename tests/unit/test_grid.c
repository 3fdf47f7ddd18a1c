#include "compose/grid.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { ROWS_MAX = 5000 };

static const double usual[ROWS_MAX];

static struct grid_needs
needs(int ncells, double w, double h)
{
	return (struct grid_needs){.ncells = ncells,
	    .area_w = w,
	    .first_h = h,
	    .next_h = h + 25,
	    .gap = 12,
	    .min_w = 84,
	    .min_logo_h = 32,
	    .overhead_h = 60};
}

/* Plans N with rows that are EXTRA taller than usual. */
static struct grid
plan(struct grid_needs n, const double *extra, struct arena *a)
{
	struct grid grid;
	assert_true(grid_columns(&n, &grid));
	assert_true(grid.nrows <= ROWS_MAX);
	assert_true(grid_rows(&n, extra, a, &grid));
	return grid;
}

static void
rows_stay_on_the_page_and_apart_for_any_number(void **state)
{
	(void)state;
	static const int counts[] = {1, 2, 3, 5, 7, 13, 30, 100, 308, 10000};
	static const double areas[][2] = {{453, 620}, {334, 430}, {470, 560}, {700, 380}};
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		for (size_t k = 0; k < sizeof areas / sizeof areas[0]; k++) {
			struct arena a = {0};
			struct grid_needs n = needs(counts[i], areas[k][0], areas[k][1]);
			struct grid grid = plan(n, usual, &a);
			double width = grid.ncolumns * (grid.cell_w + 12) - 12;
			assert_true(grid.cell_w >= 84 && grid.cell_w <= GRID_MAX_CELL_W);
			assert_true(width <= n.area_w + 1e-6);
			assert_true(grid.logo_h >= 32);
			assert_true(grid.nrows * grid.ncolumns >= counts[i] &&
			    (grid.nrows - 1) * grid.ncolumns < counts[i]);
			for (int r = 0; r < grid.nrows; r++) {
				const struct grid_row *row = &grid.rows[r];
				double area = row->page == 0 ? n.first_h : n.next_h;
				assert_true(row->drop + row->h <= area + 1e-6);
				bool starts = r == 0 || row->page > row[-1].page;
				if (starts)
					assert_true(row->drop == 0);
				else
					assert_true(
					    row->drop >= row[-1].drop + row[-1].h + 12);
				/* the page before it had no room */
				double left = r == 0 || !starts
				    ? 0
				    : (row[-1].page == 0 ? n.first_h : n.next_h) -
					row[-1].drop - row[-1].h - 12;
				assert_true(left < row->h);
			}
			assert_int_equal(grid.rows[grid.nrows - 1].page, grid.npages - 1);
			arena_free(&a);
		}
	}
}

static void
columns_follow_from_the_number_of_cells(void **state)
{
	(void)state;
	static const struct {
		int ncells, ncolumns, nrows;
	} cases[] = {{1, 1, 1}, {2, 2, 1}, {3, 3, 1}, {4, 2, 2}, {5, 2, 3}, {13, 3, 5},
	    {14, 3, 5}, {60, 4, 15}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct grid_needs n = needs(cases[i].ncells, 453, 640);
		struct grid grid;
		assert_true(grid_columns(&n, &grid));
		assert_int_equal(grid.ncolumns, cases[i].ncolumns);
		assert_int_equal(grid.nrows, cases[i].nrows);
	}
}

static void
a_tall_row_costs_no_more_than_itself(void **state)
{
	(void)state;
	struct arena a = {0};
	double extra[ROWS_MAX] = {0};
	struct grid_needs n = needs(308, 453, 620);
	struct grid even = plan(n, extra, &a);
	extra[7] = 40;
	struct grid tall = plan(n, extra, &a);
	assert_int_equal(tall.ncolumns, even.ncolumns);
	assert_true(tall.npages <= even.npages + 1);
	for (int r = 0; r < tall.nrows; r++)
		assert_true(fabs(tall.rows[r].h - (tall.logo_h + 60 + extra[r])) < 1e-6);
	arena_free(&a);
}

static void
a_cell_may_have_to_be_as_wide_as_cells_get(void **state)
{
	(void)state;
	struct grid_needs n = needs(13, 700, 640);
	n.min_w = GRID_MAX_CELL_W + 0.1;
	struct grid grid;
	assert_true(grid_columns(&n, &grid));
	assert_int_equal(grid.ncolumns, 2);
	assert_true(grid.cell_w > GRID_MAX_CELL_W - 0.25);
}

static void
an_area_too_small_for_one_cell_is_refused(void **state)
{
	(void)state;
	static const double areas[][2] = {{80, 600}, {453, 60}, {0, 0}, {-5, 600}};
	struct grid grid;
	for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
		struct grid_needs n = needs(1, areas[i][0], areas[i][1]);
		assert_false(grid_columns(&n, &grid));
	}
	struct arena a = {0};
	const double extra[] = {600};
	struct grid_needs n = needs(1, 453, 600);
	assert_true(grid_columns(&n, &grid));
	assert_false(grid_rows(&n, extra, &a, &grid));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_stay_on_the_page_and_apart_for_any_number),
	    cmocka_unit_test(columns_follow_from_the_number_of_cells),
	    cmocka_unit_test(a_tall_row_costs_no_more_than_itself),
	    cmocka_unit_test(a_cell_may_have_to_be_as_wide_as_cells_get),
	    cmocka_unit_test(an_area_too_small_for_one_cell_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
