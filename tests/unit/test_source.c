#include "input/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "told.h"

enum { NOBODY = 65534 };

struct folder {
	char path[32];
	struct arena a;
	struct diag d;
};

static int
open_folder(void **state)
{
	struct folder *f = calloc(1, sizeof *f);
	if (f == NULL)
		return -1;
	strcpy(f->path, "/tmp/source-XXXXXX");
	*state = f;
	return mkdtemp(f->path) != NULL ? 0 : -1;
}

static int
close_folder(void **state)
{
	struct folder *f = *state;
	static const char *const names[] = {"cities.csv", "big", "secret", "pipe", "sub"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		remove(arena_printf(&f->a, "%s/%s", f->path, names[i]));
	rmdir(f->path);
	diag_free(&f->d);
	arena_free(&f->a);
	free(f);
	return 0;
}

static const char *
put(struct folder *f, const char *name, const char *bytes, size_t len)
{
	const char *path = arena_printf(&f->a, "%s/%s", f->path, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	return path;
}

static bool
take(struct folder *f, const char *path, size_t limit, struct source *out)
{
	return source_read(path, limit, &f->a, &f->d, out);
}

static void
a_file_is_read_whole(void **state)
{
	struct folder *f = *state;
	static const struct {
		const char *bytes;
		size_t len;
	} cases[] = {{"", 0}, {"a", 1}, {"a\0b\xff\n", 5}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct source source;
		const char *path = put(f, "cities.csv", cases[i].bytes, cases[i].len);
		assert_true(take(f, path, 5, &source));
		assert_int_equal(source.len, cases[i].len);
		assert_memory_equal(source.bytes, cases[i].bytes, cases[i].len);
		assert_int_equal(source.bytes[source.len], '\0');
		assert_string_equal(source.file, path);
	}
	assert_told(&f->d, "");
}

static void
a_file_above_the_limit_is_refused(void **state)
{
	struct folder *f = *state;
	struct source source;
	enum { LIMIT = 2 * 1024 * 1024 };
	char *bytes = arena_alloc(&f->a, LIMIT + 1);
	const char *path = put(f, "big", bytes, LIMIT);
	assert_true(take(f, path, LIMIT, &source));
	assert_int_equal(source.len, LIMIT);
	path = put(f, "big", bytes, LIMIT + 1);
	assert_false(take(f, path, LIMIT, &source));
	assert_told(&f->d, "error: the file is larger than 2 MB");
}

static void
an_endless_file_is_refused(void **state)
{
	struct folder *f = *state;
	struct source source;
	assert_false(take(f, "/dev/zero", 1024 * 1024, &source));
	assert_told(&f->d, "error: the file is larger than 1 MB");
}

static void
a_missing_file_names_the_nearest_one(void **state)
{
	struct folder *f = *state;
	put(f, "cities.csv", "", 0);
	assert_int_equal(symlink("away", arena_printf(&f->a, "%s/secret", f->path)), 0);
	static const struct {
		const char *name, *told;
	} cases[] = {
	    {"citys.csv", "error: did you mean \""},
	    {"Cities.csv", "error: /cities.csv\"?"},
	    {"steden.txt", "error: file not found; correct its path"},
	    {"sub/cities.csv", "error: file not found; correct its path"},
	    {"secret", "error: file not found; correct its path"},
	    {"cities.csv/x", "error: file not found; correct its path"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct source source;
		struct diag d = {0};
		const char *path = arena_printf(&f->a, "%s/%s", f->path, cases[i].name);
		assert_false(source_read(path, 100, &f->a, &d, &source));
		assert_told(&d, cases[i].told);
		diag_free(&d);
	}
}

static void
what_is_no_file_is_refused(void **state)
{
	struct folder *f = *state;
	struct source source;
	assert_false(take(f, f->path, 100, &source));
	assert_told(&f->d, "error: this is a folder; expected a file");
	assert_false(take(f, "", 100, &source));
	assert_told(&f->d, "error: an input has an empty name\nerror: this is a folder");
}

static void
a_file_that_may_not_be_read_says_so(void **state)
{
	struct folder *f = *state;
	struct source source;
	const char *path = put(f, "secret", "a", 1);
	assert_int_equal(chmod(path, 0), 0);
	/* the superuser reads everything: be somebody else */
	bool super = geteuid() == 0;
	assert_true(!super || seteuid(NOBODY) == 0);
	bool ok = take(f, path, 100, &source);
	assert_true(!super || seteuid(0) == 0);
	assert_false(ok);
	assert_told(&f->d, "error: no permission to read this file");
}

static void
standard_input_is_read_for_a_dash(void **state)
{
	struct folder *f = *state;
	struct source source;
	assert_non_null(freopen(put(f, "cities.csv", "abc", 3), "rb", stdin));
	assert_true(take(f, "-", 100, &source));
	assert_int_equal(source.len, 3);
	assert_string_equal(source.bytes, "abc");
	assert_string_equal(source.file, "<stdin>");
	close(STDIN_FILENO);
	assert_false(take(f, "-", 100, &source));
	assert_told(&f->d, "error: cannot be read: ");
}

int
main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)
	const struct CMUnitTest tests[] = {
	    IN_FOLDER(a_file_is_read_whole),
	    IN_FOLDER(a_file_above_the_limit_is_refused),
	    IN_FOLDER(an_endless_file_is_refused),
	    IN_FOLDER(a_missing_file_names_the_nearest_one),
	    IN_FOLDER(what_is_no_file_is_refused),
	    IN_FOLDER(a_file_that_may_not_be_read_says_so),
	    IN_FOLDER(standard_input_is_read_for_a_dash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
