#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/output.h"
#include "folder.h"

static void
file_make(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void
assert_file(const char *name, const char *text)
{
	char found[100] = {0};
	FILE *f = fopen(name, "r");
	assert_non_null(f);
	size_t len = fread(found, 1, sizeof found - 1, f);
	fclose(f);
	assert_int_equal(len, strlen(text));
	assert_string_equal(found, text);
}

static void
assert_no_temporary_file(void)
{
	glob_t found;
	assert_int_equal(glob(".brochure-*", 0, NULL, &found), GLOB_NOMATCH);
	globfree(&found);
}

/* 0, or the errno. */
static int
write_text(const char *path, const char *text)
{
	struct output *out;
	int error = output_open(path, &out);
	assert_int_equal(error != 0, out == NULL);
	if (error != 0)
		return error;
	output_write(out, text, strlen(text));
	return output_close(out, true);
}

static mode_t
mode_of(const char *name)
{
	struct stat s;
	assert_int_equal(stat(name, &s), 0);
	return s.st_mode & 07777;
}

/* --- what is written ------------------------------------------------------------- */

static void
a_new_file_has_the_mode_of_the_umask(void **state)
{
	static const struct {
		mode_t mask, mode;
	} cases[] = {{022, 0644}, {027, 0640}, {077, 0600}, {0, 0666}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		mode_t old = umask(cases[i].mask);
		assert_int_equal(write_text("a.pdf", "text"), 0);
		umask(old);
		assert_file("a.pdf", "text");
		assert_int_equal(mode_of("a.pdf"), cases[i].mode);
		assert_int_equal(unlink("a.pdf"), 0);
	}
	assert_no_temporary_file();
}

static void
an_existing_file_keeps_its_mode(void **state)
{
	static const mode_t modes[] = {0600, 0666, 0640, 0755};
	(void)state;
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		file_make("a.pdf", "old");
		assert_int_equal(chmod("a.pdf", modes[i]), 0);
		assert_int_equal(write_text("a.pdf", "new"), 0);
		assert_file("a.pdf", "new");
		assert_int_equal(mode_of("a.pdf"), modes[i]);
	}
}

static void
large_and_small_writes_stay_in_order(void **state)
{
	enum { LARGE = 200 * 1024 };
	static char large[LARGE];
	(void)state;
	memset(large, 'x', sizeof large);
	struct output *out;
	assert_int_equal(output_open("a.pdf", &out), 0);
	for (int i = 0; i < 3; i++) {
		output_write(out, "ab", 2);
		output_write(out, large, sizeof large);
		output_write(out, "", 0);
	}
	assert_int_equal(output_offset(out), 3 * (2 + LARGE));
	assert_int_equal(output_close(out, true), 0);
	FILE *f = fopen("a.pdf", "r");
	assert_non_null(f);
	for (size_t i = 0; i < 3 * (2 + LARGE); i++) {
		size_t at = i % (2 + LARGE);
		assert_int_equal(getc(f), at == 0 ? 'a' : at == 1 ? 'b' : 'x');
	}
	assert_int_equal(getc(f), EOF);
	fclose(f);
}

static void
a_symlink_stays_and_its_target_is_replaced(void **state)
{
	/* FROM points to TO, which is there at first or not */
	static const struct {
		const char *from, *to, *file;
		bool exists;
	} cases[] = {
	    {"link", "real.pdf", "real.pdf", true},
	    {"dangling", "new.pdf", "new.pdf", false},
	    {"sub/up", "../up.pdf", "up.pdf", false},
	    {"second", "link", "real.pdf", true},
	};
	(void)state;
	assert_int_equal(mkdir("sub", 0777), 0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct stat s;
		if (cases[i].exists)
			file_make(cases[i].file, "old");
		assert_int_equal(symlink(cases[i].to, cases[i].from), 0);
		assert_int_equal(write_text(cases[i].from, "new"), 0);
		assert_file(cases[i].file, "new");
		assert_int_equal(lstat(cases[i].from, &s), 0);
		assert_true(S_ISLNK(s.st_mode));
	}
	assert_no_temporary_file();
}

static void
a_pipe_is_written_straight(void **state)
{
	char text[5] = {0};
	(void)state;
	assert_int_equal(mkfifo("pipe", 0666), 0);
	int reader = open("pipe", O_RDONLY | O_NONBLOCK);
	assert_true(reader >= 0);
	assert_int_equal(write_text("pipe", "text"), 0);
	assert_int_equal(read(reader, text, sizeof text), 4);
	assert_string_equal(text, "text");
	close(reader);
	struct stat s;
	assert_int_equal(stat("pipe", &s), 0);
	assert_true(S_ISFIFO(s.st_mode));
}

/* --- what goes wrong ------------------------------------------------------------- */

static void
the_target_stays_as_it_was_when_nothing_is_kept(void **state)
{
	(void)state;
	file_make("a.pdf", "old");
	struct output *out;
	assert_int_equal(output_open("a.pdf", &out), 0);
	output_write(out, "new", 3);
	assert_int_equal(output_close(out, false), 0);
	assert_int_equal(output_close(NULL, false), 0);
	assert_file("a.pdf", "old");
	assert_no_temporary_file();
}

