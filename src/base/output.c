#define _GNU_SOURCE /* O_TMPFILE, memfd_create */
#include "base/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

enum { BUFFER_LEN = 64 * 1024, MAX_LINKS = 40, MAX_TEMPS = 10000, NSIGNALS = 13 };
enum { LEFTOVER_AGE = 60 * 60 /* seconds */ };

struct output {
	struct arena arena;
	const char *target; /* what is replaced; NULL: written straight */
	int fd;             /* -1: what is written is thrown away */
	bool apart;         /* fd is in memory, to be copied over the target */
	bool damaged; /* the target may hold neither what it held nor what it should */
	int error;    /* errno of the first failure, 0: none */
	size_t len, used;
	struct sigaction saved[NSIGNALS];
	char buffer[BUFFER_LEN];
};

/* The signals that end the program while a temporary file lies about.  The last two are
 * ignored instead, so that a closed pipe and a file that may not grow are errors like
 * others. */
enum { IGNORED_FROM = 11 };
static const int signals[NSIGNALS] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGALRM,
    SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGABRT, SIGPIPE, SIGXFSZ};

/* What signal and exit handlers have to know.  Set while signals are blocked. */
static struct {
	char temp[PATH_MAX]; /* "": none */
	bool at_exit;
} state;

static void
temp_remove(void)
{
	if (state.temp[0] != '\0')
		unlink(state.temp);
	state.temp[0] = '\0';
}

static void
on_signal(int number)
{
	temp_remove();
	raise(number); /* SA_RESETHAND: now it ends the program */
}

static void
signals_set(struct output *out)
{
	for (int i = 0; i < NSIGNALS; i++) {
		struct sigaction action = {.sa_flags = (int)SA_RESETHAND};
		action.sa_handler = i >= IGNORED_FROM ? SIG_IGN : on_signal;
		sigemptyset(&action.sa_mask);
		sigaction(signals[i], NULL, &out->saved[i]);
		/* nohup stays in force, and so does what a debugger or fuzzer set */
		if (out->saved[i].sa_handler == SIG_DFL)
			sigaction(signals[i], &action, NULL);
	}
}

static void
signals_restore(const struct output *out)
{
	for (int i = 0; i < NSIGNALS; i++)
		sigaction(signals[i], &out->saved[i], NULL);
}

static void
signals_block(bool block)
{
	sigset_t set;
	sigemptyset(&set);
	for (int i = 0; i < NSIGNALS; i++)
		sigaddset(&set, signals[i]);
	sigprocmask(block ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

/* The folder of PATH with its slash, "" for the current one. */
static int
folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? 0 : (int)(slash - path) + 1;
}

/* Follows the links that PATH's last part may be, also to a file that is not there, which
 * realpath refuses.  NULL: errno says why. */
static const char *
target_resolve(struct arena *a, const char *path)
{
	char link[PATH_MAX];
	path = arena_strdup(a, path);
	for (int i = 0; i < MAX_LINKS; i++) {
		ssize_t len = readlink(path, link, sizeof link);
		if (len < 0)
			return path;
		int folder = link[0] == '/' ? 0 : folder_len(path);
		path = arena_printf(a, "%.*s%.*s", folder, path, (int)len, link);
	}
	errno = ELOOP;
	return NULL;
}

/* Makes a file beside TARGET, whose name goes to state.temp: a new one with MODE less the
 * umask or, where FD is not negative, the one without a name that FD is.  Its descriptor;
 * -1: errno says why. */
static int
temp_name(const char *target, int fd, mode_t mode)
{
	char name[PATH_MAX], unnamed[40];
	snprintf(unnamed, sizeof unnamed, "/proc/self/fd/%d", fd);
	for (int i = 0; i < MAX_TEMPS; i++) {
		if ((size_t)snprintf(name, sizeof name, "%.*s." PACKAGE "-%ld-%d.tmp",
			folder_len(target), target, (long)getpid(), i) >= sizeof name) {
			errno = ENAMETOOLONG;
			return -1;
		}
		int made = fd;
		if (fd < 0)
			made = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		else if (linkat(AT_FDCWD, unnamed, AT_FDCWD, name, AT_SYMLINK_FOLLOW) !=
		    0)
			made = -1;
		if (made >= 0) {
			memcpy(state.temp, name, sizeof name);
			return made;
		}
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

/* Opens a new file beside TARGET, in FOLDER, locked as long as it is open.  It has no
 * name where it can have none, so that nothing stays of it whatever ends the program. */
static int
temp_open(const char *folder, const char *target, mode_t mode)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
	if (fd >= 0 && access("/proc/self/fd", X_OK) != 0)
		close(fd), fd = -1; /* it could not get one either */
	if (fd < 0)
		fd = temp_name(target, -1, mode);
	if (fd >= 0)
		flock(fd, LOCK_EX | LOCK_NB);
	return fd;
}

/* Removes the file NAME of FOLDER if it is a leftover: nobody writes it any more, and it
 * is too old to be one that somebody just began. */
static void
leftover_remove(int folder, const char *name)
{
	struct stat file;
	int fd = -1;
	if (folder >= 0)
		fd = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &file) == 0 &&
	    S_ISREG(file.st_mode) && file.st_nlink == 1 &&
	    time(NULL) - file.st_mtime > LEFTOVER_AGE)
		unlinkat(folder, name, 0);
	close(fd);
}

