#define _GNU_SOURCE
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
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/output.h"
#include "folder.h"

/* What the disk refuses, with an errno; 0: nothing. */
static struct {
	int unnamed; /* files without a name */
	int new;     /* files in the folder at all */
	int chmod, rename;
	bool mounted; /* the folder is of another disk than what is in it */
} refused;

int
open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	bool unnamed = (flags & O_TMPFILE) == O_TMPFILE, new = (flags & O_CREAT) != 0;
	int mode = unnamed || new ? va_arg(args, int) : 0;
	va_end(args);
	errno = unnamed && refused.unnamed != 0 ? refused.unnamed
	    : unnamed || new                    ? refused.new
						: 0;
	return errno != 0 ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int
fchmod(int fd, mode_t mode)
{
	errno = refused.chmod;
	return errno != 0 ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int
rename(const char *from, const char *to)
{
	errno = refused.rename;
	return errno != 0 ? -1 : renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int
stat(const char *path, struct stat *to)
{
	int result = fstatat(AT_FDCWD, path, to, 0);
	to->st_dev += result == 0 && refused.mounted && S_ISDIR(to->st_mode);
	return result;
}

static int
folder_made(void **state)
{
	memset(&refused, 0, sizeof refused);
	return folder_make(state);
}

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
	bool damaged;
	int error = output_open(path, &out);
	assert_int_equal(error != 0, out == NULL);
	if (error != 0)
		return error;
	output_write(out, text, strlen(text));
	return output_close(out, true, &damaged);
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
	bool damaged;
	assert_int_equal(output_open("a.pdf", &out), 0);
	for (int i = 0; i < 3; i++) {
		output_write(out, "ab", 2);
		output_write(out, large, sizeof large);
		output_write(out, "", 0);
	}
	assert_int_equal(output_offset(out), 3 * (2 + LARGE));
	assert_int_equal(output_close(out, true, &damaged), 0);
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
	bool damaged;
	assert_int_equal(output_open("a.pdf", &out), 0);
	output_write(out, "new", 3);
	assert_int_equal(output_close(out, false, &damaged), 0);
	assert_int_equal(output_close(NULL, false, &damaged), 0);
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
	bool damaged;
	if (output_open("a.pdf", &out) != 0 || setrlimit(RLIMIT_FSIZE, &limit) != 0)
		_exit(98);
	for (int i = 0; i < 10000; i++)
		output_write(out, text, sizeof text);
	_exit(output_close(out, true, &damaged) == EFBIG ? 1 : 97);
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

/* --- disks that take less -------------------------------------------------------- */

static void
a_disk_without_unnamed_files_or_modes_is_written_all_the_same(void **state)
{
	static const int errors[] = {EOPNOTSUPP, EISDIR, EINVAL};
	(void)state;
	refused.chmod = EPERM;
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
		refused.unnamed = errors[i];
		file_make("a.pdf", "old");
		assert_int_equal(write_text("a.pdf", "new"), 0);
		assert_file("a.pdf", "new");
		assert_no_temporary_file();
	}
}

static void
a_mounted_file_is_written_over_at_the_end(void **state)
{
	/* what renaming over it says, or creating a file beside it */
	static const struct {
		int rename, new;
		const char *old, *text;
	} cases[] = {
	    {EBUSY, 0, "old", "a longer text"},
	    {EXDEV, 0, "a much longer text", "short"},
	    {0, EROFS, "old", "a longer text"},
	    {0, EACCES, "a much longer text", "short"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct stat before, after;
		refused.new = refused.rename = 0;
		file_make("a.pdf", cases[i].old);
		assert_int_equal(stat("a.pdf", &before), 0);
		refused.new = cases[i].new;
		refused.rename = cases[i].rename;
		refused.mounted = true;
		struct output *out;
		bool damaged = true;
		assert_int_equal(output_open("a.pdf", &out), 0);
		output_write(out, cases[i].text, strlen(cases[i].text));
		assert_file("a.pdf", cases[i].old);
		assert_int_equal(output_close(out, true, &damaged), 0);
		assert_false(damaged);
		assert_file("a.pdf", cases[i].text);
		assert_int_equal(stat("a.pdf", &after), 0);
		assert_true(before.st_ino == after.st_ino);
		assert_no_temporary_file();
	}
}

static void
write_over_past_limit(void)
{
	static const char text[2000];
	struct rlimit limit = {1000, 1000};
	struct output *out;
	bool damaged = true;
	refused.rename = EBUSY;
	if (output_open("a.pdf", &out) != 0)
		_exit(98);
	output_write(out, text, sizeof text);
	output_write(out, text, 0);
	_exit(setrlimit(RLIMIT_FSIZE, &limit) == 0 &&
		    output_close(out, true, &damaged) == EFBIG && !damaged
		? 1
		: 97);
}

static void
a_mounted_file_keeps_what_it_has_where_the_new_one_has_no_room(void **state)
{
	(void)state;
	file_make("a.pdf", "old");
	int status = status_of(write_over_past_limit);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	assert_file("a.pdf", "old");
	assert_no_temporary_file();
}

static void
a_folder_without_room_for_a_file_of_its_own_disk_is_an_error(void **state)
{
	(void)state;
	file_make("a.pdf", "old");
	refused.new = EROFS;
	assert_int_equal(write_text("a.pdf", "new"), EROFS);
	assert_file("a.pdf", "old");
}

/* --- leftovers ------------------------------------------------------------------- */

static void
a_leftover_goes_when_it_is_old_and_nobody_writes_it(void **state)
{
	static const struct {
		const char *name;
		int minutes; /* since it was written */
		bool locked, goes;
	} cases[] = {
	    {".brochure-123-0.tmp", 61, false, true},
	    {".brochure-123-1.tmp", 3 * 24 * 60, false, true},
	    {".brochure-123-2.tmp", 59, false, false},
	    {".brochure-123-3.tmp", 24 * 60, true, false},
	    {"brochure-123-4.tmp", 24 * 60, false, false},
	    {".brochure-notes.txt", 24 * 60, false, false},
	};
	const size_t n = sizeof cases / sizeof cases[0];
	int locked[sizeof cases / sizeof cases[0]];
	(void)state;
	for (size_t i = 0; i < n; i++) {
		const struct timespec then = {time(NULL) - 60 * cases[i].minutes, 0};
		const struct timespec times[] = {then, then};
		file_make(cases[i].name, "left");
		assert_int_equal(utimensat(AT_FDCWD, cases[i].name, times, 0), 0);
		locked[i] = open(cases[i].name, O_RDWR);
		if (cases[i].locked)
			assert_int_equal(flock(locked[i], LOCK_EX), 0);
	}
	assert_int_equal(mkdir(".brochure-1-1.tmp", 0777), 0);
	assert_int_equal(symlink("nowhere", ".brochure-1-2.tmp"), 0);
	assert_int_equal(mkfifo(".brochure-1-3.tmp", 0666), 0);
	assert_int_equal(write_text("a.pdf", "new"), 0);
	assert_file("a.pdf", "new");
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(access(cases[i].name, F_OK), cases[i].goes ? -1 : 0);
		close(locked[i]);
	}
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
	/* a name that there is has to be removed */
	if ((glob(".brochure-*", 0, NULL, &found) == 0) != (refused.unnamed != 0))
		_exit(98);
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
	for (size_t i = 0; i < 2 * sizeof endings / sizeof endings[0]; i++) {
		ending = endings[i / 2];
		refused.unnamed = i % 2 == 0 ? 0 : EOPNOTSUPP;
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
	bool damaged;
	if (output_open("a.pdf", &out) != 0)
		_exit(98);
	output_write(out, "new", 3);
	raise(SIGHUP);
	_exit(output_close(out, true, &damaged) == 0 ? 0 : 1);
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_made, folder_remove)
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
	    TEST(a_disk_without_unnamed_files_or_modes_is_written_all_the_same),
	    TEST(a_mounted_file_is_written_over_at_the_end),
	    TEST(a_mounted_file_keeps_what_it_has_where_the_new_one_has_no_room),
	    TEST(a_folder_without_room_for_a_file_of_its_own_disk_is_an_error),
	    TEST(a_leftover_goes_when_it_is_old_and_nobody_writes_it),
	    TEST(an_interrupt_or_exit_leaves_the_old_file_and_no_other),
	    TEST(a_signal_that_was_ignored_stays_ignored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
