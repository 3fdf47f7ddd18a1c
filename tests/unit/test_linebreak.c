#include "compose/linebreak.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Builds atoms from words: every letter is 1 wide, "_" is a space that may break, "-" a
 * hyphen of a name, "|" a cut in a word that shows a hyphen of 1, "/" ends the line. */
static int
atoms_make(const char *text, struct atom *atoms)
{
	int n = 0;
	struct atom atom = {.cost = LINEBREAK_NEVER};
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '_':
			atom.blank = 1;
			atom.cost = LINEBREAK_FREE;
			break;
		case '-':
			atom.width++;
			atom.cost = LINEBREAK_HYPHEN;
			break;
		case '|':
			atom.hyphen = 1;
			atom.cost = LINEBREAK_EMERGENCY;
			break;
		case '/':
			atom.cost = LINEBREAK_FORCED;
			break;
		default:
			atom.width++;
			continue;
		}
		atoms[n++] = atom;
		atom = (struct atom){.cost = LINEBREAK_NEVER};
	}
	atoms[n++] = atom;
	return n;
}

static void
lines_end_where_the_whole_paragraph_is_least_ragged(void **state)
{
	(void)state;
	static const struct {
		const char *claim, *text;
		double measure;
		int nlines, ends[4];
	} cases[] = {
	    {"all on one line", "aaa_bbb", 7, 1, {1}},
	    {"space at the end hangs over", "aaa_bbb_ccc_ddd", 7, 2, {1, 3}},
	    {"no greedy first line before a short second", "aaa_bb_cc_ddddd", 6, 3,
		{0, 2, 3}},
	    {"no single word on the last line", "aaaa_bbb_ccc_dd", 12, 2, {1, 3}},
	    {"a hyphen of a name only when nothing else fits", "aa_bbb-ccc_d", 9, 2,
		{0, 3}},
	    {"a hyphen of a name when nothing else fits", "bbb-ccccc", 6, 2, {0, 1}},
	    {"a forced break", "aa/bb_cc", 20, 2, {0, 2}},
	    {"a cut word leaves room for its hyphen", "aaaa|bbbb", 5, 2, {0, 1}},
	    {"too wide an atom stands alone", "a_bbbbbbbbb_c", 4, 3, {0, 1, 2}},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena arena = {0};
		struct atom atoms[64];
		int n = atoms_make(cases[i].text, atoms);
		int *ends;
		int nlines = lines_break(
		    (struct atoms){atoms, n}, cases[i].measure, &arena, &ends);
		if (nlines != cases[i].nlines ||
		    memcmp(ends, cases[i].ends, (size_t)nlines * sizeof *ends) != 0)
			fail_msg("%s: %d lines, first ends at %d", cases[i].claim, nlines,
			    ends[0]);
		arena_free(&arena);
	}
}

static void
no_line_is_wider_than_the_measure_where_atoms_fit(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct atom atoms[400];
	unsigned random = 1;
	for (int measure = 10; measure < 60; measure += 7) {
		for (int i = 0; i < 400; i++) {
			random = random * 1103515245 + 12345;
			atoms[i] =
			    (struct atom){1 + random / 65536 % 10, 1, 0, LINEBREAK_FREE};
		}
		int *ends;
		int nlines =
		    lines_break((struct atoms){atoms, 400}, measure, &arena, &ends);
		int first = 0;
		for (int l = 0; l < nlines; l++) {
			double width = -1;
			for (int i = first; i <= ends[l]; i++)
				width += atoms[i].width + 1;
			assert_true(width <= measure);
			first = ends[l] + 1;
		}
		assert_int_equal(first, 400);
	}
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_end_where_the_whole_paragraph_is_least_ragged),
	    cmocka_unit_test(no_line_is_wider_than_the_measure_where_atoms_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
