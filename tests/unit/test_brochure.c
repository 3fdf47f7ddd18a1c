#include "model/brochure.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/words.h"

static struct color
rgb(unsigned hex)
{
	return (struct color){
	    (unsigned char)(hex >> 16), (unsigned char)(hex >> 8), (unsigned char)hex};
}

static void
contrast_is_that_of_wcag(void **state)
{
	(void)state;
	static const struct {
		unsigned a, b;
		double ratio;
	} cases[] = {
	    {0x000000, 0xffffff, 21.0},
	    {0xffffff, 0xffffff, 1.0},
	    {0x767676, 0xffffff, 4.54}, /* the lightest grey that passes on white */
	    {0x777777, 0xffffff, 4.48},
	    {0xff0000, 0xffffff, 4.00},
	    {0x0000ff, 0xffffff, 8.59},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		double ratio = color_contrast(rgb(cases[i].a), rgb(cases[i].b));
		assert_true(fabs(ratio - cases[i].ratio) < 0.005);
		assert_true(fabs(color_contrast(rgb(cases[i].b), rgb(cases[i].a)) -
				ratio) < 1e-12);
	}
}

static void
colours_that_cannot_be_told_apart_are_refused_by_name(void **state)
{
	(void)state;
	static const struct {
		unsigned accent, text, paper;
		int nerrors;
		const char *names[2];
	} cases[] = {
	    {0x0b4f6c, 0x1d2329, 0xffffff, 0, {0}},
	    {0xffcc00, 0x1d2329, 0xffffff, 1, {"accent", "#ffcc00"}},
	    {0x0b4f6c, 0x999999, 0xffffff, 1, {"text", "#999999"}},
	    {0xffcc00, 0x999999, 0xffffff, 2, {"#ffcc00", "#ffffff"}},
	    {0xffffff, 0xeeeeee, 0x101010, 0, {0}}, /* on white cards, too */
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct announcement from = {.file = "a.md"};
		from.colors.accent =
		    (struct color_setting){true, rgb(cases[i].accent), {"a.md", 5, 11}};
		from.colors.text =
		    (struct color_setting){true, rgb(cases[i].text), {"a.md", 6, 9}};
		from.colors.paper =
		    (struct color_setting){true, rgb(cases[i].paper), {"a.md", 7, 10}};
		struct diag d = {0};
		struct palette colors;
		assert_int_equal(palette_make(&from, &d, &colors), cases[i].nerrors == 0);
		assert_int_equal(d.nerrors, cases[i].nerrors);
		for (int k = 0; k < 2 && cases[i].names[k] != NULL; k++) {
			bool named = false;
			for (int m = 0; m < d.n; m++)
				named = named ||
				    strstr(d.list[m].message, cases[i].names[k]) != NULL;
			assert_true(named);
		}
		diag_free(&d);
	}
}

/* Each colour that is proposed is taken until nothing is told; on a grey paper nothing
 * can be read, and that is told. */
static void
the_colours_that_are_proposed_can_be_read(void **state)
{
	(void)state;
	unsigned seed = 1, cured = 0, grey = 0;
	for (int i = 0; i < 3000; i++) {
		struct announcement from = {.file = "a.md"};
		struct color_setting *settings[] = {
		    &from.colors.accent, &from.colors.text, &from.colors.paper};
		for (int k = 0; k < 3; k++) {
			seed = seed * 1103515245 + 12345;
			*settings[k] = (struct color_setting){
			    true, rgb(seed >> 8), {"a.md", 5 + k, 1}};
		}
		bool ok = false, paper = false;
		for (int round = 0; round < 4 && !ok && !paper; round++) {
			struct diag d = {0};
			struct palette colors;
			ok = palette_make(&from, &d, &colors);
			for (int m = 0; m < d.n; m++) {
				const char *said = d.list[m].message,
					   *such = strstr(said, "such as #");
				paper |= strstr(said, "lighter or darker paper") != NULL;
				if (such != NULL)
					settings[d.list[m].at.line - 5]->value =
					    rgb((unsigned)strtoul(such + 9, NULL, 16));
			}
			cured += ok && round > 0;
			diag_free(&d);
		}
		assert_true(ok || paper);
		double most = fmax(color_contrast(from.colors.paper.value, rgb(0)),
		    color_contrast(from.colors.paper.value, rgb(0xffffff)));
		assert_true(ok || most < 6);
		grey += paper;
	}
	assert_true(cured > 2000 && grey > 50 && grey < 900);
}

