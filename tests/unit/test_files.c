#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void
a_folder_is_listed_in_order_without_what_is_hidden(void **state)
{
	(void)state;
	static const char *const names[] = {"b", ".hidden", "a", "B", "c"};
	char folder[] = "/tmp/files-XXXXXX";
	assert_non_null(mkdtemp(folder));
	struct arena a = {0};
	struct names found;
	assert_true(files_list(&a, folder, &found));
	assert_int_equal(found.n, 0);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		close(creat(arena_printf(&a, "%s/%s", folder, names[i]), 0600));
	assert_true(files_list(&a, folder, &found));
	static const char *const expected[] = {"B", "a", "b", "c"};
	assert_int_equal(found.n, 4);
	for (int i = 0; i < found.n; i++)
		assert_string_equal(found.list[i].s, expected[i]);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unlink(arena_printf(&a, "%s/%s", folder, names[i]));
	rmdir(folder);
	assert_false(files_list(&a, folder, &found));
	assert_int_equal(errno, ENOENT);
	arena_free(&a);
}

static void
a_path_is_found_however_the_disk_spells_it(void **state)
{
	(void)state;
	char folder[] = "/tmp/files-XXXXXX";
	assert_non_null(mkdtemp(folder));
	struct arena a = {0};
	const char *in = arena_printf(&a, "%s/e\u0301te\u0301", folder);
	const char *there = arena_printf(&a, "%s/donne\u0301es.csv", in);
	const char *latin1 = arena_printf(&a, "%s/\xe9.csv", in);
	assert_int_equal(mkdir(in, 0700), 0);
	close(creat(there, 0600));
	close(creat(latin1, 0600));
	const struct {
		const char *path, *found;
	} cases[] = {
	    {there, there},
	    {latin1, latin1},
	    {arena_printf(&a, "%s/\u00e9t\u00e9/donn\u00e9es.csv", folder), there},
	    {arena_printf(&a, "%s/\u00e9t\u00e9", folder), in},
	    {arena_printf(&a, "%s/\u00e9t\u00e9/none.csv", folder), NULL},
	    {arena_printf(&a, "%s/\xe8.csv", in), NULL},
	    {"/no\u00e9/where", NULL},
	    {"nowhere", NULL},
	    {"", NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(files_find(&a, cases[i].path),
		    cases[i].found != NULL ? cases[i].found : cases[i].path);
	assert_int_equal(chdir(folder), 0);
	assert_string_equal(files_find(&a, "\u00e9t\u00e9/donn\u00e9es.csv"),
	    "e\u0301te\u0301/donne\u0301es.csv");
	assert_int_equal(chdir("/"), 0);
	unlink(there);
	unlink(latin1);
	rmdir(in);
	rmdir(folder);
	arena_free(&a);
}

static void
a_file_is_read_to_its_end_or_to_the_limit(void **state)
{
	(void)state;
	enum { LEN = 200 * 1000 };
	static char bytes[LEN];
	for (int i = 0; i < LEN; i++)
		bytes[i] = (char)(i % 251);
	char path[] = "/tmp/files-XXXXXX";
	int fd = mkstemp(path);
	assert_int_equal(write(fd, bytes, LEN), LEN);
	unlink(path);
	static const size_t limits[] = {0, 1, 65536, LEN - 1, LEN, LEN + 1, 10 * LEN};
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		size_t n = limits[i] < LEN ? limits[i] : LEN;
		struct buffer b = {0};
		buffer_puts(&b, "ab");
		assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
		assert_true(files_read(fd, limits[i], &b));
		assert_int_equal(b.len, 2 + n);
		assert_memory_equal(b.data, "ab", 2);
		assert_memory_equal(b.data + 2, bytes, n);
		buffer_free(&b);
	}
	close(fd);
	struct buffer b = {0};
	assert_false(files_read(fd, 1, &b));
	assert_int_equal(errno, EBADF);
	buffer_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_folder_is_listed_in_order_without_what_is_hidden),
	    cmocka_unit_test(a_path_is_found_however_the_disk_spells_it),
	    cmocka_unit_test(a_file_is_read_to_its_end_or_to_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
