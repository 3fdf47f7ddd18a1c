#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "logo_folder.h"

static const char *const gent[] = {"gent.png", NULL};

static void
an_opaque_file_is_copied_byte_for_byte(void **state)
{
	struct picture *p = plain_picture();
	struct buffer bytes = {0};
	struct diag d = {0};
	struct logos logos;
	/* a white margin of 3 to the left and 2 at the bottom */
	for (int i = 0; i < 40 * 25 * 3; i++)
		if (i / 3 % 40 < 3 || i / 3 / 40 >= 23)
			p->samples[i] = 255;
	picture_encode(p, &bytes);
	put(*state, "gent.png", bytes.data, bytes.len);
	assert_true(load(gent, options(*state), &d, &logos));
	const struct logo *logo = logos.list[0];
	assert_int_equal(logo->raster.width_px, 40);
	assert_int_equal(logo->raster.height_px, 25);
	assert_true(logo->raster.predictor);
	assert_true(fabs(logo->size.w / logo->size.h - 37.0 / 23) < 1e-9);
	double scale = logo->size.w / 37;
	assert_true(fabs(logo->frame.x + 3 * scale) < 1e-9);
	assert_true(fabs(logo->frame.y + 2 * scale) < 1e-9);
	assert_true(fabs(logo->frame.w - 40 * scale) < 1e-9);
	assert_true(fabs(logo->frame.h - 25 * scale) < 1e-9);
	/* the signature and IHDR take 33 bytes, then comes the only IDAT chunk */
	assert_memory_equal(bytes.data + 33 + 4, "IDAT", 4);
	assert_int_equal(logo->raster.len + 33 + 12 + 12, bytes.len);
	assert_memory_equal(bytes.data + 33 + 8, logo->raster.data, logo->raster.len);
	logos_close(&logos);
	buffer_free(&bytes);
	diag_free(&d);
}

static void
what_is_much_too_fine_is_resampled(void **state)
{
	const struct {
		int max_ppi, width_px;
	} cases[] = {{450, 20}, {599, 20}, {601, 40}, {0, 40}, {200, 13}};
	struct diag d = {0};
	struct logos logos;
	struct logo_options o = options(*state);
	o.box.w = 10;
	o.box.h = 100;
	o.max_ppi = 0;
	put_picture(*state, "gent.png", plain_picture());
	assert_true(load(gent, o, &d, &logos));
	o.box.w *=
	    40.0 / 600 * 72 / logos.list[0]->size.w; /* now 40 pixels are 1/15 inch */
	logos_close(&logos);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		o.max_ppi = cases[i].max_ppi;
		assert_true(load(gent, o, &d, &logos));
		const struct logo *logo = logos.list[0];
		assert_int_equal(logo->raster.width_px, cases[i].width_px);
		assert_true(fabs(logo->raster.height_px -
				logo->raster.width_px * 25 / 40.0) <= 0.51);
		assert_true(logo->frame.x == 0 && logo->frame.w == logo->size.w);
		assert_true(fabs(logo->size.w - 4.8) < 1e-9);
		logos_close(&logos);
	}
	diag_free(&d);
}

static void
what_would_become_a_line_keeps_eight_pixels_of_it(void **state)
{
	const struct {
		int h, height_px;
	} cases[] = {{10, 8}, {8, 8}, {5, 5}, {1, 1}};
	struct diag d = {0};
	struct logos logos;
	struct logo_options o = options(*state);
	o.box.w = o.box.h =
	    5; /* at 200 to the inch, 14 pixels wide and less than 8 high */
	o.max_ppi = 200;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct picture *p = plain_picture();
		p->h = cases[i].h;
		put_picture(*state, "gent.png", p);
		assert_true(load(gent, o, &d, &logos));
		const struct logo *logo = logos.list[0];
		assert_true(40 / (logo->size.w / 72) > o.max_ppi);
		assert_int_equal(logo->raster.width_px, lround(logo->size.w / 72 * 200));
		assert_int_equal(logo->raster.height_px, cases[i].height_px);
		assert_true(fabs(logo->size.w / logo->size.h - 40.0 / cases[i].h) < 1e-9);
		logos_close(&logos);
	}
	diag_free(&d);
}

/* 40 x 25 opaque pixels of a palette, either two plain halves or all made up. */
static struct picture *
palette_picture(bool plain)
{
	static struct picture p;
	p = (struct picture){
	    .w = 40, .h = 25, .depth = 8, .type = PNG_COLOR_TYPE_PALETTE};
	picture_fill(&p);
	for (int i = 0; plain && i < 40 * 25; i++)
		p.samples[i] = i % 40 < 20;
	p.palette[0] = (png_color){200, 0, 0};
	p.palette[1] = (png_color){0, 0, 200};
	return &p;
}

