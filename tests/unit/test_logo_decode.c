#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "logo/chunk.h"
#include "logo/png.h"
#include "picture.h"

/* Every colour type with each depth that it may have (PNG, third edition, table 11.1). */
static const struct {
	int type, depth;
} kinds[] = {
    {PNG_COLOR_TYPE_GRAY, 1},
    {PNG_COLOR_TYPE_GRAY, 2},
    {PNG_COLOR_TYPE_GRAY, 4},
    {PNG_COLOR_TYPE_GRAY, 8},
    {PNG_COLOR_TYPE_GRAY, 16},
    {PNG_COLOR_TYPE_RGB, 8},
    {PNG_COLOR_TYPE_RGB, 16},
    {PNG_COLOR_TYPE_PALETTE, 1},
    {PNG_COLOR_TYPE_PALETTE, 2},
    {PNG_COLOR_TYPE_PALETTE, 4},
    {PNG_COLOR_TYPE_PALETTE, 8},
    {PNG_COLOR_TYPE_GRAY_ALPHA, 8},
    {PNG_COLOR_TYPE_GRAY_ALPHA, 16},
    {PNG_COLOR_TYPE_RGB_ALPHA, 8},
    {PNG_COLOR_TYPE_RGB_ALPHA, 16},
};

enum { NKINDS = sizeof kinds / sizeof *kinds };

/* Decodes BYTES in the way of small flawless files where that is possible. */
static bool
decode(const struct buffer *bytes, struct diag *d, struct image *image)
{
	struct codec codec;
	struct logo_source file = picture_file(bytes, d), stored;
	codec_open(&codec);
	struct packed pixels = png_pixels(&file);
	bool fast = png_store(&file, &pixels, &codec, &stored);
	bool ok = png_decode(fast ? &stored : &file, image);
	free(pixels.data);
	codec_close(&codec);
	return ok;
}

/* The level of component C of pixel I. */
static int
level(const struct image *image, int i, int c)
{
	if (image->indexed)
		return image->palette[3 * image->memory[i] + c];
	return image->memory[image->channels == 3 ? 3 * i + c : i];
}

static void
check_pixels(const struct picture *p, const struct image *image)
{
	assert_int_equal(image->w, p->w);
	assert_int_equal(image->h, p->h);
	for (int i = 0; i < p->w * p->h; i++) {
		double expected[3];
		picture_expected(p, i, expected);
		for (int c = 0; c < 3; c++)
			assert_true(fabs(level(image, i, c) - expected[c]) <= 0.5 + 1e-9);
	}
}

/* Encodes P, decodes it in both ways and compares. */
static bool
check_picture(const struct picture *p)
{
	struct buffer bytes = {0};
	struct diag d = {0};
	struct image image;
	picture_encode(p, &bytes);
	struct logo_source file = picture_file(&bytes, &d);
	assert_true(png_decode(&file, &image));
	check_pixels(p, &image);
	image_free(&image);
	assert_true(decode(&bytes, &d, &image));
	check_pixels(p, &image);
	image_free(&image);
	assert_int_equal(d.n, 0);
	bool copyable = image.copyable;
	buffer_free(&bytes);
	diag_free(&d);
	return copyable;
}

static void
every_type_and_depth_is_exact_on_white(void **state)
{
	(void)state;
	static struct picture p;
	for (int k = 0; k < NKINDS; k++) {
		for (int w = 1; w <= 19; w += 3) {
			p = (struct picture){.w = w,
			    .h = 20 - w,
			    .depth = kinds[k].depth,
			    .type = kinds[k].type};
			picture_fill(&p);
			bool copyable = check_picture(&p);
			bool alpha = (p.type & PNG_COLOR_MASK_ALPHA) != 0;
			assert_int_equal(copyable, p.depth <= 8 && !alpha);
			p.interlaced = true;
			assert_false(check_picture(&p));
		}
	}
}

