#include "diag/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct place
at(const char *file, int line, int column)
{
	return (struct place){file, line, column};
}

static void
assert_rendered(struct diag *d, struct diag_look look, const char *expected)
{
	struct buffer b = {0};
	diag_settle(d);
	diag_render(d, look, &b);
	buffer_append(&b, "", 1);
	assert_string_equal(b.data, expected);
	buffer_free(&b);
}

static void
lines_are_sorted_by_file_line_and_column(void **state)
{
	(void)state;
	struct diag d = {0};
	diag_report(&d, RULE_FILE_MISSING, at("b", 2, 3), "one");
	diag_report(&d, RULE_FILE_WINDOWS, at("b", 2, 3), "two");
	diag_report(&d, RULE_LOGO_COARSE, at("b", 2, 1), "three");
	diag_report(&d, RULE_FILE_MISSING, at("b", 1, 9), "four");
	diag_report(&d, RULE_FILE_MISSING, at("a", 7, 0), "five");
	diag_report(&d, RULE_FILE_MISSING, at("b", 0, 0), "six");
	diag_report(&d, RULE_FILE_MISSING, at(NULL, 0, 0), "seven");
	assert_rendered(&d, (struct diag_look){0},
	    "brochure: error: seven [file-missing]\n"
	    "a:7: error: five [file-missing]\n"
	    "b: error: six [file-missing]\n"
	    "b:1:9: error: four [file-missing]\n"
	    "b:2:1: warning: three [logo-coarse]\n"
	    "b:2:3: error: one [file-missing]\n"
	    "b:2:3: note: two [file-windows]\n");
	assert_int_equal(d.nerrors, 5);
	assert_int_equal(d.nwarnings, 1);
	diag_free(&d);
}

