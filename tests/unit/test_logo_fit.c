#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "logo/ink.h"
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
			struct size got = fit_logo(logo, boxes[b], 1);
			assert_true(got.w > 0 && got.h > 0);
			double most = ratios[r] > 4 ? FIT_WIDE : 1;
			assert_true(got.w <= most * boxes[b].w + 1e-9);
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
		struct size first = fit_logo((struct size){15, 10}, boxes[b], 1);
		for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
			struct size got =
			    fit_logo((struct size){same[i], 1}, boxes[b], 1);
			assert_true(fabs(got.w * got.h / (first.w * first.h) - 1) < 1e-9);
		}
		struct size square = fit_logo((struct size){1, 1}, boxes[b], 1);
		assert_true(square.w * square.h > 0.66 * first.w * first.h);
	}
}

static void
the_number_of_pixels_does_not_matter(void **state)
{
	(void)state;
	struct size small = fit_logo((struct size){30, 20}, boxes[0], 1);
	struct size large = fit_logo((struct size){9000, 6000}, boxes[0], 1);
	assert_true(fabs(small.w - large.w) < 1e-9 && fabs(small.h - large.h) < 1e-9);
}

static void
a_wide_mark_takes_up_to_84_hundredths_of_a_card(void **state)
{
	(void)state;
	const struct size card = {142, 110}, box = {0.732 * 142, 56};
	assert_true(fabs(fit_logo((struct size){5, 1}, box, 1).w - 0.84 * card.w) < 1e-6);
	assert_true(
	    fabs(fit_logo((struct size){40, 1}, box, 1).w - 0.84 * card.w) < 1e-6);
	assert_true(fit_logo((struct size){4, 1}, box, 1.2).w <= box.w + 1e-9);
}

/* A picture of W x H whose columns from 0 to INK are black. */
static double
density_of(int w, int h, int ink, int channels, struct color card)
{
	struct image image;
	image_init(&image, w, h, channels);
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w * channels; x++)
			image_row(&image, y)[x] = x < ink * channels ? 0 : 255;
	double density = ink_density(&image, card);
	image_free(&image);
	return density;
}

static void
thin_marks_are_larger_and_heavy_ones_smaller_within_limits(void **state)
{
	(void)state;
	const struct color white = {255, 255, 255}, black = {0, 0, 0};
	for (int channels = 1; channels <= 3; channels += 2) {
		assert_true(fabs(density_of(100, 40, 25, channels, white) - 0.25) < 1e-9);
		assert_true(
		    fabs(density_of(100, 900, 25, channels, white) - 0.25) < 1e-9);
		assert_true(fabs(density_of(100, 40, 25, channels, black) - 0.75) < 1e-9);
	}
	double before = 2;
	for (double density = 0; density <= 1; density += 0.01) {
		double scale = ink_scale(density);
		assert_true(scale <= before && scale >= 0.85 && scale <= 1.2);
		before = scale;
	}
	assert_true(fabs(ink_scale(0.22) - 1) < 1e-9);
	assert_true(ink_scale(0.02) == 1.2 && ink_scale(0.9) == 0.85);
	const struct size box = {104, 56};
	struct size usual = fit_logo((struct size){2, 1}, box, 1);
	struct size heavy = fit_logo((struct size){2, 1}, box, 0.85);
	assert_true(fabs(heavy.w / usual.w - 0.85) < 1e-9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keeps_its_shape_and_stays_in_the_box),
	    cmocka_unit_test(wordmarks_and_emblems_cover_the_same_area),
	    cmocka_unit_test(the_number_of_pixels_does_not_matter),
	    cmocka_unit_test(a_wide_mark_takes_up_to_84_hundredths_of_a_card),
	    cmocka_unit_test(thin_marks_are_larger_and_heavy_ones_smaller_within_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
