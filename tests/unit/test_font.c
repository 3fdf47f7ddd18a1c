#include "font/subset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static struct diag diag;
static struct fonts fonts;

static int
setup(void **state)
{
	(void)state;
	struct text paths[FACE_COUNT] = {0};
	return fonts_open(paths, &diag, &fonts) ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	fonts_close(&fonts);
	diag_free(&diag);
	arena_free(&arena);
	return 0;
}

static struct glyph_run
shape(enum face face, const char *text)
{
	return font_shape(
	    &fonts.list[face], (struct span){text, strlen(text), "nl-BE"}, &arena);
}

static void
the_linked_fonts_know_their_names_and_measures(void **state)
{
	(void)state;
	static const char *const names[FACE_COUNT] = {"SourceSans3-Regular",
	    "SourceSans3-Italic", "SourceSans3-Bold", "SourceSans3-BoldItalic"};
	for (int i = 0; i < FACE_COUNT; i++) {
		const struct font *font = &fonts.list[i];
		assert_string_equal(font->postscript_name, names[i]);
		assert_int_equal(font->units_per_em, 1000);
		assert_in_range(font->cap_height, 600, 700);
		assert_in_range(font->x_height, 450, 520);
		assert_true(font->descent < 0 && font->bbox[1] < 0);
		assert_true((font->italic_angle < 0) ==
		    (i == FACE_ITALIC || i == FACE_BOLD_ITALIC));
	}
}

static void
kerning_pulls_a_pair_together(void **state)
{
	(void)state;
	struct glyph_run pair = shape(FACE_REGULAR, "To");
	assert_int_equal(pair.n, 2);
	assert_true(pair.advance <
	    shape(FACE_REGULAR, "T").advance + shape(FACE_REGULAR, "o").advance);
}

static void
a_character_that_the_font_lacks_becomes_glyph_0(void **state)
{
	(void)state;
	assert_int_equal(shape(FACE_REGULAR, "\xe4\xb8\xad").glyphs[0].id, 0);
	assert_false(font_has(&fonts.list[FACE_REGULAR], 0x4e2d));
	assert_true(font_has(&fonts.list[FACE_REGULAR], 0x2019));
}

static void
clusters_are_byte_offsets(void **state)
{
	(void)state;
	struct glyph_run run = shape(FACE_REGULAR,
	    "\xc3\xa9"
	    "a");
	assert_int_equal(run.n, 2);
	assert_int_equal(run.glyphs[0].cluster, 0);
	assert_int_equal(run.glyphs[1].cluster, 2);
}

static void
a_subset_holds_the_glyphs_asked_for_and_notdef(void **state)
{
	(void)state;
	struct glyph_run run = shape(FACE_BOLD, "Gent Genk");
	uint32_t ids[9];
	for (int i = 0; i < run.n; i++)
		ids[i] = run.glyphs[i].id;
	struct subset first, again;
	assert_true(font_subset(run.font, ids, run.n, &first));
	assert_int_equal(first.nglyphs, 1 + 6); /* G e n t k and the space */
	for (int i = 0; i < run.n; i++)
		assert_int_equal(first.old_id[first.new_id[ids[i]]], ids[i]);
	assert_true(first.len < 4096);
	assert_true(font_subset(run.font, ids, run.n, &again));
	assert_int_equal(again.len, first.len);
	assert_memory_equal(again.data, first.data, first.len);
	subset_free(&first);
	subset_free(&again);
}

static void
a_font_that_cannot_be_used_is_reported_with_its_place(void **state)
{
	(void)state;
	static const char *const paths[] = {"no/such/font.ttf", "fonts", "Makefile",
	    "/dev/null", "fonts/OFL.txt", "/dev/zero"};
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		struct text given[FACE_COUNT] = {
		    [FACE_BOLD] = {paths[i], {"a.md", 7, 9}}};
		struct diag d = {0};
		struct fonts none;
		assert_false(fonts_open(given, &d, &none));
		assert_int_equal(d.nerrors, 1);
		assert_int_equal(d.list[0].at.line, 7);
		assert_non_null(strstr(d.list[0].message, paths[i]));
		fonts_close(&none);
		diag_free(&d);
	}
}

/* A copy of a font at PATH in which the table TAG cannot be found. */
static void
font_without(const char *tag, const char *path)
{
	static char bytes[1000000];
	FILE *from = fopen("fonts/SourceSans3-Regular.ttf", "rb"),
	     *to = fopen(path, "wb");
	assert_non_null(from);
	assert_non_null(to);
	size_t len = fread(bytes, 1, sizeof bytes, from);
	for (size_t i = 12; i < 12 + 16 * (size_t)bytes[5]; i += 16)
		if (memcmp(bytes + i, tag, 4) == 0)
			memcpy(bytes + i, "none", 4);
	assert_int_equal(fwrite(bytes, 1, len, to), len);
	fclose(from);
	assert_int_equal(fclose(to), 0);
}

static void
a_font_that_lacks_outlines_or_widths_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *tag;
		bool needed;
	} cases[] = {{"glyf", true}, {"loca", true}, {"hmtx", true}, {"hhea", true},
	    {"maxp", true}, {"post", false}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char path[] = "/tmp/brochure-font-XXXXXX";
		int fd = mkstemp(path);
		assert_true(fd >= 0);
		close(fd);
		font_without(cases[i].tag, path);
		struct text given[FACE_COUNT] = {[FACE_BOLD] = {path, {"a.md", 7, 9}}};
		struct diag d = {0};
		struct fonts some;
		assert_int_equal(fonts_open(given, &d, &some), !cases[i].needed);
		assert_int_equal(d.nerrors, cases[i].needed);
		fonts_close(&some);
		diag_free(&d);
		unlink(path);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_linked_fonts_know_their_names_and_measures),
	    cmocka_unit_test(kerning_pulls_a_pair_together),
	    cmocka_unit_test(a_character_that_the_font_lacks_becomes_glyph_0),
	    cmocka_unit_test(clusters_are_byte_offsets),
	    cmocka_unit_test(a_subset_holds_the_glyphs_asked_for_and_notdef),
	    cmocka_unit_test(a_font_that_cannot_be_used_is_reported_with_its_place),
	    cmocka_unit_test(a_font_that_lacks_outlines_or_widths_is_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