/* Removes from FOLDER what runs that were killed left there. */
static void
leftovers_remove(const char *folder)
{
	DIR *entries = opendir(folder);
	if (entries == NULL)
		return;
	for (const struct dirent *e; (e = readdir(entries)) != NULL;)
		if (e->d_name[0] == '.' &&
		    fnmatch("." PACKAGE "-*-*.tmp", e->d_name, 0) == 0)
			leftover_remove(dirfd(entries), e->d_name);
	closedir(entries);
}

/* Opens the temporary file for a target that is OLD; NULL: that is not there yet. */
static bool
open_beside(struct output *out, const char *path, const struct stat *old)
{
	struct stat beside;
	mode_t mode = old != NULL ? old->st_mode & 0777 : 0666;
	out->target = target_resolve(&out->arena, path);
	if (out->target == NULL)
		return false;
	if (old != NULL && access(out->target, W_OK) != 0)
		return false; /* renaming over it would ignore that it is read-only */
	const char *folder =
	    arena_printf(&out->arena, "%.*s.", folder_len(out->target), out->target);
	leftovers_remove(folder);
	signals_block(true);
	out->fd = temp_open(folder, out->target, mode);
	int error = errno;
	signals_block(false);
	/* a file on a disk of its own is mounted there; its folder does not matter */
	out->apart = out->fd < 0 && old != NULL && stat(folder, &beside) == 0 &&
	    beside.st_dev != old->st_dev;
	if (out->apart)
		out->fd = memfd_create(PACKAGE, MFD_CLOEXEC);
	/* the disks of Windows may refuse it */
	if (out->fd >= 0 && old != NULL)
		fchmod(out->fd, old->st_mode & 07777);
	errno = error;
	return out->fd >= 0;
}

static bool
output_open_path(struct output *out, const char *path)
{
	struct stat old;
	if (path == OUTPUT_NOWHERE)
		return true;
	if (strcmp(path, "-") == 0) {
		out->fd = STDOUT_FILENO;
		return true;
	}
	if (stat(path, &old) != 0) {
		size_t len = strlen(path);
		if (errno != ENOENT || len == 0 || path[len - 1] == '/')
			return false;
		return open_beside(out, path, NULL);
	}
	if (S_ISREG(old.st_mode))
		return open_beside(out, path, &old);
	out->fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	return out->fd >= 0;
}

int
output_open(const char *path, struct output **opened)
{
	struct output *out = memory_alloc(sizeof *out);
	*opened = out;
	*out = (struct output){.fd = -1};
	if (!state.at_exit)
		atexit(temp_remove), at_quick_exit(temp_remove);
	state.at_exit = true;
	signals_set(out);
	if (output_open_path(out, path))
		return 0;
	int error = errno;
	bool damaged;
	output_close(out, false, &damaged);
	*opened = NULL;
	return error;
}