static void
every_type_and_depth_is_exact_on_any_card(void **state)
{
	(void)state;
	static struct picture p;
	static const struct color cards[] = {{11, 79, 108}, {0, 0, 0}, {127, 127, 127}};
	for (int k = 0; k < 3 * NKINDS; k++) {
		picture_card = cards[k % 3];
		p = (struct picture){.w = 9,
		    .h = 7,
		    .depth = kinds[k / 3].depth,
		    .type = kinds[k / 3].type};
		picture_fill(&p);
		p.has_key = p.type == PNG_COLOR_TYPE_GRAY || p.type == PNG_COLOR_TYPE_RGB;
		memcpy(p.key, p.samples, sizeof p.key);
		p.nalpha = p.npalette;
		check_picture(&p);
		p.interlaced = true;
		check_picture(&p);
	}
	picture_card = (struct color){255, 255, 255};
}

static void
transparent_colours_become_white(void **state)
{
	(void)state;
	static struct picture p;
	for (int k = 0; k < NKINDS; k++) {
		p = (struct picture){
		    .w = 11, .h = 9, .depth = kinds[k].depth, .type = kinds[k].type};
		if (p.type & PNG_COLOR_MASK_ALPHA)
			continue;
		picture_fill(&p);
		if (p.type == PNG_COLOR_TYPE_PALETTE)
			p.nalpha = p.npalette / 2 + 1;
		p.has_key = p.type != PNG_COLOR_TYPE_PALETTE;
		memcpy(p.key, p.samples, sizeof p.key);
		if (p.type == PNG_COLOR_TYPE_GRAY)
			p.key[1] = p.key[2] = p.key[0];
		assert_false(check_picture(&p));
	}
}

static void
tells_16_bit_colours_apart_that_8_bits_do_not(void **state)
{
	(void)state;
	static struct picture p = {.w = 2,
	    .h = 1,
	    .depth = 16,
	    .type = PNG_COLOR_TYPE_GRAY,
	    .has_key = true,
	    .key = {0x1234},
	    .samples = {0x1234, 0x1235}};
	struct buffer bytes = {0};
	struct diag d = {0};
	struct image image;
	picture_encode(&p, &bytes);
	assert_true(decode(&bytes, &d, &image));
	assert_int_equal(image.memory[0], 255);
	assert_int_equal(image.memory[1], 0x12);
	image_free(&image);
	buffer_free(&bytes);
	diag_free(&d);
}

static void
transparency_that_is_not_used_does_not_count(void **state)
{
	(void)state;
	static struct picture p = {
	    .w = 9, .h = 9, .depth = 8, .type = PNG_COLOR_TYPE_PALETTE, .npalette = 7};
	picture_fill(&p);
	p.nalpha = 7;
	memset(p.alpha, 255, sizeof p.alpha);
	assert_true(check_picture(&p));
	p.alpha[3] = 254;
	assert_false(check_picture(&p));
}

static void
pixels_may_be_split_into_any_chunks(void **state)
{
	(void)state;
	static struct picture p = {
	    .w = 31, .h = 31, .depth = 8, .type = PNG_COLOR_TYPE_RGB};
	picture_fill(&p);
	for (p.idat_len = 6; p.idat_len < 300; p.idat_len += 7)
		assert_true(check_picture(&p));
}

static void
bytes_behind_the_end_do_not_matter(void **state)
{
	(void)state;
	static struct picture p = {
	    .w = 5, .h = 5, .depth = 8, .type = PNG_COLOR_TYPE_RGB};
	struct buffer bytes = {0};
	struct diag d = {0};
	struct image image;
	picture_fill(&p);
	picture_encode(&p, &bytes);
	buffer_puts(&bytes, "anything at all, IDAT");
	assert_true(decode(&bytes, &d, &image));
	check_pixels(&p, &image);
	image_free(&image);
	buffer_free(&bytes);
	diag_free(&d);
}

/* Files of several kinds, small enough to be damaged in every way. */
static struct picture victims[] = {
    {.w = 7, .h = 5, .depth = 8, .type = PNG_COLOR_TYPE_RGB_ALPHA},
    {.w = 7, .h = 5, .depth = 4, .type = PNG_COLOR_TYPE_PALETTE, .nalpha = 3},
    {.w = 7, .h = 5, .depth = 16, .type = PNG_COLOR_TYPE_GRAY, .interlaced = true},
    {.w = 7, .h = 5, .depth = 1, .type = PNG_COLOR_TYPE_GRAY, .idat_len = 6},
};

enum { NVICTIMS = sizeof victims / sizeof *victims };

