#include "diag/arguments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const sizes[] = {"small", "large", NULL};

/* What the options of a program said. */
struct said {
	const char *file;
	bool loud;
	int size, times, mode;
	struct common common;
	int first;
	struct diag d;
};

static void
read_words(const char *const *words, struct said *out)
{
	char program[] = "p", *argv[8] = {program};
	int argc = 1;
	for (; words[argc - 1] != NULL; argc++)
		argv[argc] = (char *)words[argc - 1];
	*out = (struct said){.file = "-", .size = -1, .mode = -1};
	const struct argument list[] = {
	    {"file", 'f', ARGUMENT_TEXT, &out->file, NULL, 0, 0},
	    {"loud", 0, ARGUMENT_FLAG, &out->loud, NULL, 0, 0},
	    {"size", 's', ARGUMENT_CHOICE, &out->size, sizes, 0, 0},
	    {"times", 0, ARGUMENT_COUNT, &out->times, NULL, 1, 9},
	    {"mode", 0, ARGUMENT_MODE, &out->mode, sizes, 0, 0},
	};
	const struct arguments arguments = {argc, argv, list, COUNT(list)};
	out->first = arguments_read(&arguments, &out->common, &out->d);
	/* operands come last, in their order */
	for (int i = out->first; i + 1 < argc; i++)
		assert_true(strcmp(argv[i], argv[i + 1]) < 0);
}

static void
each_option_sets_its_value(void **state)
{
	(void)state;
	static const struct {
		const char *words[7];
		const char *file;
		bool loud;
		int size, times, first, mode;
	} cases[] = {
	    {{NULL}, "-", false, -1, 0, 1, -1},
	    {{"a", "b", NULL}, "-", false, -1, 0, 1, -1},
	    {{"-fx", "--loud", "a", "--times=9", NULL}, "x", true, -1, 9, 4, -1},
	    {{"a", "-f", "x", "b", "-s", "large", NULL}, "x", false, 1, 0, 5, -1},
	    {{"--file", "x", "--size=small", NULL}, "x", false, 0, 0, 4, -1},
	    {{"--loud", "--", "--loud", NULL}, "-", true, -1, 0, 3, -1},
	    {{"--lou", NULL}, "-", true, -1, 0, 2, -1},
	    {{"-f", "-", "-", NULL}, "-", false, -1, 0, 3, -1},
	    {{"--mode", "a", NULL}, "-", false, -1, 0, 2, 0},
	    {{"--mode=large", "a", NULL}, "-", false, -1, 0, 2, 1},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct said said;
		read_words(cases[i].words, &said);
		assert_told(&said.d, "");
		assert_string_equal(said.file, cases[i].file);
		assert_int_equal(said.loud, cases[i].loud);
		assert_int_equal(said.size, cases[i].size);
		assert_int_equal(said.times, cases[i].times);
		assert_int_equal(said.first, cases[i].first);
		assert_int_equal(said.mode, cases[i].mode);
		diag_free(&said.d);
	}
}

static void
common_options_are_known_to_every_program(void **state)
{
	(void)state;
	struct said said;
	static const char *const first[] = {
	    "--werror", "--diagnostics=sarif", "--allow=logo-coarse", "-q", NULL};
	read_words(first, &said);
	assert_told(&said.d, "");
	assert_true(said.d.werror && said.d.quiet && said.d.allowed[RULE_LOGO_COARSE]);
	assert_int_equal(said.common.format, REPORT_SARIF);
	assert_false(said.common.help || said.common.version);
	diag_free(&said.d);
	/* what follows is not read */
	static const char *const help[] = {"-h", "--nonsense", NULL};
	read_words(help, &said);
	assert_told(&said.d, "");
	assert_true(said.common.help && !said.common.version);
	diag_free(&said.d);
}

static void
what_is_wrong_is_told_and_changes_nothing(void **state)
{
	(void)state;
	static const struct {
		const char *words[7], *told;
	} cases[] = {
	    {{"--flie=x", NULL},
		"error: there is no option --flie; did you mean --file?"},
	    {{"--nonsense", NULL}, "error: no option --nonsense; \"brochure --help\""},
	    {{"-x", NULL}, "error: there is no option -x; \"brochure --help\""},
	    {{"-f", NULL}, "error: -f needs a value"},
	    {{"--file", NULL}, "error: --file needs a value"},
	    {{"-f", "", NULL}, "error: --file needs a value"},
	    {{"--loud=x", NULL}, "error: --loud takes no value"},
	    {{"-smiddle", NULL},
		"error: --size takes one of small, large, not \"middle\""},
	    {{"--times=0", NULL}, "error: a number from 1 to 9, not \"0\""},
	    {{"--times=10", NULL}, "error: a number from 1 to 9, not \"10\""},
	    {{"--mode=huge", NULL},
		"error: --mode takes one of small, large, not \"huge\""},
	    {{"--times=2x", NULL}, "error: not \"2x\""},
	    {{"--times=", NULL}, "error: not \"\""},
	    {{"--allow=x-y", NULL}, "error: --allow: there is no rule \"x-y\""},
	    {{"-x", "--times=a", "-y", NULL},
		"error: no option -x\nerror: not \"a\"\nerror: no option -y"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct said said;
		read_words(cases[i].words, &said);
		assert_told(&said.d, cases[i].told);
		assert_string_equal(said.file, "-");
		assert_true(!said.loud && said.size == -1 && said.times == 0);
		diag_free(&said.d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_option_sets_its_value),
	    cmocka_unit_test(common_options_are_known_to_every_program),
	    cmocka_unit_test(what_is_wrong_is_told_and_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