static void
the_summary_counts_and_names_the_output(void **state)
{
	(void)state;
	static const struct {
		int nerrors, nwarnings;
		const char *unchanged, *summary;
	} cases[] = {
	    {1, 0, "o.pdf", "1 error; o.pdf was not changed\n"},
	    {3, 1, "o.pdf", "3 errors, 1 warning; o.pdf was not changed\n"},
	    {1, 2, "o.pdf", "1 error, 2 warnings; o.pdf was not changed\n"},
	    {2, 0, NULL, "2 errors\n"},
	    {1, 1, NULL, "1 error, 1 warning\n"},
	    {1, 0, "a\033b", "1 error; a?b was not changed\n"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag d = {0};
		struct buffer b = {0};
		for (int j = 0; j < cases[i].nerrors; j++)
			diag_report(&d, RULE_FILE_MISSING, at("a", 1 + j, 1), "x");
		for (int j = 0; j < cases[i].nwarnings; j++)
			diag_report(&d, RULE_LOGO_COARSE, at("a", 1 + j, 1), "x");
		diag_render_summary(&d, cases[i].unchanged, &b);
		buffer_append(&b, "", 1);
		assert_string_equal(b.data, cases[i].summary);
		buffer_free(&b);
		diag_free(&d);
	}
}

static void
a_caret_stands_below_the_place(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int line, column;
		const char *snippet;
	} cases[] = {
	    {"abc\ndef\n", 2, 2, "    2 | def\n      |  ^\n"},
	    {"abc\rdef\r\nghi", 3, 3, "    3 | ghi\n      |   ^\n"},
	    {"abc", 1, 4, "    1 | abc\n      |    ^\n"},
	    {"abc", 1, 99, "    1 | abc\n      |    ^\n"},
	    {"abc", 1, 0, "    1 | abc\n"},
	    {"a\tb\n", 1, 3, "    1 | a b\n      |   ^\n"},
	    {"é中x\n", 1, 3, "    1 | é中x\n      |    ^\n"},
	    {"a\033[2Jb\n", 1, 1, "    1 | a?[2Jb\n      | ^\n"},
	    {"a\xff\n", 1, 1, "    1 | a?\n      | ^\n"},
	    {"abc\n", 2, 1, "    2 | \n      | ^\n"},
	    {"abc", 2, 1, ""},
	    {"", 1, 1, "    1 | \n      | ^\n"},
	    {"0123456789012345678901234567890123456789", 1, 2,
		"    1 | 012345678901234567…\n      |  ^\n"},
	    {"0123456789012345678901234567890123456789", 1, 31,
		"    1 | …01234567890123456…\n      |            ^\n"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag d = {0};
		struct buffer b = {0};
		diag_add_source(&d, "t", cases[i].text, strlen(cases[i].text));
		diag_report(
		    &d, RULE_FILE_MISSING, at("t", cases[i].line, cases[i].column), "x");
		diag_render(&d, (struct diag_look){.snippets = true, .width = 28}, &b);
		buffer_append(&b, "", 1);
		assert_string_equal(strchr(b.data, '\n') + 1, cases[i].snippet);
		buffer_free(&b);
		diag_free(&d);
	}
}

static void
snippets_follow_each_other_through_files(void **state)
{
	(void)state;
	struct diag d = {0};
	diag_add_source(&d, "a", "one\ntwo", 7);
	diag_add_source(&d, "b", "three", 5);
	diag_report(&d, RULE_FILE_MISSING, at("b", 1, 2), "w");
	diag_report(&d, RULE_FILE_MISSING, at("a", 2, 3), "x");
	diag_report(&d, RULE_FILE_MISSING, at("a", 2, 1), "y");
	diag_report(&d, RULE_FILE_MISSING, at("c", 1, 1), "z");
	assert_rendered(&d, (struct diag_look){.snippets = true, .width = 80},
	    "a:2:1: error: y [file-missing]\n    2 | two\n      | ^\n"
	    "a:2:3: error: x [file-missing]\n    2 | two\n      |   ^\n"
	    "b:1:2: error: w [file-missing]\n    1 | three\n      |  ^\n"
	    "c:1:1: error: z [file-missing]\n");
	diag_free(&d);
}

static void
colour_marks_place_severity_and_caret(void **state)
{
	(void)state;
	struct diag d = {0};
	diag_add_source(&d, "a", "x", 1);
	diag_report(&d, RULE_FILE_MISSING, at("a", 1, 1), "m");
	struct diag_look look = {.snippets = true, .color = true, .width = 80};
	assert_rendered(&d, look,
	    "\033[1ma:1:1: \033[1;31merror:\033[0m m [file-missing]\n"
	    "    1 | x\n"
	    "      | \033[1;32m^\033[0m\n");
	diag_free(&d);
}

static void
input_cannot_command_the_terminal(void **state)
{
	(void)state;
	struct diag d = {0};
	diag_report(&d, RULE_FILE_MISSING, at("a\033[2J\n", 1, 1), "\"%s\"",
	    "\033]0;x\007\n\xc2\x9b\xff\t");
	assert_rendered(&d, (struct diag_look){0},
	    "a?[2J?:1:1: error: \"?]0;x? ??? \" [file-missing]\n");
	diag_free(&d);
}

static void
a_long_message_keeps_its_ends(void **state)
{
	(void)state;
	struct diag d = {0};
	char *value = malloc(100001);
	assert_non_null(value);
	for (int i = 0; i < 50000; i++)
		memcpy(value + 2 * i, "é", 2);
	value[100000] = '\0';
	for (int shift = 0; shift < 2; shift++) {
		diag_report(&d, RULE_FILE_MISSING, at("a", 1, 1),
		    "%s\"%s\" is long; write less", shift ? "x" : "", value);
		const char *message = d.list[shift].message;
		assert_true(strlen(message) <= 8192 + 8);
		assert_non_null(strstr(message, "é … é"));
		assert_non_null(strstr(message, "\" is long; write less"));
	}
	free(value);
	diag_free(&d);
}

static void
what_was_told_already_is_not_told_again(void **state)
{
	(void)state;
	struct diag d = {0};
	const struct place at = {"a.md", 3, 1};
	for (int i = 0; i < 3; i++) {
		diag_report(&d, RULE_FILE_MISSING, at, "no character %c", 'x');
		diag_report(&d, RULE_FILE_MISSING, at, "no character %c", 'y');
		diag_report(&d, RULE_LOGO_COARSE, at, "no character %c", 'x');
		diag_report(&d, RULE_FILE_MISSING, (struct place){"a.md", 3, 2},
		    "no character %c", 'x');
		diag_report(
		    &d, RULE_FILE_MISSING, (struct place){0}, "no character %c", 'x');
	}
	diag_settle(&d);
	assert_int_equal(d.n, 5);
	assert_int_equal(d.nerrors, 4);
	assert_int_equal(d.nwarnings, 1);
	diag_free(&d);
}

static void
merging_copies_messages_to_a_place(void **state)
{
	(void)state;
	struct diag d = {0}, from = {0};
	diag_report(&from, RULE_FILE_MISSING, at("a", 1, 1), "%d", 1);
	diag_report(&from, RULE_LOGO_COARSE, at("a", 1, 2), "%d", 2);
	diag_merge(&d, &from, at("b", 3, 4));
	diag_free(&from);
	assert_int_equal(d.nerrors, 1);
	assert_int_equal(d.nwarnings, 1);
	assert_rendered(&d, (struct diag_look){0},
	    "b:3:4: error: 1 [file-missing]\nb:3:4: warning: 2 [logo-coarse]\n");
	diag_free(&d);
}

/* The diagnostics of each severity. */
static struct diag
one_of_each(void)
{
	struct diag d = {0};
	diag_report(&d, RULE_FILE_WINDOWS, at("a", 1, 1), "1");
	diag_report(&d, RULE_FILE_MISSING, at("a", 1, 2), "2");
	diag_report(&d, RULE_LOGO_COARSE, at("a", 1, 3), "3");
	return d;
}

static void
settling_silences_what_is_allowed_before_warnings_become_errors(void **state)
{
	(void)state;
	static const struct {
		const char *allow;
		bool werror, quiet;
		const char *told;
	} cases[] = {
	    {NULL, false, false,
		"a:1:1: note: 1 [file-windows]\na:1:2: error: 2 [file-missing]\n"
		"a:1:3: warning: 3 [logo-coarse]\n"},
	    {NULL, true, false,
		"a:1:1: note: 1 [file-windows]\na:1:2: error: 2 [file-missing]\n"
		"a:1:3: error: 3 [logo-coarse]\n"},
	    {NULL, false, true, "a:1:2: error: 2 [file-missing]\n"},
	    {NULL, true, true,
		"a:1:2: error: 2 [file-missing]\na:1:3: error: 3 [logo-coarse]\n"},
	    {"logo-coarse", true, false,
		"a:1:1: note: 1 [file-windows]\na:1:2: error: 2 [file-missing]\n"},
	    {"file-windows", false, false,
		"a:1:2: error: 2 [file-missing]\na:1:3: warning: 3 [logo-coarse]\n"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag d = one_of_each();
		d.werror = cases[i].werror;
		d.quiet = cases[i].quiet;
		if (cases[i].allow != NULL)
			assert_null(diag_allow(&d, cases[i].allow));
		for (int again = 0; again < 2; again++)
			assert_rendered(&d, (struct diag_look){0}, cases[i].told);
		assert_int_equal(d.nerrors, cases[i].werror && !cases[i].allow ? 2 : 1);
		diag_free(&d);
	}
}

static void
only_kinds_of_warnings_and_notes_can_be_allowed(void **state)
{
	(void)state;
	struct diag d = {0};
	for (int rule = RULE_NONE + 1; rule < RULE_COUNT; rule++) {
		const char *fault = diag_allow(&d, rules[rule].name);
		bool error = rules[rule].severity == SEVERITY_ERROR;
		assert_int_equal(fault != NULL, error);
		assert_int_equal(d.allowed[rule], !error);
	}
	assert_string_equal(diag_allow(&d, "logo-corse"),
	    "there is no rule \"logo-corse\"; did you mean \"logo-coarse\"?");
	/* an error's name would be no cure */
	assert_null(strstr(diag_allow(&d, "url-schem"), "url-scheme"));
	assert_non_null(diag_allow(&d, ""));
	diag_free(&d);
}

static void
a_stream_that_is_no_terminal_gets_plain_lines(void **state)
{
	(void)state;
	FILE *file = tmpfile();
	assert_non_null(file);
	struct diag_look look = diag_look_for(file);
	assert_false(look.snippets);
	assert_false(look.color);
	assert_true(look.width > 0);
	assert_int_equal(fclose(file), 0);
}

static void
a_needle_is_found_behind_the_place_in_the_same_paragraph(void **state)
{
	(void)state;
	static const char text[] = "één x\r\ntwee x\r\n\r\nvier y\n";
	static const struct {
		struct place from;
		const char *needle;
		int line, column;
	} cases[] = {
	    {{"t", 1, 1}, "x", 1, 5},
	    {{"t", 1, 6}, "x", 2, 6},
	    {{"t", 2, 1}, "e x", 2, 4},
	    {{"t", 1, 2}, "y", 1, 2},
	    {{"t", 4, 1}, "y", 4, 6},
	    {{"t", 9, 1}, "x", 9, 1},
	    {{"other", 1, 1}, "x", 1, 1},
	    {{NULL, 0, 0}, "x", 0, 0},
	};
	struct diag d = {0};
	diag_add_source(&d, "t", text, strlen(text));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct place found = diag_find(&d, cases[i].from, cases[i].needle);
		assert_int_equal(found.line, cases[i].line);
		assert_int_equal(found.column, cases[i].column);
	}
	diag_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_are_sorted_by_file_line_and_column),
	    cmocka_unit_test(the_summary_counts_and_names_the_output),
	    cmocka_unit_test(a_caret_stands_below_the_place),
	    cmocka_unit_test(snippets_follow_each_other_through_files),
	    cmocka_unit_test(colour_marks_place_severity_and_caret),
	    cmocka_unit_test(input_cannot_command_the_terminal),
	    cmocka_unit_test(a_long_message_keeps_its_ends),
	    cmocka_unit_test(what_was_told_already_is_not_told_again),
	    cmocka_unit_test(a_needle_is_found_behind_the_place_in_the_same_paragraph),
	    cmocka_unit_test(merging_copies_messages_to_a_place),
	    cmocka_unit_test(
		settling_silences_what_is_allowed_before_warnings_become_errors),
	    cmocka_unit_test(only_kinds_of_warnings_and_notes_can_be_allowed),
	    cmocka_unit_test(a_stream_that_is_no_terminal_gets_plain_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
