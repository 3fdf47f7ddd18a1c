#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "logo/resample.h"
#include "logo_image.h"

static unsigned
checkerboard(int i)
{
	return (i + i / 64) % 2 ? 0xffffff : 0;
}

static unsigned
half_red(int i)
{
	return i % 64 < 32 ? 0xff0000 : 0x0000ff;
}

static void
averages_light_and_not_numbers(void **state)
{
	(void)state;
	/* half of the light is level 188 in sRGB (IEC 61966-2-1) */
	struct image image = colored(64, 64, checkerboard);
	image_resample(&image, 16, 16);
	assert_int_equal(image.w, 16);
	assert_int_equal(image.h, 16);
	for (int i = 0; i < 16 * 16 * 3; i++)
		assert_true(abs(image.memory[i] - 188) <= 1);
	image_free(&image);
}

/* How much of the old pixel K a new pixel I covers, when each is 1 of so many. */
static double
overlap(int k, int nold, int i, int nnew)
{
	double left = fmax((double)k / nold, (double)i / nnew);
	double right = fmin((k + 1.0) / nold, (i + 1.0) / nnew);
	return fmax(right - left, 0) * nnew;
}

static double
to_light(double level)
{
	double v = level / 255;
	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double
to_level(double light)
{
	return 255 *
	    (light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055);
}

/* The level of component I of NEW, made from OLD by the definition. */
static double
area_average(const struct image *old, const struct image *new, int i)
{
	double sum = 0;
	int c = i % new->channels, x = i / new->channels % new->w,
	    y = i / new->channels / new->w;
	for (int v = 0; v < old->h; v++)
		for (int u = 0; u < old->w; u++)
			sum += to_light(image_row(old, v)[u * old->channels + c]) *
			    overlap(u, old->w, x, new->w) * overlap(v, old->h, y, new->h);
	return to_level(sum);
}

static void
averages_areas_of_any_size(void **state)
{
	(void)state;
	const int sizes[][4] = {{37, 23, 13, 9}, {37, 23, 36, 22}, {37, 23, 37, 23},
	    {64, 3, 5, 1}, {1, 50, 1, 7}};
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		for (int channels = 1; channels <= 3; channels += 2) {
			struct image old, new;
			const int *n = sizes[s];
			image_init(&old, n[0], n[1], channels);
			for (int i = 0; i < n[0] * n[1] * channels; i++)
				old.memory[i] =
				    (unsigned char)(i % 5 ? i * i * 31 / 7 : 255);
			/* white stretches and rows that are alike take ways of their own
			 */
			memset(old.memory, 255, (size_t)(n[0] * n[1] * channels / 2));
			image_init(&new, n[0], n[1], channels);
			memcpy(new.memory, old.memory, (size_t)(n[0] * n[1] * channels));
			image_resample(&new, n[2], n[3]);
			for (int i = 0; i < n[2] * n[3] * channels; i++) {
				double expected = area_average(&old, &new, i);
				assert_true(fabs(new.memory[i] - expected) < 0.52);
			}
			image_free(&old);
			image_free(&new);
		}
	}
}

static void
keeps_areas_as_they_are(void **state)
{
	(void)state;
	struct image image = colored(64, 64, half_red);
	image_resample(&image, 24, 5);
	for (int y = 0; y < 5; y++)
		for (int x = 0; x < 24; x++) {
			const unsigned char *p = image_row(&image, y) + 3 * x;
			assert_int_equal(p[0], x < 12 ? 255 : 0);
			assert_int_equal(p[1], 0);
			assert_int_equal(p[2], x < 12 ? 0 : 255);
		}
	image_free(&image);
}

static void
resamples_the_window_of_indexes(void **state)
{
	(void)state;
	struct image image;
	image_init(&image, 30, 20, 1);
	image.indexed = true;
	image.npalette = 2;
	memcpy(image.palette, "\x10\x20\x30\xff\xff\xff", 6);
	memset(image.memory, 1, 600);
	for (int y = 0; y < 10; y++)
		memset(image.memory + (5 + y) * 30 + 10, 0, 10);
	image.window.x = 10;
	image.window.y = 5;
	image.window.w = image.window.h = 10;
	image_resample(&image, 4, 3);
	for (int i = 0; i < 12; i++)
		assert_memory_equal(image.memory + 3 * i, "\x10\x20\x30", 3);
	image_free(&image);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(averages_light_and_not_numbers),
	    cmocka_unit_test(averages_areas_of_any_size),
	    cmocka_unit_test(keeps_areas_as_they_are),
	    cmocka_unit_test(resamples_the_window_of_indexes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
