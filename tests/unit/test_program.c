#include "diag/program.h"

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

#include "folder.h"
#include "told.h"

static void
a_file_that_cannot_be_opened_is_told_with_its_cure(void **state)
{
	static const struct {
		const char *path, *told;
	} cases[] = {
	    {"none/a.pdf", "error: its folder does not exist; create it or"},
	    {"folder", "error: this is a folder; name a file in it"},
	    {"file/a.pdf", "error: its folder does not exist"},
	    {"loop", "error: its symbolic links form a loop; choose another file"},
	};
	(void)state;
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(symlink("loop", "loop"), 0);
	fclose(fopen("file", "w"));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct diag d = {0};
		assert_null(program_open(cases[i].path, &d));
		assert_told(&d, cases[i].told);
		assert_string_equal(d.list[0].at.file, cases[i].path);
		diag_free(&d);
	}
}

static void
a_file_is_put_in_place_when_the_run_went_well(void **state)
{
	static const struct {
		const char *path;
		int status, expected;
		const char *told;
	} cases[] = {
	    {"a", EXIT_FAILURE, EXIT_FAILURE, ""},
	    {"a", EXIT_SUCCESS, EXIT_SUCCESS, ""},
	    {"/dev/full", EXIT_FAILURE, EXIT_FAILURE, ""},
	    {"/dev/full", EXIT_SUCCESS, EXIT_FAILURE,
		"error: could not be written: the disk is full; free some space"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct diag d = {0};
		struct report about = {.status = cases[i].status,
		    .output = cases[i].path,
		    .written = cases[i].status == EXIT_SUCCESS};
		struct output *out = program_open(cases[i].path, &d);
		output_write(out, "text", 4);
		int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
		dup2(nowhere, STDERR_FILENO);
		int status = program_finish(&about, out, &d);
		dup2(kept, STDERR_FILENO);
		close(kept), close(nowhere);
		assert_int_equal(status, cases[i].expected);
		assert_int_equal(about.status, cases[i].expected);
		assert_int_equal(about.written, cases[i].expected == EXIT_SUCCESS);
		assert_told(&d, cases[i].told);
		assert_int_equal(access("a", F_OK) == 0, i > 0);
		diag_free(&d);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)
	const struct CMUnitTest tests[] = {
	    TEST(a_file_that_cannot_be_opened_is_told_with_its_cure),
	    TEST(a_file_is_put_in_place_when_the_run_went_well),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
