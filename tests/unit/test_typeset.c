#include "compose/typeset.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct diag diag;
static struct fonts fonts;
static struct setter setter;
static const struct text_style body = {.size = 10, .leading = 15};

static int
setup(void **state)
{
	(void)state;
	setter = (struct setter){&arena, &fonts, "nl-BE", shaped_make(&arena)};
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

static struct paragraph
set(const char *text, double measure)
{
	return text_set(&setter, text, &body, measure);
}

/* The text as it is copied from the lines, "|" between two lines, "=" for a shown hyphen,
 * "^" for a blank that keeps another one. */
static const char *
copied(const struct paragraph *p)
{
	const char *all = "";
	for (int i = 0; i < p->n; i++) {
		for (int k = 0; k < p->lines[i].n; k++) {
			const struct piece *piece = &p->lines[i].pieces[k];
			all = piece->actual != NULL
			    ? arena_printf(&arena, "%s%s=", all, piece->actual)
			    : arena_printf(&arena, "%s%s%.*s", all,
				  piece->blank ? "^" : "",
				  (int)piece->glyphs.len - piece->blank,
				  piece->glyphs.text + piece->blank);
		}
		if (i + 1 < p->n)
			all = arena_printf(&arena, "%s|", all);
	}
	return all;
}

static void
text_is_copied_as_it_was_written(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double measure;
		const char *lines;
	} cases[] = {
	    {"", 100, ""},
	    {"een", 100, "een"},
	    {"een twee drie vier", 50, "een twee |drie vier"},
	    {"'s-Gravenvoeren", 60, "'s-Gra=|venvoe=|ren"},
	    {"de Gemeente-Stadsmonitor", 105, "de |Gemeente-Stadsmonitor"},
	    {"Gemeente-Stadsmonitor", 80, "Gemeente-|^Stadsmonitor"},
	    {"Gemeinde\xc2\xadverwaltung\xc2\xad", 80, "Gemeinde=|verwaltung"},
	    {"Gemeinde\xc2\xadverwaltung", 200, "Gemeindeverwaltung"},
	    {"a\xc2\xa0"
	     "b c",
		5,
		"a\xc2\xa0"
		"b |c"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct paragraph p = set(cases[i].text, cases[i].measure);
		if (i == 3) { /* where it is cut is free; no cut behind 's- */
			assert_null(strstr(copied(&p), "'s-|"));
			continue;
		}
		assert_string_equal(copied(&p), cases[i].lines);
	}
}

static void
a_line_of_items_ends_between_them(void **state)
{
	(void)state;
	struct text_style items = body;
	items.items = true;
	static const struct {
		const char *text;
		double measure;
		const char *lines;
	} cases[] = {
	    {"Kaai 8, 1000 Brussel \xc2\xb7 V.U.: Jan Janssens", 150,
		"Kaai 8, 1000 Brussel \xc2\xb7 |V.U.: Jan Janssens"},
	    {"Kaai 8 | Jan Janssens", 75, "Kaai 8 | |Jan Janssens"},
	    {"Kaai 8, Jan Janssens", 75, "Kaai 8, |Jan Janssens"},
	    {"mevrouw Jan Janssens", 75, "mevrouw |Jan Janssens"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct paragraph p =
		    text_set(&setter, cases[i].text, &items, cases[i].measure);
		assert_string_equal(copied(&p), cases[i].lines);
	}
}

static void
no_line_is_wider_than_the_measure(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "Donaudampfschifffahrtsgesellschaftskapitaenswitwe en arbeidsongeschiktheidsverzekering",
	    "zie https://stad.gent/over-gent-en-het-stadsbestuur/over-gent/kaarten-cijfers-en-data",
	    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		for (double measure = 40; measure < 300; measure += 13) {
			struct paragraph p = set(texts[i], measure);
			for (int l = 0; l < p.n; l++)
				assert_true(p.lines[l].width <= measure + 1e-6);
		}
	}
}

static void
an_address_is_cut_without_a_hyphen(void **state)
{
	(void)state;
	struct paragraph p = set(
	    "https://www.antwerpen.be/info/5c9cc105f98a304a1155a7f4aaaaaaaaaaaaaaaaaaa",
	    90);
	assert_true(p.n > 2);
	assert_null(strchr(copied(&p), '='));
}

static void
a_hyphen_of_a_cut_word_is_drawn_and_not_copied(void **state)
{
	(void)state;
	struct paragraph p = set("arbeidsongeschiktheidsverzekering", 90);
	assert_true(p.n == 2 && p.emergency);
	const struct piece *piece = &p.lines[0].pieces[0];
	assert_non_null(piece->actual);
	assert_null(strchr(piece->actual, '-'));
	assert_int_equal(piece->glyphs.text[piece->glyphs.len - 1], '-');
}

static void
a_style_of_a_run_is_set_in_its_own_face(void **state)
{
	(void)state;
	struct run runs[] = {
	    {.text = "gewoon "},
	    {.text = "vet", .style = RUN_STRONG},
	    {.text = " en "},
	    {.text = "cursief", .style = RUN_EMPHASIS},
	    {.text = " beide", .style = RUN_EMPHASIS | RUN_STRONG},
	};
	static const enum face faces[] = {
	    FACE_REGULAR, FACE_BOLD, FACE_REGULAR, FACE_ITALIC, FACE_BOLD_ITALIC};
	struct paragraph p = paragraph_set(&setter, (struct runs){runs, 5}, &body, 500);
	assert_int_equal(p.n, 1);
	assert_int_equal(p.lines[0].n, 5);
	for (int i = 0; i < 5; i++)
		assert_int_equal(p.lines[0].pieces[i].glyphs.font->face, faces[i]);
}

static void
parts_of_a_line_are_its_glyphs_and_their_own_text(void **state)
{
	(void)state;
	static const char text[] = "gent.incijfers.be/dashboard";
	struct line whole = text_line(&setter, text, &body).lines[0];
	int n = whole.pieces->glyphs.n;
	struct line parts[] = {line_part(&setter, &whole, 0, 5),
	    line_part(&setter, &whole, 5, 17), line_part(&setter, &whole, 17, 27)};
	assert_string_equal(copied(&(struct paragraph){.lines = parts, .n = 3}),
	    "gent.|incijfers.be|/dashboard");
	double width = 0;
	for (int i = 0; i < 3; i++) {
		const struct glyph_run *run = &parts[i].pieces->glyphs;
		n -= run->n;
		width += parts[i].width;
		for (int k = 0; k < run->n; k++)
			assert_true(run->glyphs[k].cluster < run->len);
	}
	assert_int_equal(n, 0);
	assert_true(fabs(width - whole.width) < 1e-9);
	assert_true(fabs(set(text, 500).width - whole.width) < 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_is_copied_as_it_was_written),
	    cmocka_unit_test(a_line_of_items_ends_between_them),
	    cmocka_unit_test(no_line_is_wider_than_the_measure),
	    cmocka_unit_test(an_address_is_cut_without_a_hyphen),
	    cmocka_unit_test(a_hyphen_of_a_cut_word_is_drawn_and_not_copied),
	    cmocka_unit_test(a_style_of_a_run_is_set_in_its_own_face),
	    cmocka_unit_test(parts_of_a_line_are_its_glyphs_and_their_own_text),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
