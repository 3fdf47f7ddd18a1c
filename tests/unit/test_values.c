#include "announcement/values.h"
#include "input/prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/spelling.h"
#include "diag/lines.h"
#include "model/colors.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct yes_case {
	const char *s;
	bool yes;
};

static void
a_date_is_a_day_of_the_calendar(void **state)
{
	(void)state;
	static const struct {
		const char *s, *date;
	} cases[] = {{"2024-01-24", "2024-01-24"}, {"2024-02-29", "2024-02-29"},
	    {"2000-02-29", "2000-02-29"}, {"24/1/2024", "2024-01-24"},
	    {"24.01.2024", "2024-01-24"}, {"24-1-2024", "2024-01-24"},
	    {"24 1 2024", "2024-01-24"}, {"2024/1/24", "2024-01-24"},
	    {"2024-1-24", "2024-01-24"}, {"1900-02-29", NULL}, {"2023-02-29", NULL},
	    {"2024-04-31", NULL}, {"2024-13-01", NULL}, {"2024-00-01", NULL},
	    {"2024-01-00", NULL}, {"0000-01-01", NULL}, {"1/24/2024", NULL},
	    {"2024-01-24T00:00", NULL}, {"2024-01-2x", NULL}, {"24/1/24", NULL},
	    {"24 januari 2024", NULL}, {"24/1", NULL}, {"24/1/2024x", NULL},
	    {"99999/1/1", NULL}, {"", NULL}};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *date = value_date(&a, cases[i].s);
		if (cases[i].date == NULL)
			assert_null(date);
		else
			assert_string_equal(date, cases[i].date);
	}
	arena_free(&a);
}

static void
a_language_tag_is_well_formed(void **state)
{
	(void)state;
	/* RFC 5646, 2.1 and appendix A */
	static const struct yes_case cases[] = {{"nl", true}, {"nl-BE", true},
	    {"NL-be", true}, {"zh-Hant", true}, {"zh-cmn-Hans-CN", true},
	    {"sl-rozaj-biske", true}, {"de-CH-1901", true}, {"es-419", true},
	    {"en-US-u-islamcal", true}, {"hy-Latn-IT-arevela", true}, {"zh-yue-HK", true},
	    {"de-Latn-DE-1996", true}, {"az-Arab-x-AZE-derbend", true}, {"en-x-1", true},
	    {"de-DE-u-co-phonebk-x-y", true}, {"frysk-NL", false}, {"abcd", false},
	    {"en-a", false}, {"de-1901-DE", false}, {"en-a-myext-b-another", true},
	    {"de-CH-x-phonebk", true}, {"x-whatever", false}, {"", false}, {"n", false},
	    {"nl-", false}, {"-nl", false}, {"nl--BE", false}, {"nl-BE-", false},
	    {"de-419-DE", false}, {"a-DE", false}, {"nl-BE-x", false},
	    {"Nederlands1", false}, {"nl BE", false}, {"dutchlang", false},
	    {"nl-B\xc3\xab", false}};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *tag = prose_language(&a, cases[i].s);
		if ((tag != NULL) != cases[i].yes)
			fail_msg("%s", cases[i].s);
		if (tag != NULL)
			assert_string_equal(tag, cases[i].s);
	}
	assert_string_equal(prose_language(&a, "nl_BE"), "nl-BE");
	assert_string_equal(prose_language(&a, "nl_BE.UTF-8"), "nl-BE");
	arena_free(&a);
}

static void
the_name_of_a_language_is_known_in_any_case(void **state)
{
	(void)state;
	static const char *const cases[][2] = {{"Nederlands", "nl"}, {"vlaams", "nl"},
	    {"Frans", "fr"},
	    {"FRAN\xc3\x87"
	     "AIS",
		"fr"},
	    {"french", "fr"}, {"Duits", "de"}, {"Deutsch", "de"}, {"Engels", "en"},
	    {"English", "en"}};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_null(prose_language(&a, cases[i][0]));
		assert_string_equal(prose_language_named(&a, cases[i][0]), cases[i][1]);
	}
	assert_null(prose_language_named(&a, "nl"));
	assert_null(prose_language_named(&a, "Esperanto"));
	assert_null(prose_language_named(&a, ""));
	arena_free(&a);
}

