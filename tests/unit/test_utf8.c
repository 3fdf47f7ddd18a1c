#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
characters_are_decoded_one_by_one(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		size_t len;
		int32_t u;
		size_t bytes;
	} cases[] = {
	    {"a", 1, 'a', 1},
	    {"\0", 1, 0, 1},
	    {"\xc3\xa9", 2, 0xe9, 2},
	    {"\xe2\x82\xac", 3, 0x20ac, 3},
	    {"\xf0\x9f\x98\x80", 4, 0x1f600, 4},
	    {"\xf4\x8f\xbf\xbf", 4, 0x10ffff, 4},
	    {"\xc3", 1, -1, 1},
	    {"\xe2\x82", 2, -1, 1},
	    {"\x80", 1, -1, 1},
	    {"\xff", 1, -1, 1},
	    {"\xc0\x80", 2, -1, 1},         /* overlong (RFC 3629, 3) */
	    {"\xed\xa0\x80", 3, -1, 1},     /* a surrogate */
	    {"\xf4\x90\x80\x80", 4, -1, 1}, /* behind U+10FFFF */
	    {"\xc3\xa9z", 1, -1, 1},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t u;
		assert_int_equal(
		    utf8_decode(cases[i].s, cases[i].len, &u), cases[i].bytes);
		assert_int_equal(u, cases[i].u);
	}
}

static void
valid_bytes_and_characters_are_counted(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		size_t valid;
		int count;
	} cases[] = {{"", 0, 0}, {"abc", 3, 3}, {"\xc3\xa9t\xc3\xa9", 5, 3},
	    {"a\xff"
	     "b",
		1, 3},
	    {"\xe2\x82", 0, 2}};
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t len = strlen(cases[i].s);
		assert_int_equal(utf8_valid(cases[i].s, len), cases[i].valid);
		assert_int_equal(utf8_count(cases[i].s, len), cases[i].count);
	}
}

static void
text_is_composed_and_folded(void **state)
{
	(void)state;
	static const struct {
		const char *s, *nfc, *casefold, *fold;
	} cases[] = {
	    {"", "", "", ""}, {"Gent", "Gent", "gent", "gent"},
	    {"\xc3\x89"
	     "caussinnes",
		"\xc3\x89"
		"caussinnes",
		"\xc3\xa9"
		"caussinnes",
		"ecaussinnes"},
	    {"Lie\xcc\x80ge", "Li\xc3\xa8ge", "li\xc3\xa8ge", "liege"},
	    {"\xef\xac\x81n", "\xef\xac\x81n", "fin",
		"fin"}, /* a ligature stays a letter in NFC */
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_string_equal(utf8_nfc(&a, cases[i].s), cases[i].nfc);
		assert_string_equal(utf8_casefold(&a, cases[i].s), cases[i].casefold);
		assert_string_equal(utf8_fold(&a, cases[i].s), cases[i].fold);
	}
	arena_free(&a);
}