static void
small_print_can_be_read_on_the_paper(void **state)
{
	(void)state;
	struct announcement from = {0};
	struct diag d = {0};
	struct palette colors;
	assert_true(palette_make(&from, &d, &colors));
	assert_true(color_contrast(colors.quiet, colors.paper) >= CONTRAST_TEXT);
	assert_true(color_contrast(colors.kicker, colors.accent) >= CONTRAST_TEXT);
	diag_free(&d);
}

/* Neither a dark paper nor the colour of a card makes a name unreadable. */
static void
names_can_be_read_on_a_card_of_any_colour(void **state)
{
	(void)state;
	static const struct palette palettes[] = {
	    {.accent = {0x0b, 0x4f, 0x6c},
		.text = {0x1d, 0x23, 0x29},
		.paper = {255, 255, 255},
		.card = {255, 255, 255}},
	    {.accent = {255, 255, 255},
		.text = {238, 238, 238},
		.paper = {16, 16, 16},
		.card = {255, 255, 255}},
	    {.accent = {0xa5, 0, 0x34},
		.text = {0x77, 0x77, 0x77},
		.paper = {255, 255, 255},
		.card = {255, 255, 255}},
	};
	for (size_t i = 0; i < sizeof palettes / sizeof palettes[0]; i++)
		for (unsigned hex = 0; hex < 0x1000000; hex += 0x0b1d37) {
			const struct card_choice choices[] = {{.kind = CARD_PLAIN},
			    {.kind = CARD_ACCENT}, {CARD_COLOR, rgb(hex)}};
			for (int k = 0; k < 3; k++) {
				const struct card_colors c =
				    card_colors(&palettes[i], choices[k]);
				assert_true(
				    color_contrast(c.caption, c.card) >= CONTRAST_TEXT);
				assert_true(
				    color_contrast(c.quiet, c.card) >= CONTRAST_TEXT);
			}
		}
	const struct card_choice accent = {.kind = CARD_ACCENT};
	const struct color paper = palettes[0].paper;
	struct card_colors c = card_colors(&palettes[0], accent);
	assert_memory_equal(&c.card, &palettes[0].accent, sizeof c.card);
	assert_memory_equal(&c.caption, &paper, sizeof paper);
	c = card_colors(&palettes[0], (struct card_choice){.kind = CARD_PLAIN});
	assert_memory_equal(&c.caption, &palettes[0].accent, sizeof c.caption);
}

static void
fixed_words_come_with_the_language_or_from_the_front_matter(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *page;
	} cases[] = {{"nl-BE", "pagina"}, {"fr-BE", "page"}, {"de-BE", "Seite"},
	    {"EN", "page"}, {"it", NULL}, {"nlx", NULL}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct announcement from = {.lang = {cases[i].lang, {"a.md", 2, 7}}};
		struct diag d = {0};
		struct words words;
		assert_int_equal(words_choose(&from, &d, &words), cases[i].page != NULL);
		if (cases[i].page != NULL)
			assert_string_equal(words.page.s, cases[i].page);
		else
			assert_int_equal(d.list[0].at.line, 2);
		from.words.page.s = "pagina!";
		from.words.logo.s = "L";
		assert_int_equal(words_choose(&from, &d, &words), cases[i].page != NULL);
		from.words.continued.s = "segue";
		assert_true(words_choose(&from, &d, &words));
		assert_string_equal(words.page.s, "pagina!");
		diag_free(&d);
	}
}

/* A brochure that has all that is required, of one city and one paragraph. */
struct sheet {
	struct block block;
	struct run runs[4];
	struct city city;
	struct announcement text;
	struct cities cities;
};

static void
sheet_start(struct sheet *s)
{
	*s = (struct sheet){.city = {.name = {.s = "Aalst"}}};
	s->block = (struct block){.kind = BLOCK_PARAGRAPH, .runs = s->runs, .nruns = 1};
	s->runs[0].text = "De lead.";
	s->text.title.s = "Titel";
	s->text.lang.s = "nl-BE";
	s->text.grid.heading.s = "Kop";
	s->text.grid.intro.s = "Klik.";
	s->text.grid.link.s = "{city} in cijfers: {city}";
	s->text.blocks = &s->block;
	s->text.nblocks = 1;
	s->cities = (struct cities){.list = &s->city, .n = 1};
}

