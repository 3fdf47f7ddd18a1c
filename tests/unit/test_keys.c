#include "announcement/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "announcement/announcement.h"
#include "told.h"

/* Appends the lines of KEY, and of those below it but the one named WITHOUT. */
static void
put_key(struct buffer *b, const struct key *key, const char *start, const char *without)
{
	static const char *const deeper[] = {"  ", "  - ", "    ", "    - ", "      "};
	size_t depth = strlen(start) / 2;
	buffer_printf(b, "%s%s:", start, key->name);
	if (key->kind == KEY_TEXTS)
		buffer_printf(b, "\n%s%s", deeper[2 * depth + 1], key->example);
	else if (key->example != NULL)
		buffer_printf(b, " %s", key->example);
	buffer_puts(b, "\n");
	bool first = key->kind == KEY_ITEMS;
	for (const struct key *k = key->keys; k != NULL && k->name != NULL; k++) {
		if (without != NULL && strcmp(k->name, without) == 0)
			continue;
		bool item = key->kind == KEY_ITEMS;
		put_key(b, k, deeper[item ? 2 - first : (int)(2 * depth)], without);
		first = false;
	}
}

/* Reads a text whose front matter has every key, as its example has it, but WITHOUT. */
static void
assert_read(const char *without, const char *told)
{
	struct buffer b = {0};
	struct arena a = {0};
	struct diag d = {0};
	struct announcement out;
	buffer_puts(&b, "---\n");
	for (const struct key *key = frontmatter_keys; key->name != NULL; key++)
		if (without == NULL || strcmp(key->name, without) != 0)
			put_key(&b, key, "", without);
	buffer_puts(&b, "---\nTekst.\n");
	struct source source = {.file = "a.md", .len = b.len};
	source.bytes = arena_strndup(&a, b.data, b.len);
	assert_int_equal(announcement_parse(&source, &a, &d, &out), without == NULL);
	if (told != NULL)
		assert_told(&d, told);
	for (int i = 0; i < d.n; i++)
		assert_int_equal(d.list[i].rule, RULE_KEY_MISSING);
	assert_int_equal(d.n > 0, without != NULL);
	if (without == NULL)
		assert_int_equal(out.nfigures, 1);
	buffer_free(&b);
	diag_free(&d);
	arena_free(&a);
}

static void
the_example_of_each_key_is_a_value_that_it_can_have(void **state)
{
	(void)state;
	assert_read(NULL, "");
}

static void
each_required_key_is_missed(void **state)
{
	(void)state;
	for (const struct key *key = frontmatter_keys; key->name != NULL; key++) {
		if (key->required)
			assert_read(key->name, NULL);
		for (const struct key *k = key->keys; k != NULL && k->name != NULL; k++)
			if (k->required)
				assert_read(k->name, NULL);
	}
}

static bool
has(const char *page, const char *name)
{
	char quoted[64];
	snprintf(quoted, sizeof quoted, "`%s`", name);
	return strstr(page, quoted) != NULL;
}

static void
the_reference_has_each_key(void **state)
{
	(void)state;
	static char page[100000];
	FILE *f = fopen("docs/reference.md", "r");
	assert_non_null(f);
	size_t len = fread(page, 1, sizeof page - 1, f);
	fclose(f);
	page[len] = '\0';
	for (const struct key *key = frontmatter_keys; key->name != NULL; key++) {
		assert_true(has(page, key->name));
		for (const struct key *k = key->keys; k != NULL && k->name != NULL; k++)
			if (!has(page, k->name))
				fail_msg("%s: %s", key->name, k->name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_example_of_each_key_is_a_value_that_it_can_have),
	    cmocka_unit_test(each_required_key_is_missed),
	    cmocka_unit_test(the_reference_has_each_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