/* Asserts that BYTES are refused with one error. */
static void
check_refused(const struct buffer *bytes, const char *what)
{
	struct diag d = {0};
	struct image image = {0};
	struct logo_source file = picture_file(bytes, &d);
	if (sniff(&file) == FORMAT_PNG)
		assert_false(decode(bytes, &d, &image));
	assert_int_equal(d.n, 1);
	assert_int_equal(d.list[0].severity, SEVERITY_ERROR);
	assert_int_equal(d.list[0].at.line, 7);
	assert_non_null(strstr(d.list[0].message, what));
	image_free(&image);
	diag_free(&d);
}

static void
a_file_cut_off_anywhere_is_refused(void **state)
{
	(void)state;
	for (int v = 0; v < NVICTIMS; v++) {
		struct buffer bytes = {0};
		picture_fill(&victims[v]);
		picture_encode(&victims[v], &bytes);
		size_t len = bytes.len;
		for (bytes.len = 8; bytes.len < len; bytes.len++)
			check_refused(&bytes, "logos/gent.png is cut off after");
		buffer_free(&bytes);
	}
}

static void
a_file_with_any_byte_changed_is_refused(void **state)
{
	(void)state;
	for (int v = 0; v < NVICTIMS; v++) {
		struct buffer bytes = {0};
		picture_fill(&victims[v]);
		picture_encode(&victims[v], &bytes);
		for (size_t i = 0; i < bytes.len; i++) {
			for (int bit = 0; bit < 8; bit++) {
				bytes.data[i] = (char)(bytes.data[i] ^ 1 << bit);
				check_refused(&bytes, "logos/gent.png ");
				bytes.data[i] = (char)(bytes.data[i] ^ 1 << bit);
			}
		}
		buffer_free(&bytes);
	}
}

static void
an_index_outside_the_palette_is_refused(void **state)
{
	(void)state;
	static struct picture p = {
	    .w = 40, .h = 3, .depth = 8, .type = PNG_COLOR_TYPE_PALETTE, .npalette = 5};
	const int places[] = {0, 15, 16, 39, 40, 119};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct buffer bytes = {0};
		picture_fill(&p);
		p.samples[places[i]] = 5;
		picture_encode(&p, &bytes);
		check_refused(&bytes, "not in the palette");
		buffer_free(&bytes);
	}
}

static void
write_chunk(struct buffer *out, const char *type, const void *data, size_t len)
{
	unsigned char number[4];
	png_save_uint_32(number, (png_uint_32)len);
	buffer_append(out, number, 4);
	size_t start = out->len;
	buffer_append(out, type, 4);
	buffer_append(out, data, len);
	png_save_uint_32(number, (png_uint_32)codec_crc(out->data + start, len + 4));
	buffer_append(out, number, 4);
}

static void
more_data_than_pixels_is_not_unpacked(void **state)
{
	(void)state;
	const size_t len = 64 * 1024 * 1024; /* for 16 pixels */
	void *zeros = calloc(1, len);
	struct buffer bytes = {0};
	struct codec codec;
	codec_open(&codec);
	struct packed packed = codec_pack(&codec, zeros, len);
	buffer_append(&bytes, "\x89PNG\r\n\x1a\n", 8);
	write_chunk(&bytes, "IHDR", "\0\0\0\4\0\0\0\4\x8\0\0\0\0", 13);
	write_chunk(&bytes, "IDAT", packed.data, packed.len);
	write_chunk(&bytes, "IEND", "", 0);
	check_refused(&bytes, "more data than pixels");
	codec_close(&codec);
	free(packed.data);
	free(zeros);
	buffer_free(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_type_and_depth_is_exact_on_white),
	    cmocka_unit_test(every_type_and_depth_is_exact_on_any_card),
	    cmocka_unit_test(transparent_colours_become_white),
	    cmocka_unit_test(tells_16_bit_colours_apart_that_8_bits_do_not),
	    cmocka_unit_test(transparency_that_is_not_used_does_not_count),
	    cmocka_unit_test(pixels_may_be_split_into_any_chunks),
	    cmocka_unit_test(bytes_behind_the_end_do_not_matter),
	    cmocka_unit_test(a_file_cut_off_anywhere_is_refused),
	    cmocka_unit_test(a_file_with_any_byte_changed_is_refused),
	    cmocka_unit_test(an_index_outside_the_palette_is_refused),
	    cmocka_unit_test(more_data_than_pixels_is_not_unpacked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
