#include "announcement/frontmatter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "told.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Entries in short: key@line:column=value@line:column, lists in [], mappings in {}. */
static void
describe(const struct entry *entry, struct buffer *b)
{
	if (entry->key.s != NULL)
		buffer_printf(b, "%s@%d:%d=", entry->key.s, entry->key.at.line,
		    entry->key.at.column);
	if (entry->kind == ENTRY_TEXT) {
		buffer_printf(
		    b, "%s@%d:%d ", entry->value.s, entry->at.line, entry->at.column);
		return;
	}
	buffer_puts(b, entry->kind == ENTRY_LIST ? "[" : "{");
	for (int i = 0; i < entry->n; i++)
		describe(&entry->items[i], b);
	buffer_puts(b, entry->kind == ENTRY_LIST ? "]" : "}");
}

struct yaml_case {
	const char *yaml, *tree, *told;
};

static void
assert_trees(const struct yaml_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a = {0};
		struct diag d = {0};
		struct buffer b = {0};
		struct entry root;
		const char *text = arena_printf(&a, "---\n%s", cases[i].yaml);
		struct lines lines = lines_index(&a, "t", text, strlen(text));
		frontmatter_parse(&lines, 2, lines.n + 1, &a, &d, &root);
		assert_told(&d, cases[i].told);
		describe(&root, &b);
		buffer_append(&b, "", 1);
		assert_string_equal(b.data, cases[i].tree);
		buffer_free(&b);
		diag_free(&d);
		arena_free(&a);
	}
}

static void
keys_and_values_have_their_places(void **state)
{
	(void)state;
	static const struct yaml_case cases[] = {
	    {"", "{}", ""},
	    {"# niets\n\n", "{}", ""},
	    {"a: b\nc:  d\n", "{a@2:1=b@2:4 c@3:1=d@3:5 }", ""},
	    {"a: b\r\nc: d\r\n", "{a@2:1=b@2:4 c@3:1=d@3:4 }", ""},
	    {"a: b\rc: d\r", "{a@2:1=b@2:4 c@3:1=d@3:4 }", ""},
	    {"é: ü\n\"ë ï\": ö", "{é@2:1=ü@2:4 ë ï@3:1=ö@3:8 }", ""},
	    {"a: 'b' # c\n", "{a@2:1=b@2:4 }", ""},
	    {"a:\nb: x\n", "{a@2:1=@2:3 b@3:1=x@3:4 }", ""},
	    {"a:\n  - b\n  - c: d\n    e: f\n",
		"{a@2:1=[b@3:5 {c@4:5=d@4:8 e@5:5=f@5:8 }]}", ""},
	    {"a: {b: c, d: [e, f]}", "{a@2:1={b@2:5=c@2:8 d@2:11=[e@2:15 f@2:18 ]}}", ""},
	};
	assert_trees(cases, COUNT(cases));
}

static void
values_are_text_on_one_line(void **state)
{
	(void)state;
	static const struct yaml_case cases[] = {
	    {"a: |\n  b\n  c\n", "{a@2:1=b c@2:4 }", ""},
	    {"a: \"b\nc\n d\"\ne: f", "{a@2:1=b c d@2:4 e@5:1=f@5:4 }", ""},
	    {"a: >\n  b\n  c\n\n  d\n", "{a@2:1=b c d@2:4 }", ""},
	    {"a: \"  b\\n\\tc  \"", "{a@2:1=b c@2:4 }", ""},
	    {"a: 0012.50", "{a@2:1=0012.50@2:4 }", ""},
	    {"a: yes", "{a@2:1=yes@2:4 }", ""},
	    {"a: null\nb: 'null'", "{a@2:1=@2:4 b@3:1=null@3:4 }", ""},
	    {"a: Lie\xcc\x80ge", "{a@2:1=Li\xc3\xa8ge@2:4 }", ""},
	    {"a: \"10\\_km\"", "{a@2:1=10\xc2\xa0km@2:4 }", ""},
	};
	assert_trees(cases, COUNT(cases));
}

static void
a_fault_leaves_the_rest_readable(void **state)
{
	(void)state;
	static const struct yaml_case cases[] = {
	    {"a: b\na: c\nd: e\n", "{a@2:1=b@2:4 d@4:1=e@4:4 }",
		"3:1: error: \"a\" is already on line 2"},
	    {"a: &x b\nc: *x\n", "{a@2:1=b@2:4 c@3:1=*@3:4 }",
		"2:4: error: write: \"&x b\"\n3:4: error: write: \"*x\""},
	    {"a: !!str b\nc: d", "{a@2:1=b@2:4 c@3:1=d@3:4 }",
		"2:4: error: write: \"!!str b\""},
	    {"a: \"\\u0007\"\nc: d", "{a@2:1=?@2:4 c@3:1=d@3:4 }",
		"2:4: error: (U+0007)"},
	    {"[a]: b\nc: d", "{c@3:1=d@3:4 }", "2:1: error: expected a line such as"},
	    {"a: b\nc: d: e\nf: g", "{a@2:1=b@2:4 }", "3:5: error: write: \"d: e\""},
	    {"a: b\n--- \nc: d\n", "{a@2:1=b@2:4 }",
		"4:1: error: expected a line such as"},
	    {"a: [[[[[[b]]]]]]", "{}", "2:9: error: write: \"[[[[[[b]]]]]]\""},
	};
	assert_trees(cases, COUNT(cases));
}

static void
a_hundred_keys_are_enough(void **state)
{
	(void)state;
	struct arena a = {0};
	struct diag d = {0};
	struct buffer b = {0};
	struct entry root;
	for (int i = 0; i < 200; i++)
		buffer_printf(&b, "k%d: v\n", i);
	const char *text = buffer_take(&b, &a);
	struct lines lines = lines_index(&a, "t", text, strlen(text));
	assert_false(frontmatter_parse(&lines, 1, lines.n + 1, &a, &d, &root));
	assert_told(&d, "101:1: error: too many items");
	diag_free(&d);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_and_values_have_their_places),
	    cmocka_unit_test(values_are_text_on_one_line),
	    cmocka_unit_test(a_fault_leaves_the_rest_readable),
	    cmocka_unit_test(a_hundred_keys_are_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
