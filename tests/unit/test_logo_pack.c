#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "logo/ground.h"
#include "logo/pack.h"
#include "logo_pixels.h"

/* --- forms
 * ------------------------------------------------------------------------------- */

/* What a picture is made of: the colour of pixel I of a row of 60. */
static unsigned
black_or_white(int i)
{
	return i % 3 ? 0xffffff : 0;
}

static unsigned
four_grays(int i)
{
	return (unsigned)(i % 4 * 85) * 0x10101;
}

static unsigned
sixteen_grays(int i)
{
	return (unsigned)(i % 16 * 17) * 0x10101;
}

static unsigned
odd_grays(int i)
{
	return (unsigned)(i % 3 * 100) * 0x10101;
}

static unsigned
many_grays(int i)
{
	return (unsigned)(i * 4 % 256) * 0x10101;
}

static unsigned
two_colors(int i)
{
	return i % 2 ? 0xff0000 : 0x00ff01;
}

static unsigned
five_colors(int i)
{
	return (unsigned)(i % 5) * 0x102030;
}

static unsigned
colors_256(int i)
{
	return (unsigned)(i % 256) * 0x010203 & 0xffffff;
}

static unsigned
colors_257(int i)
{
	return (unsigned)(i % 257) * 0x010203 & 0xffffff;
}

static const struct {
	unsigned (*color)(int i);
	enum raster_space space;
	int bits, npalette;
} forms[] = {
    {black_or_white, RASTER_GRAY, 1, 0},
    {four_grays, RASTER_GRAY, 2, 0},
    {sixteen_grays, RASTER_GRAY, 4, 0},
    {odd_grays, RASTER_INDEXED, 2, 3},
    {many_grays, RASTER_GRAY, 8, 0},
    {two_colors, RASTER_INDEXED, 1, 2},
    {five_colors, RASTER_INDEXED, 4, 5},
    {colors_256, RASTER_INDEXED, 8, 256},
    {colors_257, RASTER_RGB, 8, 0},
};

/* An image of W x H in the colours of COLOR. */
static struct image
colored(int w, int h, unsigned (*color)(int i))
{
	struct image image;
	image_init(&image, w, h, 3);
	for (int i = 0; i < w * h; i++) {
		unsigned rgb = color(i);
		image.memory[3 * i] = (unsigned char)(rgb >> 16);
		image.memory[3 * i + 1] = (unsigned char)(rgb >> 8);
		image.memory[3 * i + 2] = (unsigned char)rgb;
	}
	return image;
}

static void
takes_the_smallest_form_that_fits(void **state)
{
	(void)state;
	struct codec codec;
	codec_open(&codec);
	for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
		for (int w = 61; w < 70; w++) {
			struct raster raster = {0};
			struct image image = colored(w, 13, forms[f].color);
			pack_image(&codec, &image, &raster);
			image_free(&image);
			assert_int_equal(raster.space, forms[f].space);
			assert_int_equal(raster.bits, forms[f].bits);
			assert_int_equal(raster.npalette, forms[f].npalette);
			assert_int_equal(raster.width_px, w);
			unsigned char *rgb = logo_pixels(&raster);
			for (int i = 0; i < w * 13; i++)
				assert_int_equal(rgb[3 * i] << 16 | rgb[3 * i + 1] << 8 |
					rgb[3 * i + 2],
				    forms[f].color(i));
			free(rgb);
			raster_free(&raster);
		}
	}
	codec_close(&codec);
}

static unsigned
like_a_photo(int i)
{
	unsigned x = (unsigned)(i % 60), y = (unsigned)(i / 60);
	return (x * 3 + y) << 16 | (x + y * 4) << 8 | ((x * x / 16 + y * 2) & 255);
}

static void
filters_what_packs_better_so(void **state)
{
	(void)state;
	struct codec codec;
	struct raster raster = {0};
	struct image image = colored(60, 40, like_a_photo);
	codec_open(&codec);
	struct packed plain = codec_pack(&codec, image.memory, 60 * 40 * 3);
	pack_image(&codec, &image, &raster);
	image_free(&image);
	assert_true(raster.predictor);
	assert_true(raster.len < plain.len / 2);
	unsigned char *rgb = logo_pixels(&raster);
	for (int i = 0; i < 60 * 40; i++)
		assert_int_equal(rgb[3 * i] << 16 | rgb[3 * i + 1] << 8 | rgb[3 * i + 2],
		    like_a_photo(i));
	free(rgb);
	free(plain.data);
	raster_free(&raster);
	codec_close(&codec);
}