static void
what_is_a_bit_too_fine_but_smaller_so_is_copied(void **state)
{
	const struct {
		bool plain;
		int ppi, max_ppi, width_px;
	} cases[] = {{true, 600, 450, 40}, {true, 675, 450, 40}, {true, 680, 450, 18},
	    {true, 600, 449, 20}, {false, 600, 450, 20}, {false, 600, 0, 40}};
	struct diag d = {0};
	struct logos logos;
	struct logo_options o = options(*state);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		put_picture(*state, "gent.png", palette_picture(cases[i].plain));
		o.box.w = 10;
		o.box.h = 100;
		o.max_ppi = 0;
		assert_true(load(gent, o, &d, &logos));
		o.box.w *= 40.0 / (cases[i].ppi - 0.1) * 72 / logos.list[0]->size.w;
		logos_close(&logos);
		o.max_ppi = cases[i].max_ppi;
		assert_true(load(gent, o, &d, &logos));
		assert_int_equal(logos.list[0]->raster.width_px, cases[i].width_px);
		logos_close(&logos);
	}
	diag_free(&d);
}

static void
what_is_too_coarse_is_told_the_size_to_have(void **state)
{
	struct diag d = {0};
	struct logos logos;
	struct logo_options o = options(*state);
	o.box.w = 40.0 / 70 * 72; /* 140 pixels to the inch at most */
	o.box.h = 100;
	put_picture(*state, "gent.png", plain_picture());
	assert_true(load(gent, o, &d, &logos));
	assert_int_equal(d.n, 1);
	assert_int_equal(d.list[0].severity, SEVERITY_WARNING);
	double scale = logos.list[0]->size.w / 72 * 300 / 40;
	char size[64];
	snprintf(
	    size, sizeof size, "%.0f x %.0f pixels", ceil(40 * scale), ceil(25 * scale));
	assert_non_null(strstr(d.list[0].message, size));
	logos_close(&logos);
	diag_free(&d);
}

/* Nine requests: two for one file, one for a copy of it, three that fail. */
static const char *const many[] = {"a.png", "none.png", "b.png", "a.png", "copy.png",
    "jpeg.png", "c.png", "none.png", "d.png", NULL};

static void
put_many(const char *folder)
{
	struct picture *p = plain_picture();
	put_picture(folder, "a.png", p);
	put_picture(folder, "copy.png", p);
	p->samples[5]++;
	put_picture(folder, "b.png", p);
	p->interlaced = true;
	put_picture(folder, "c.png", p);
	p->type = PNG_COLOR_TYPE_RGB_ALPHA;
	p->w = 30;
	put_picture(folder, "d.png", p);
	put(folder, "jpeg.png", "\xff\xd8\xff\xe0", 4);
}

static void
equal_logos_share_an_address(void **state)
{
	/* by request: the first one of the same content; -1: none can be had */
	const int same[] = {0, -1, 2, 0, 0, -1, 6, -1, 8};
	struct diag d = {0};
	struct logos logos;
	put_many(*state);
	assert_false(load(many, options(*state), &d, &logos));
	assert_int_equal(logos.n, 9);
	for (int i = 0; i < 9; i++) {
		assert_int_equal(logos.list[i] == NULL, same[i] < 0);
		for (int k = 0; k < i; k++)
			assert_int_equal(
			    logos.list[i] == logos.list[k], same[i] == same[k]);
	}
	logos_close(&logos);
	diag_free(&d);
}

static void
check_same_logo(const struct logo *x, const struct logo *y)
{
	assert_int_equal(x == NULL, y == NULL);
	if (x == NULL)
		return;
	assert_int_equal(x->raster.len, y->raster.len);
	assert_memory_equal(x->raster.data, y->raster.data, x->raster.len);
	assert_int_equal(x->raster.width_px, y->raster.width_px);
	assert_int_equal(x->raster.space, y->raster.space);
}

static void
any_number_of_threads_gives_the_same(void **state)
{
	const int lines[] = {3, 7, 9}; /* of none.png, jpeg.png, and none.png again */
	struct diag first = {0};
	struct logos one;
	struct logo_options o = options(*state);
	put_many(*state);
	o.jobs = 1;
	load(many, o, &first, &one);
	assert_int_equal(first.nerrors, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(first.list[i].at.line, lines[i]);
	for (o.jobs = 0; o.jobs < 100; o.jobs = o.jobs * 2 + 1) {
		struct diag d = {0};
		struct logos logos;
		load(many, o, &d, &logos);
		assert_int_equal(d.n, first.n);
		for (int i = 0; i < d.n; i++)
			assert_string_equal(d.list[i].message, first.list[i].message);
		for (int i = 0; i < logos.n; i++)
			check_same_logo(logos.list[i], one.list[i]);
		logos_close(&logos);
		diag_free(&d);
	}
	logos_close(&one);
	diag_free(&first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_FOLDER(an_opaque_file_is_copied_byte_for_byte),
	    IN_FOLDER(what_is_much_too_fine_is_resampled),
	    IN_FOLDER(what_would_become_a_line_keeps_eight_pixels_of_it),
	    IN_FOLDER(what_is_a_bit_too_fine_but_smaller_so_is_copied),
	    IN_FOLDER(what_is_too_coarse_is_told_the_size_to_have),
	    IN_FOLDER(equal_logos_share_an_address),
	    IN_FOLDER(any_number_of_threads_gives_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
