#include "compose/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told.h"

static struct diag font_diag;
static struct fonts fonts;

static int
setup(void **state)
{
	(void)state;
	struct text paths[FACE_COUNT] = {0};
	return fonts_open(paths, &font_diag, &fonts) ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	fonts_close(&fonts);
	diag_free(&font_diag);
	return 0;
}

/* A brochure with a text of every kind. */
struct sheet {
	struct figure figure;
	struct run lead, heading, point;
	struct block paragraph, item, blocks[3];
	struct city city;
	struct cities cities;
	struct announcement text;
	struct brochure brochure;
};

static void
sheet_start(struct sheet *s)
{
	*s = (struct sheet){
	    .city = {.name = {.s = "Aalst"}}, .figure = {{.s = "14"}, {.s = "thema's"}}};
	s->text = (struct announcement){.title = {.s = "Titel"},
	    .lang = {.s = "nl-BE"},
	    .figures = &s->figure,
	    .nfigures = 1,
	    .blocks = s->blocks,
	    .nblocks = 3};
	s->text.grid.heading.s = s->text.grid.intro.s = "Klik";
	s->text.grid.link.s = "{city}";
	s->text.kicker.s = "Stad";
	s->lead.text = "Een\nlead";
	s->heading.text = "Kop";
	s->point.text = "punt";
	s->paragraph = (struct block){.runs = &s->point, .nruns = 1};
	s->item =
	    (struct block){.kind = BLOCK_ITEM, .children = &s->paragraph, .nchildren = 1};
	s->blocks[0] = (struct block){.runs = &s->lead, .nruns = 1};
	s->blocks[1] =
	    (struct block){.kind = BLOCK_HEADING, .runs = &s->heading, .nruns = 1};
	s->blocks[2] =
	    (struct block){.kind = BLOCK_LIST, .children = &s->item, .nchildren = 1};
	s->cities = (struct cities){.list = &s->city, .n = 1};
}

/* Fails unless EXPECTED is what is told of S. */
static void
assert_sheet(struct sheet *s, const char *expected)
{
	struct arena a = {0};
	struct diag d = {0};
	assert_true(
	    brochure_make(&s->text, &s->cities, EDITION_SCREEN, &a, &d, &s->brochure));
	assert_int_equal(texts_check(&s->brochure, &fonts, &d), expected[0] == '\0');
	assert_told(&d, expected);
	diag_free(&d);
	arena_free(&a);
}

static void
what_the_fonts_have_is_not_told(void **state)
{
	(void)state;
	struct sheet s;
	sheet_start(&s);
	s.text.title.s = "Één titel – „met” tekens… ’s\xc2\xa0morgens 'n\xc2\xad"
			 "woord e\xcc\x81";
	assert_sheet(&s, "");
}

static void
a_character_that_the_font_lacks_is_told_once_wherever_it_is(void **state)
{
	(void)state;
	const struct text chinese = {"a \xe4\xb8\xad b", {"t.md", 3, 1}};
	for (int i = 0; i < 11; i++) {
		struct sheet s;
		sheet_start(&s);
		struct text *const texts[] = {&s.text.title, &s.text.kicker,
		    &s.text.grid.heading, &s.text.grid.intro, &s.figure.value,
		    &s.figure.label, &s.city.name, &s.text.publisher.name,
		    &s.text.words.continued};
		struct run *const runs[] = {&s.lead, &s.point};
		if (i < 9) {
			*texts[i] = chinese;
		} else {
			runs[i - 9]->text = chinese.s;
			runs[i - 9]->at = chinese.at;
		}
		assert_sheet(&s,
		    "3:1: error: the font SourceSans3 has no character \"\xe4\xb8\xad\" "
		    "(U+4E2D)");
	}
}

static void
each_character_that_is_missing_is_told(void **state)
{
	(void)state;
	struct sheet s;
	sheet_start(&s);
	s.lead.text = "\xe4\xb8\xad\n\xe5\x9b\xbd \xe4\xb8\xad";
	s.lead.style = RUN_STRONG | RUN_EMPHASIS;
	s.lead.at = (struct place){"t.md", 5, 2};
	assert_sheet(&s, "5:2: error: (U+4E2D)\n5:2: error: (U+56FD)\n");
}

static void
text_from_right_to_left_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *told;
	} cases[] = {
	    {"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd7\xa9", "right to left"}, /* Hebrew */
	    {"Gent \xd8\xba\xd9\x86\xd8\xaa", "right to left"},             /* Arabic */
	    {"Gent \xe2\x80\x8e(B)", NULL},                                 /* U+200E */
	    {"\xce\x93\xce\xb1\xce\xbd\xce\xb4\xce\xb7 12.5%", NULL},       /* Greek */
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct sheet s;
		struct arena a = {0};
		struct diag d = {0};
		sheet_start(&s);
		s.lead.text = cases[i].text;
		assert_true(brochure_make(
		    &s.text, &s.cities, EDITION_SCREEN, &a, &d, &s.brochure));
		texts_check(&s.brochure, &fonts, &d);
		int told = 0;
		for (int k = 0; k < d.n; k++) {
			told += cases[i].told != NULL &&
			    strstr(d.list[k].message, cases[i].told) != NULL;
			assert_true(d.list[k].rule == RULE_TEXT_DIRECTION ||
			    d.list[k].rule == RULE_FONT_GLYPH);
		}
		assert_int_equal(told, cases[i].told != NULL);
		diag_free(&d);
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_the_fonts_have_is_not_told),
	    cmocka_unit_test(a_character_that_the_font_lacks_is_told_once_wherever_it_is),
	    cmocka_unit_test(each_character_that_is_missing_is_told),
	    cmocka_unit_test(text_from_right_to_left_is_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
