#include "compose/grid.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct grid_needs
needs(int ncells, double w, double h)
{
	return (struct grid_needs){.ncells = ncells,
	    .area_w = w,
	    .area_h = h,
	    .gap = 12,
	    .min_w = 84,
	    .min_h = 66,
	    .overhead_w = 28,
	    .overhead_h = 38};
}

static void
cells_stay_on_the_page_and_apart_for_any_number(void **state)
{
	(void)state;
	static const int counts[] = {1, 2, 3, 5, 7, 13, 30, 100, 308, 10000};
	static const double areas[][2] = {{453, 620}, {334, 430}, {470, 560}, {700, 380}};
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		for (size_t k = 0; k < sizeof areas / sizeof areas[0]; k++) {
			struct grid_needs n = needs(counts[i], areas[k][0], areas[k][1]);
			struct grid grid;
			assert_true(grid_plan(&n, &grid));
			assert_true(grid.cell_w >= 84 && grid.cell_w <= GRID_MAX_CELL_W);
			assert_true(grid.cell_w >= GRID_MIN_TARGET &&
			    grid.cell_h >= GRID_MIN_TARGET);
			int sum = 0;
			for (int page = 0; page < grid.npages; page++) {
				struct grid_area area = {
				    50, 700, n.area_w, grid_page_cells(&grid, page)};
				sum += area.ncells;
				struct rect previous = {0};
				for (int c = 0; c < area.ncells; c++) {
					struct rect r = grid_cell(&grid, area, c);
					assert_true(r.x >= 50 - 1e-6);
					assert_true(r.x + r.w <= 50 + n.area_w + 1e-6);
					assert_true(r.y >= 700 - n.area_h - 1e-6 &&
					    r.y + r.h <= 700 + 1e-6);
					bool right =
					    r.x >= previous.x + previous.w + 11.9;
					bool below = r.y + r.h <= previous.y - 11.9;
					assert_true(c == 0 || right || below);
					previous = r;
				}
			}
			assert_int_equal(sum, counts[i]);
		}
	}
}

static void
thirteen_cities_stand_3_3_3_2_2_and_each_row_is_centred(void **state)
{
	(void)state;
	static const int rows[] = {3, 3, 3, 2, 2};
	struct grid_needs n = needs(13, 453, 640);
	struct grid grid;
	assert_true(grid_plan(&n, &grid));
	assert_int_equal(grid.npages, 1);
	struct grid_area area = {71, 700, 453, 13};
	int index = 0;
	for (int row = 0; row < 5; row++) {
		struct rect first = grid_cell(&grid, area, index);
		struct rect last = grid_cell(&grid, area, index + rows[row] - 1);
		assert_true(fabs(first.y - last.y) < 1e-9);
		assert_true(fabs((first.x - 71) - (71 + 453 - last.x - last.w)) < 1e-6);
		index += rows[row];
	}
}

static void
pages_differ_by_one_cell_at_most_and_fuller_ones_come_first(void **state)
{
	(void)state;
	struct grid_needs n = needs(308, 453, 620);
	struct grid grid;
	assert_true(grid_plan(&n, &grid));
	assert_true(grid.npages > 1);
	int first = grid_page_cells(&grid, 0);
	for (int page = 1; page < grid.npages; page++) {
		int here = grid_page_cells(&grid, page);
		assert_true(
		    here <= grid_page_cells(&grid, page - 1) && first - here <= 1);
	}
}

static void
a_cell_may_have_to_be_as_wide_as_cells_get(void **state)
{
	(void)state;
	struct grid_needs n = needs(13, 453, 640);
	n.min_w = GRID_MAX_CELL_W;
	struct grid grid;
	assert_true(grid_plan(&n, &grid));
	assert_int_equal(grid.ncolumns, 2);
	assert_true(grid.cell_w > GRID_MAX_CELL_W - 0.25);
}

static void
an_area_too_small_for_one_cell_is_refused(void **state)
{
	(void)state;
	static const double areas[][2] = {{80, 600}, {453, 60}, {0, 0}, {-5, 600}};
	for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
		struct grid_needs n = needs(1, areas[i][0], areas[i][1]);
		struct grid grid;
		assert_false(grid_plan(&n, &grid));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cells_stay_on_the_page_and_apart_for_any_number),
	    cmocka_unit_test(thirteen_cities_stand_3_3_3_2_2_and_each_row_is_centred),
	    cmocka_unit_test(pages_differ_by_one_cell_at_most_and_fuller_ones_come_first),
	    cmocka_unit_test(a_cell_may_have_to_be_as_wide_as_cells_get),
	    cmocka_unit_test(an_area_too_small_for_one_cell_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