/* Of every property that utf8proc knows, not of a list. */
static void
what_only_steers_others_is_left_out(void **state)
{
	(void)state;
	static const struct {
		const char *s, *visible;
	} cases[] = {
	    {"", ""},
	    {"Liège", "Liège"},
	    {"ge\u00admeente", "gemeente"},
	    {"\u200eGent\u200f\u200b\u2060", "Gent"},
	    {"\ufeffGe\u034fnt", "Gent"},
	    {"G\ufe0fe\u180fn\U000e0100t", "Gent"},
	    {"Gent\u3164\u115f\uffa0", "Gent"},
	    {"Gent\U000e0067\U0001d173", "Gent"},
	    {"G\u200de\u200cn\u200dt\u200d", "Gent"},
	    {"Gent\u00a0Aalst\u2009B", "Gent\u00a0Aalst\u2009B"},
	    {"e\u0301\u200d", "e\u0301"},
	    /* Devanagari, Bengali, Mongolian */
	    {"क्\u200dष र\u200d\u00ad्य", "क्\u200dष र\u200d्य"},
	    {"কি\u200cx\u200c", "কি\u200cx"},
	    {"ᠨ\u200dx", "ᠨ\u200dx"},
	    {"👩🏽\u200d💻\ufe0f", "👩🏽\u200d💻"},
	    /* in many fonts, and with no letter to be joined to */
	    {"Gent®\u200dstad ©\u200c2023 nº\u200dx ª\u200c", "Gent®stad ©2023 nºx ª"},
	    {"👩\u200dx 👩\u200c💻 👩\u200d", "👩x 👩💻 👩"},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(utf8_typed(&a, cases[i].s), cases[i].visible);
	arena_free(&a);
}

static void
ligatures_are_the_letters_that_they_show(void **state)
{
	(void)state;
	static const struct {
		const char *s, *typed;
	} cases[] = {
	    {"", ""},
	    {"o\ufb03cieel, \ufb01ets, re\ufb02ectie", "officieel, fiets, reflectie"},
	    {"\ufb00 \ufb04 \ufb05 \ufb06", "ff ffl st st"},
	    {"b\u0133 \u0132sselstein", "bij IJsselstein"},
	    {"\u00ad\u0133\u200bs", "ijs"},
	    {"Œuvre, cœur, æ, Ⅳ, ½, ①", "Œuvre, cœur, æ, Ⅳ, ½, ①"},
	    {"caf\u00e9 👩🏽\u200d💻", "caf\u00e9 👩🏽\u200d💻"},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(utf8_typed(&a, cases[i].s), cases[i].typed);
	arena_free(&a);
}

/* Default_Ignorable_Code_Point as the standard lists it (DerivedCoreProperties-15.0),
 * with those that are reserved. */
static void
all_that_unicode_lets_ignore_is_left_out(void **state)
{
	(void)state;
	static const int32_t ranges[][2] = {{0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c},
	    {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f},
	    {0x202a, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xfe00, 0xfe0f},
	    {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfff8}, {0x1bca0, 0x1bca3},
	    {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};
	struct arena a = {0};
	for (int32_t u = 1, range = 0; u < 0x110000; u++) {
		char s[5] = {0};
		if (utf8proc_encode_char(u, (utf8proc_uint8_t *)s) == 0)
			continue; /* a surrogate */
		range += range + 1 < (int32_t)COUNT(ranges) && u > ranges[range][1];
		bool ignored = u >= ranges[range][0] && u <= ranges[range][1];
		if ((utf8_typed(&a, s)[0] == '\0') != ignored)
			fail_msg("U+%04X", (unsigned)u);
		if (u % 4096 == 0)
			arena_free(&a);
	}
	arena_free(&a);
}

static void
characters_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		int32_t u;
		bool control, space;
		int width;
	} cases[] = {
	    {'a', false, false, 1},
	    {' ', false, true, 1},
	    {'\n', false, true, 0},
	    {0, true, false, 0},
	    {0x1b, true, false, 0},
	    {0x7f, true, false, 0},
	    {0x85, true, true, 0},
	    {0xa0, false, true, 1},
	    {0x301, false, false, 0},
	    {0x200b, false, true, 0},
	    {0x2028, true, true, 0},
	    {0x202f, false, true, 1},
	    {0x4e2d, false, false, 2},
	    {0x200e, false, false, 0},
	    {0x202a, true, false, 0},
	    {0x202e, true, false, 0},
	    {0x2066, true, false, 0},
	    {0x2069, true, false, 0},
	    {0x206a, false, false, 0},
	    {0xfeff, false, true, 0},
	    {0xfffe, true, false, 1},
	    {0x1ffff, true, false, 1},
	    {0x1f600, false, false, 2},
	    {-1, true, false, 1},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(utf8_is_control(cases[i].u), cases[i].control);
		assert_int_equal(utf8_is_space(cases[i].u), cases[i].space);
		if (utf8_width(cases[i].u) != cases[i].width)
			fail_msg("U+%04X", (unsigned)cases[i].u);
	}
}

static void
what_cannot_be_seen_is_blank(void **state)
{
	(void)state;
	static const int32_t blank[] = {' ', '\n', 0xa0, 0xad, 0x34f, 0x115f, 0x180e,
	    0x200b, 0x200d, 0x202e, 0x2060, 0x2800, 0x3000, 0x3164, 0xfe0f, 0xfeff,
	    0xffa0, 0xe0020};
	static const int32_t seen[] = {
	    'a', '-', 0xb7, 0x301, 0x600, 0x2801, 0x4e2d, 0x1f600};
	for (size_t i = 0; i < COUNT(blank); i++)
		assert_true(utf8_is_blank(blank[i]));
	for (size_t i = 0; i < COUNT(seen); i++)
		assert_false(utf8_is_blank(seen[i]));
	assert_false(utf8_is_blank(-1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(characters_are_decoded_one_by_one),
	    cmocka_unit_test(valid_bytes_and_characters_are_counted),
	    cmocka_unit_test(text_is_composed_and_folded),
	    cmocka_unit_test(what_only_steers_others_is_left_out),
	    cmocka_unit_test(ligatures_are_the_letters_that_they_show),
	    cmocka_unit_test(all_that_unicode_lets_ignore_is_left_out),
	    cmocka_unit_test(characters_are_told_apart),
	    cmocka_unit_test(what_cannot_be_seen_is_blank),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