static void
packs_the_window_alone(void **state)
{
	(void)state;
	struct codec codec;
	codec_open(&codec);
	struct raster raster = {0};
	struct image image = colored(60, 40, like_a_photo);
	image.window.x = 7;
	image.window.y = 5;
	image.window.w = 31;
	image.window.h = 20;
	pack_image(&codec, &image, &raster);
	image_free(&image);
	assert_int_equal(raster.width_px, 31);
	assert_int_equal(raster.height_px, 20);
	assert_int_equal(image.window.x, 0);
	assert_int_equal(image.w, 31);
	unsigned char *rgb = logo_pixels(&raster);
	for (int y = 0; y < 20; y++)
		for (int x = 0; x < 31; x++) {
			const unsigned char *p = rgb + 3 * (y * 31 + x);
			assert_int_equal(p[0] << 16 | p[1] << 8 | p[2],
			    like_a_photo((y + 5) * 60 + x + 7));
		}
	free(rgb);
	raster_free(&raster);
	codec_close(&codec);
}

/* --- margins
 * ----------------------------------------------------------------------------- */

static void
margins_are_cut_to_the_pixel(void **state)
{
	(void)state;
	const struct {
		int x, y, w, h;
	} cases[] = {
	    {0, 0, 50, 30},
	    {3, 4, 20, 10},
	    {49, 29, 1, 1},
	    {0, 0, 1, 1},
	    {17, 0, 16, 30},
	    {0, 17, 50, 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (int channels = 1; channels <= 3; channels += 2) {
			struct image image;
			int x = cases[i].x, y = cases[i].y, w = cases[i].w,
			    h = cases[i].h;
			image_init(&image, 50, 30, channels);
			memset(image.memory, 255, (size_t)(50 * 30 * channels));
			for (int k = y; k < y + h; k++)
				memset(image.memory + (k * 50 + x) * channels, 0,
				    (size_t)(w * channels));
			/* what is nearly white does not count */
			image.memory[0] = x + y > 0 ? 253 : 0;
			assert_true(ground_trim(&image, (struct color){255, 255, 255}));
			assert_int_equal(image.window.x, x);
			assert_int_equal(image.window.y, y);
			assert_int_equal(image.window.w, w);
			assert_int_equal(image.window.h, h);
			image_free(&image);
		}
	}
}

static void
any_white_of_a_palette_is_margin(void **state)
{
	(void)state;
	struct image image;
	image_init(&image, 40, 3, 1);
	image.indexed = true;
	image.npalette = 3;
	memcpy(image.palette, "\xff\xff\xff\xff\xff\xfd\x10\x20\x30", 9);
	for (int i = 0; i < 120; i++)
		image.memory[i] = (unsigned char)(i % 2);
	assert_false(ground_trim(&image, (struct color){255, 255, 255}));
	image_free(&image);
	image_init(&image, 40, 3, 1);
	image.indexed = true;
	memcpy(image.palette, "\xff\xff\xff\xff\xff\xfd\x10\x20\x30", 9);
	memset(image.memory, 0, 120);
	image.memory[45] = 2;
	assert_true(ground_trim(&image, (struct color){255, 255, 255}));
	assert_int_equal(image.window.x, 5);
	assert_int_equal(image.window.y, 1);
	assert_int_equal(image.window.w, 1);
	image_free(&image);
}

/* --- resampling
 * -------------------------------------------------------------------------- */

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
	/* but for the rim, where rows and columns are taken twice */
	for (int y = 1; y < 15; y++)
		for (int x = 3; x < 15 * 3; x++)
			assert_true(abs(image_row(&image, y)[x] - 188) <= 1);
	image_free(&image);
}

static void
keeps_areas_as_they_are(void **state)
{
	(void)state;
	struct image image = colored(64, 64, half_red);
	image_resample(&image, 24, 5);
	for (int y = 0; y < 5; y++)
		for (int x = 0; x < 24; x++) {
			if (x == 11 || x == 12)
				continue; /* where they meet */
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
	    cmocka_unit_test(takes_the_smallest_form_that_fits),
	    cmocka_unit_test(filters_what_packs_better_so),
	    cmocka_unit_test(packs_the_window_alone),
	    cmocka_unit_test(margins_are_cut_to_the_pixel),
	    cmocka_unit_test(any_white_of_a_palette_is_margin),
	    cmocka_unit_test(averages_light_and_not_numbers),
	    cmocka_unit_test(keeps_areas_as_they_are),
	    cmocka_unit_test(resamples_the_window_of_indexes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