static void
a_colour_is_three_or_six_digits(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		bool yes;
		struct color color;
	} cases[] = {{"#000000", true, {0, 0, 0}}, {"#0B4f6c", true, {11, 79, 108}},
	    {"#fa0", true, {255, 170, 0}}, {"0b4f6c", false, {0}}, {"#0b4f6", false, {0}},
	    {"#0b4f6cff", false, {0}}, {"#ggg", false, {0}}, {"", false, {0}},
	    {"#", false, {0}}, {"blue", false, {0}}};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct color color = {0};
		assert_int_equal(color_read(cases[i].s, &color), cases[i].yes);
		if (cases[i].yes)
			assert_memory_equal(&color, &cases[i].color, sizeof color);
	}
}

static void
a_misspelt_word_finds_the_nearest(void **state)
{
	(void)state;
	static const char *const words[] = {"title", "lang", "date", "author", "figures",
	    "grid", "colors", "max_ppi", "url"};
	static const struct {
		const char *word, *nearest;
	} cases[] = {{"titel", "title"}, {"TITLE", "title"}, {"colours", "colors"},
	    {"figure", "figures"}, {"datum", NULL}, {"ul", "url"}, {"ulr", "url"},
	    {"lnag", "lang"}, {"autuer", "author"}, {"max-ppi", "max_ppi"}, {"", NULL},
	    {"x", NULL}, {"zz", NULL}, {"postcode", NULL}, {"grid\xff", "grid"},
	    {"titleeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
		NULL}};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *nearest =
		    spelling_nearest(cases[i].word, words, COUNT(words));
		if (cases[i].nearest == NULL
			? nearest != NULL
			: nearest == NULL || strcmp(nearest, cases[i].nearest) != 0)
			fail_msg(
			    "%s: %s", cases[i].word, nearest != NULL ? nearest : "-");
	}
}

static void
a_misspelt_file_finds_the_nearest(void **state)
{
	(void)state;
	static const char *const names[] = {
	    "a.png", "genk.png", "gent.png", "gent.svg", "sint-niklaas.png"};
	static const struct {
		const char *name, *nearest;
	} cases[] = {{"gent", "gent.png"}, {"GENT.PNG", "gent.png"},
	    {"gent.jpg", "gent.png"}, {"gentpng", "gent.png"}, {"gend.png", "genk.png"},
	    {"sintniklass.png", "sint-niklaas.png"}, {"b.png", NULL}, {"bb.png", NULL},
	    {"logo.png", NULL}, {"", NULL}};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *nearest =
		    spelling_nearest_file(cases[i].name, names, COUNT(names));
		if (cases[i].nearest == NULL
			? nearest != NULL
			: nearest == NULL || strcmp(nearest, cases[i].nearest) != 0)
			fail_msg(
			    "%s: %s", cases[i].name, nearest != NULL ? nearest : "-");
	}
}

static void
offsets_and_places_belong_together(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t offset;
		int line, column;
	} cases[] = {{"", 0, 1, 1}, {"ab", 2, 1, 3}, {"a\nb", 1, 1, 2}, {"a\nb", 2, 2, 1},
	    {"a\r\nb", 3, 2, 1}, {"a\rb", 2, 2, 1}, {"a\n\rb", 3, 3, 1},
	    {"\xc3\xa9z", 2, 1, 2}, {"a\n", 2, 2, 1}, {"a", 99, 1, 2}};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = {0};
		size_t len = strlen(cases[i].text);
		struct lines lines = lines_index(&a, "t", cases[i].text, len);
		struct place at = lines_place(&lines, cases[i].offset);
		assert_int_equal(at.line, cases[i].line);
		assert_int_equal(at.column, cases[i].column);
		at = lines_place(&lines, 0);
		assert_int_equal(at.line, 1);
		assert_int_equal(at.column, 1);
		arena_free(&a);
	}
	struct arena a = {0};
	struct lines lines = lines_index(&a, "t", "ab\r\n\nc", 6);
	assert_int_equal(lines.n, 3);
	assert_int_equal(lines_end(&lines, 1), 2);
	assert_int_equal(lines_end(&lines, 2), 4);
	assert_int_equal(lines_offset(&lines, 1, 2), 1);
	assert_int_equal(lines_offset(&lines, 1, 99), 2);
	assert_int_equal(lines_offset(&lines, 3, 1), 5);
	assert_int_equal(lines_offset(&lines, 9, 1), 6);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_date_is_a_day_of_the_calendar),
	    cmocka_unit_test(a_language_tag_is_well_formed),
	    cmocka_unit_test(the_name_of_a_language_is_known_in_any_case),
	    cmocka_unit_test(a_colour_is_three_or_six_digits),
	    cmocka_unit_test(a_misspelt_word_finds_the_nearest),
	    cmocka_unit_test(a_misspelt_file_finds_the_nearest),
	    cmocka_unit_test(offsets_and_places_belong_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
