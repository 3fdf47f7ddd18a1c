#include "base/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
a_pattern_is_found_with_its_parts(void **state)
{
	(void)state;
	static const struct {
		const char *expression, *s;
		bool found;
		int start, end; /* of the first part */
	} cases[] = {
	    {"b(c+)", "abccd", true, 2, 4},
	    {"^(b)", "ab", false, 0, 0},
	    {"^(a|b)$", "B", true, 0, 1},
	    {"^(a)?b$", "b", true, -1, -1},
	    {"^(a)?b$", "", false, 0, 0},
	    {"(a{2,3})", "baaaa", true, 1, 4},
	    {"([\1])", "a", false, 0, 0},
	    {"(\xc3\xa9)", "caf\xc3\xa9", true, 3, 5},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct pattern p = {0};
		for (int again = 0; again < 2; again++) {
			regmatch_t part[2];
			assert_int_equal(
			    pattern_find(&p, cases[i].expression, cases[i].s, part, 2),
			    cases[i].found);
			if (!cases[i].found)
				continue;
			assert_int_equal(part[1].rm_so, cases[i].start);
			assert_int_equal(part[1].rm_eo, cases[i].end);
		}
		pattern_close(&p);
		pattern_close(&p);
	}
	assert_true(pattern_matches("^a.c$", "abc", NULL, 0));
	assert_false(pattern_matches("^a.c$", "abcd", NULL, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_pattern_is_found_with_its_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