static void
the_lead_is_a_first_paragraph_that_is_short(void **state)
{
	(void)state;
	char long_text[321] = {0}, longer_text[322] = {0};
	memset(long_text, 'a', 320);
	memset(longer_text, 'a', 321);
	const struct {
		const char *text;
		enum block_kind kind;
		bool lead;
	} cases[] = {
	    {"De lead.", BLOCK_PARAGRAPH, true},
	    {"Een kop", BLOCK_HEADING, false},
	    {"", BLOCK_LIST, false},
	    {long_text, BLOCK_PARAGRAPH, true},
	    {longer_text, BLOCK_PARAGRAPH, false},
	    {"a\nb\nc\nd\ne\nf\ng\nh", BLOCK_PARAGRAPH, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct sheet s;
		struct brochure brochure;
		struct arena a = {0};
		struct diag d = {0};
		sheet_start(&s);
		s.block.kind = cases[i].kind;
		s.runs[0].text = cases[i].text;
		assert_true(
		    brochure_make(&s.text, &s.cities, EDITION_SCREEN, &a, &d, &brochure));
		assert_int_equal(brochure.lead != NULL, cases[i].lead);
		assert_int_equal(brochure.nbody, !cases[i].lead);
		arena_free(&a);
	}
}

static void
cities_are_called_by_their_names(void **state)
{
	(void)state;
	struct sheet s;
	struct brochure brochure;
	struct arena a = {0};
	struct diag d = {0};
	sheet_start(&s);
	assert_true(brochure_make(&s.text, &s.cities, EDITION_SCREEN, &a, &d, &brochure));
	assert_true(brochure_is_whole(&brochure));
	assert_string_equal(brochure.names[0].link, "Aalst in cijfers: Aalst");
	assert_string_equal(brochure.names[0].logo, "Logo Aalst");
	s.city.alt.s = "Wapen van Aalst";
	assert_true(brochure_make(&s.text, &s.cities, EDITION_SCREEN, &a, &d, &brochure));
	assert_string_equal(brochure.names[0].logo, "Wapen van Aalst");
	arena_free(&a);
}

static void
what_has_no_names_or_words_is_not_whole(void **state)
{
	(void)state;
	static char name[2500];
	memset(name, 'a', sizeof name - 1);
	for (int i = 0; i < 4; i++) {
		struct sheet s;
		struct brochure brochure;
		struct arena a = {0};
		struct diag d = {0};
		sheet_start(&s);
		if (i == 0)
			s.city.name.s = name; /* twice in its link's name */
		else if (i == 1)
			s.text.grid.link.s = NULL;
		else if (i == 2)
			s.text.lang.s = "it", s.text.words.logo.s = "Logo";
		else
			s.text.lang.s = NULL;
		assert_false(
		    brochure_make(&s.text, &s.cities, EDITION_SCREEN, &a, &d, &brochure));
		assert_false(brochure_is_whole(&brochure));
		assert_int_equal(d.n, i == 0 || i == 2); /* or the readers told it */
		diag_free(&d);
		arena_free(&a);
	}
}

static void
a_link_is_called_by_all_of_its_text(void **state)
{
	(void)state;
	static const struct {
		const char *texts[3], *url, *name;
	} cases[] = {
	    {{"Lees", " het ", "rapport"}, "https://gent.be/a", "Lees het rapport"},
	    {{"twee\nregels"}, "https://gent.be/", "twee regels"},
	    {{"https://gent.be/a?b"}, "https://gent.be/a?b", "https://gent.be/a?b"},
	    {{"Lees ", "https://gent.be/a", " of bel"}, "https://gent.be/",
		"Lees https://gent.be/a of bel"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena a = {0};
		struct run runs[5] = {{.text = "voor "}};
		int n = 1;
		for (int k = 0; k < 3 && cases[i].texts[k] != NULL; k++)
			runs[n++] = (struct run){.text = cases[i].texts[k],
			    .link = cases[i].url,
			    .link_id = 7};
		runs[n++] = (struct run){.text = "na", .link = "#grid", .link_id = 8};
		assert_string_equal(runs_name(runs, n, 7, &a), cases[i].name);
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(contrast_is_that_of_wcag),
	    cmocka_unit_test(colours_that_cannot_be_told_apart_are_refused_by_name),
	    cmocka_unit_test(the_colours_that_are_proposed_can_be_read),
	    cmocka_unit_test(small_print_can_be_read_on_the_paper),
	    cmocka_unit_test(names_can_be_read_on_a_card_of_any_colour),
	    cmocka_unit_test(fixed_words_come_with_the_language_or_from_the_front_matter),
	    cmocka_unit_test(the_lead_is_a_first_paragraph_that_is_short),
	    cmocka_unit_test(cities_are_called_by_their_names),
	    cmocka_unit_test(what_has_no_names_or_words_is_not_whole),
	    cmocka_unit_test(a_link_is_called_by_all_of_its_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