bool
output_replaces(const struct output *out)
{
	return out->target != NULL;
}

static void
write_all(struct output *out, const char *data, size_t len)
{
	if (out->fd < 0)
		return;
	while (len > 0 && out->error == 0) {
		ssize_t n = write(out->fd, data, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			out->error = n < 0 ? errno : EIO;
			return;
		}
		data += n;
		len -= (size_t)n;
	}
}

static void
flush(struct output *out)
{
	write_all(out, out->buffer, out->used);
	out->used = 0;
}

void
output_write(struct output *out, const void *data, size_t len)
{
	out->len += len;
	if (len > BUFFER_LEN - out->used)
		flush(out);
	if (len > BUFFER_LEN) {
		write_all(out, data, len);
		return;
	}
	if (len > 0)
		memcpy(out->buffer + out->used, data, len);
	out->used += len;
}

size_t
output_offset(const struct output *out)
{
	return out->len;
}

static void
note_error(struct output *out, int result)
{
	if (result < 0 && out->error == 0)
		out->error = errno;
}

/* Makes the target, which is open, LEN bytes large.  A full disk is noticed before what
 * is there is lost. */
static void
make_room(struct output *out, off_t len)
{
	struct stat old;
	note_error(out, fstat(out->fd, &old));
	int error = out->error == 0 ? posix_fallocate(out->fd, 0, len) : 0;
	if (error != 0 && error != EOPNOTSUPP && error != EINVAL) {
		out->error = error;
		note_error(out, ftruncate(out->fd, old.st_size));
	}
}

/* Copies FROM over the target, which is mounted and cannot be replaced. */
static void
overwrite(struct output *out, int from)
{
	const off_t len = (off_t)out->len;
	out->fd = open(out->target, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	note_error(out, out->fd);
	if (out->fd < 0)
		return;
	make_room(out, len);
	out->damaged = out->error == 0;
	for (off_t at = 0; at < len && out->error == 0;) {
		ssize_t n = pread(from, out->buffer, BUFFER_LEN, at);
		if (n > 0)
			write_all(out, out->buffer, (size_t)n);
		else if (n == 0 || errno != EINTR)
			out->error = n < 0 ? errno : EIO;
		at += n > 0 ? n : 0;
	}
	if (out->error == 0)
		note_error(out, ftruncate(out->fd, len));
	if (out->error == 0)
		note_error(out, fsync(out->fd));
	note_error(out, close(out->fd));
	out->damaged = out->damaged && out->error != 0;
}

/* Brings what was written to the disk and puts it in place of the target. */
static void
replace(struct output *out)
{
	int written = out->fd;
	if (out->error == 0)
		note_error(out, fsync(written));
	/* what close has to tell is asked for before, the lock kept until after */
	int twin = dup(written);
	note_error(out, twin < 0 ? -1 : close(twin));
	if (out->error == 0 && !out->apart && state.temp[0] == '\0')
		note_error(out, temp_name(out->target, written, 0));
	if (out->error == 0 && !out->apart && rename(state.temp, out->target) == 0)
		state.temp[0] = '\0';
	else if (out->error == 0 && (out->apart || errno == EBUSY || errno == EXDEV))
		overwrite(out, written);
	else
		note_error(out, -1);
	close(written);
}

int
output_close(struct output *out, bool keep, bool *damaged)
{
	*damaged = false;
	if (out == NULL)
		return 0;
	if (keep)
		flush(out);
	signals_block(true);
	if (keep && out->target != NULL)
		replace(out);
	else if (out->fd != STDOUT_FILENO && out->fd >= 0)
		note_error(out, close(out->fd));
	temp_remove();
	signals_block(false);
	signals_restore(out);
	int error = keep ? out->error : 0;
	*damaged = out->damaged;
	arena_free(&out->arena);
	free(out);
	return error;
}
