#include "pdf/fonts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NGLYPHS = 600 };

/* The lines of bfrange sections for the TEXTS of the glyphs from FIRST on. */
static void
assert_lines(int first, const char *const *texts, const char *lines)
{
	struct bytes by_glyph[NGLYPHS] = {0};
	struct buffer out = {0};
	for (int i = 0; texts[i] != NULL; i++)
		by_glyph[first + i] = bytes_of(texts[i]);
	tounicode_put(&out, by_glyph, NGLYPHS);
	buffer_append(&out, "", 1);
	const char *from = strstr(out.data, "endcodespacerange\n");
	assert_non_null(from);
	from += strlen("endcodespacerange\n");
	assert_memory_equal(from, lines, strlen(lines));
	assert_int_equal(strncmp(from + strlen(lines), "endcmap\n", 8), 0);
	buffer_free(&out);
}

static void
characters_that_follow_each_other_share_a_range(void **state)
{
	static const struct {
		int first;
		const char *texts[8], *lines;
	} cases[] = {
	    {1, {"a", "b", "c"}, "1 beginbfrange\n<0001><0003><0061>\nendbfrange\n"},
	    {1, {"a", "c"},
		"2 beginbfrange\n<0001><0001><0061>\n<0002><0002><0063>\nendbfrange\n"},
	    {1, {"a", "", "b"},
		"2 beginbfrange\n<0001><0001><0061>\n<0003><0003><0062>\nendbfrange\n"},
	    /* a ligature, and a character beyond the basic plane */
	    {1, {"ffi", "\xF0\x9F\x8F\x99"},
		"2 beginbfrange\n<0001><0001><006600660069>\n<0002><0002><D83CDFD9>\n"
		"endbfrange\n"},
	    /* neither the code's last byte nor the text's carries over */
	    {255, {"a", "b"},
		"2 beginbfrange\n<00FF><00FF><0061>\n<0100><0100><0062>\nendbfrange\n"},
	    {1, {"\xC3\xBF", "\xC4\x80"},
		"2 beginbfrange\n<0001><0001><00FF>\n<0002><0002><0100>\nendbfrange\n"},
	    {0, {"a"}, ""}, /* .notdef */
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_lines(cases[i].first, cases[i].texts, cases[i].lines);
}

/* Adobe Technical Note 5014: at most 100 entries a section. */
static void
a_section_has_100_entries_at_most(void **state)
{
	struct bytes texts[NGLYPHS] = {0};
	struct buffer out = {0};
	(void)state;
	for (int i = 1; i <= 250; i++)
		texts[i] = bytes_of(i % 2 == 0 ? "b" : "a c");
	tounicode_put(&out, texts, NGLYPHS);
	buffer_append(&out, "", 1);
	const char *at = out.data;
	for (int expected = 250; expected > 0; expected -= 100) {
		at = strstr(at, "beginbfrange\n");
		assert_non_null(at);
		assert_int_equal(atoi(at - 4), expected > 100 ? 100 : expected);
		at++;
	}
	assert_null(strstr(at, "beginbfrange\n"));
	buffer_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(characters_that_follow_each_other_share_a_range),
	    cmocka_unit_test(a_section_has_100_entries_at_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
