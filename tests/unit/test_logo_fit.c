#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "logo/load.h"

static const struct size boxes[] = {
    {150, 75}, {140, 80}, {100, 100}, {160, 60}, {50, 30}};

static const double ratios[] = {0.01, 0.2, 0.5, 1, 1.5, 2, 2.5, 3, 4, 6, 12, 100};

enum { NBOXES = sizeof boxes / sizeof *boxes, NRATIOS = sizeof ratios / sizeof *ratios };

static void
keeps_its_shape_and_stays_in_the_box(void **state)
{
	(void)state;
	for (int b = 0; b < NBOXES; b++) {
		for (int r = 0; r < NRATIOS; r++) {
			struct size logo = {3000 * ratios[r], 3000};
			struct size got = fit_logo(logo, boxes[b]);
			assert_true(got.w > 0 && got.h > 0);
			assert_true(got.w <= boxes[b].w + 1e-9);
			assert_true(got.h <= boxes[b].h + 1e-9);
			assert_true(fabs(got.w / got.h / ratios[r] - 1) < 1e-9);
		}
	}
}

static void
wordmarks_and_emblems_cover_the_same_area(void **state)
{
	(void)state;
	const double same[] = {1.5, 2, 2.5, 3};
	for (int b = 0; b < NBOXES; b++) {
		struct size first = fit_logo((struct size){15, 10}, boxes[b]);
		for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
			struct size got = fit_logo((struct size){same[i], 1}, boxes[b]);
			assert_true(fabs(got.w * got.h / (first.w * first.h) - 1) < 1e-9);
		}
		struct size square = fit_logo((struct size){1, 1}, boxes[b]);
		assert_true(square.w * square.h > 0.66 * first.w * first.h);
	}
}

static void
the_number_of_pixels_does_not_matter(void **state)
{
	(void)state;
	struct size small = fit_logo((struct size){30, 20}, boxes[0]);
	struct size large = fit_logo((struct size){9000, 6000}, boxes[0]);
	assert_true(fabs(small.w - large.w) < 1e-9 && fabs(small.h - large.h) < 1e-9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keeps_its_shape_and_stays_in_the_box),
	    cmocka_unit_test(wordmarks_and_emblems_cover_the_same_area),
	    cmocka_unit_test(the_number_of_pixels_does_not_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
