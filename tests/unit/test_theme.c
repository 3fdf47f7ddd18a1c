#include "compose/theme.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
	    {0xffffff, 0xeeeeee, 0x101010, 1, {"accent", "card"}},
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
		struct theme theme;
		assert_int_equal(theme_make(&from, &d, &theme), cases[i].nerrors == 0);
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

static void
small_print_can_be_read_on_the_paper(void **state)
{
	(void)state;
	struct announcement from = {0};
	struct diag d = {0};
	struct theme theme;
	assert_true(theme_make(&from, &d, &theme));
	assert_true(color_contrast(theme.quiet, theme.paper) >= CONTRAST_TEXT);
	assert_true(color_contrast(theme.kicker.color, theme.accent) >= CONTRAST_TEXT);
	diag_free(&d);
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
			assert_string_equal(words.page, cases[i].page);
		else
			assert_int_equal(d.list[0].at.line, 2);
		from.words.page.s = "pagina!";
		from.words.logo.s = "L";
		from.words.continued.s = "segue";
		assert_true(words_choose(&from, &d, &words));
		assert_string_equal(words.page, "pagina!");
		diag_free(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(contrast_is_that_of_wcag),
	    cmocka_unit_test(colours_that_cannot_be_told_apart_are_refused_by_name),
	    cmocka_unit_test(small_print_can_be_read_on_the_paper),
	    cmocka_unit_test(fixed_words_come_with_the_language_or_from_the_front_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