static void
a_target_that_cannot_be_written_gives_its_errno(void **state)
{
	static const struct {
		const char *path;
		int error;
	} cases[] = {
	    {"none/a.pdf", ENOENT},
	    {"folder", EISDIR},
	    {"folder/", EISDIR},
	    {"file/a.pdf", ENOTDIR},
	    {"new/", ENOENT},
	    {"", ENOENT},
	    {"loop", ELOOP},
	    {"/dev/full", ENOSPC},
	};
	(void)state;
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(symlink("loop", "loop"), 0);
	file_make("file", "");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(write_text(cases[i].path, "text"), cases[i].error);
	assert_no_temporary_file();
}

/* Runs ACT in a child; what waitpid tells of its end. */
static int
status_of(void (*act)(void))
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		act();
		exit(99);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void
write_read_only(void)
{
	if (geteuid() == 0 && setuid(65534) != 0)
		_exit(98);
	_exit(write_text("a.pdf", "new") == EACCES ? 0 : 1);
}

static void
a_read_only_file_or_folder_is_left_alone(void **state)
{
	(void)state;
	file_make("a.pdf", "old");
	assert_int_equal(chmod("a.pdf", 0444), 0);
	assert_int_equal(chmod(".", 0777), 0);
	assert_int_equal(status_of(write_read_only), 0);
	assert_file("a.pdf", "old");
	assert_int_equal(chmod("a.pdf", 0666), 0);
	assert_int_equal(chmod(".", 0555), 0);
	assert_int_equal(status_of(write_read_only), 0);
	assert_int_equal(chmod(".", 0755), 0);
	assert_file("a.pdf", "old");
	assert_no_temporary_file();
}

static void
write_to_closed_pipe(void)
{
	int ends[2];
	if (pipe(ends) != 0 || dup2(ends[1], STDOUT_FILENO) < 0)
		_exit(98);
	close(ends[0]);
	close(ends[1]);
	_exit(write_text("-", "text") == EPIPE ? 1 : 97);
}

static void
a_closed_pipe_is_an_error_and_no_death(void **state)
{
	(void)state;
	int status = status_of(write_to_closed_pipe);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
}

static void
write_past_limit(void)
{
	static const char text[100];
	struct rlimit limit = {1000, 1000};
	struct output *out;
	if (output_open("a.pdf", &out) != 0 || setrlimit(RLIMIT_FSIZE, &limit) != 0)
		_exit(98);
	for (int i = 0; i < 10000; i++)
		output_write(out, text, sizeof text);
	_exit(output_close(out, true) == EFBIG ? 1 : 97);
}

static void
a_file_that_may_not_grow_is_an_error_and_no_death(void **state)
{
	(void)state;
	file_make("a.pdf", "old");
	int status = status_of(write_past_limit);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	assert_file("a.pdf", "old");
	assert_no_temporary_file();
}

/* --- endings --------------------------------------------------------------------- */

static int ending; /* a signal; 0: exit */

static void
end_while_writing(void)
{
	glob_t found;
	if (ending != 0)
		signal(ending, SIG_DFL); /* nohup and & let children ignore some */
	struct output *out;
	if (output_open("a.pdf", &out) != 0)
		_exit(98);
	output_write(out, "new", 3);
	if (glob(".brochure-*", 0, NULL, &found) != 0)
		_exit(98); /* there has to be something to remove */
	if (ending == 0)
		exit(1);
	raise(ending);
}

static void
an_interrupt_or_exit_leaves_the_old_file_and_no_other(void **state)
{
	static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGALRM,
	    SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGABRT, 0};
	(void)state;
	file_make("a.pdf", "old");
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		ending = endings[i];
		int status = status_of(end_while_writing);
		if (ending == 0)
			assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
		else
			assert_true(WIFSIGNALED(status) && WTERMSIG(status) == ending);
		assert_file("a.pdf", "old");
		assert_no_temporary_file();
	}
}

static void
hang_up_ignored(void)
{
	signal(SIGHUP, SIG_IGN);
	struct output *out;
	if (output_open("a.pdf", &out) != 0)
		_exit(98);
	output_write(out, "new", 3);
	raise(SIGHUP);
	_exit(output_close(out, true) == 0 ? 0 : 1);
}

static void
a_signal_that_was_ignored_stays_ignored(void **state)
{
	(void)state;
	assert_int_equal(status_of(hang_up_ignored), 0);
	assert_file("a.pdf", "new");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)
	const struct CMUnitTest tests[] = {
	    TEST(a_new_file_has_the_mode_of_the_umask),
	    TEST(an_existing_file_keeps_its_mode),
	    TEST(large_and_small_writes_stay_in_order),
	    TEST(a_symlink_stays_and_its_target_is_replaced),
	    TEST(a_pipe_is_written_straight),
	    TEST(the_target_stays_as_it_was_when_nothing_is_kept),
	    TEST(a_target_that_cannot_be_written_gives_its_errno),
	    TEST(a_read_only_file_or_folder_is_left_alone),
	    TEST(a_closed_pipe_is_an_error_and_no_death),
	    TEST(a_file_that_may_not_grow_is_an_error_and_no_death),
	    TEST(an_interrupt_or_exit_leaves_the_old_file_and_no_other),
	    TEST(a_signal_that_was_ignored_stays_ignored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
