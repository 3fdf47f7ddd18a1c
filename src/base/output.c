#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum { BUFFER_LEN = 64 * 1024, MAX_LINKS = 40, MAX_TEMPS = 10000, NSIGNALS = 13 };

struct output {
	char *target; /* what is replaced; NULL: written straight */
	int fd;       /* -1: what is written is thrown away */
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

/* What a signal handler and an exit handler have to know.  Set while signals are blocked.
 */
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
 * realpath refuses.  Malloced; NULL: errno says why. */
static char *
target_resolve(const char *path)
{
	char now[PATH_MAX], link[PATH_MAX], next[PATH_MAX];
	if ((size_t)snprintf(now, sizeof now, "%s", path) >= sizeof now) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	for (int i = 0; i < MAX_LINKS; i++) {
		ssize_t len = readlink(now, link, sizeof link - 1);
		if (len < 0) {
			size_t size = strlen(now) + 1;
			return memcpy(memory_alloc(size), now, size);
		}
		link[len] = '\0';
		int folder = link[0] == '/' ? 0 : folder_len(now);
		if ((size_t)snprintf(next, sizeof next, "%.*s%s", folder, now, link) >=
		    sizeof next) {
			errno = ENAMETOOLONG;
			return NULL;
		}
		memcpy(now, next, sizeof now);
	}
	errno = ELOOP;
	return NULL;
}

/* Creates a new file beside TARGET, with MODE less the umask; its name goes to
 * state.temp. -1: errno says why. */
static int
temp_create(const char *target, mode_t mode)
{
	int fd = -1;
	char name[PATH_MAX];
	for (int i = 0; i < MAX_TEMPS && fd < 0; i++) {
		if ((size_t)snprintf(name, sizeof name, "%.*s." PACKAGE "-%ld-%d.tmp",
			folder_len(target), target, (long)getpid(), i) >= sizeof name) {
			errno = ENAMETOOLONG;
			return -1;
		}
		fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (fd < 0 && errno != EEXIST)
			return -1;
	}
	if (fd >= 0)
		memcpy(state.temp, name, sizeof name);
	return fd;
}

/* Opens the temporary file for a target that is OLD or, when that is NULL, not there yet.
 */
static bool
open_beside(struct output *out, const char *path, const struct stat *old)
{
	out->target = target_resolve(path);
	if (out->target == NULL)
		return false;
	if (old != NULL && access(out->target, W_OK) != 0)
		return false; /* renaming over it would ignore that it is read-only */
	signals_block(true);
	out->fd = temp_create(out->target, old != NULL ? old->st_mode & 0777 : 0666);
	int error = errno;
	signals_block(false);
	errno = error;
	return out->fd >= 0 &&
	    (old == NULL || fchmod(out->fd, old->st_mode & 07777) == 0);
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
	if (S_ISDIR(old.st_mode)) {
		errno = EISDIR;
		return false;
	}
	out->fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	return out->fd >= 0;
}

int
output_open(const char *path, struct output **opened)
{
	struct output *out = memory_alloc(sizeof *out);
	*opened = out;
	out->target = NULL;
	out->fd = -1;
	out->error = 0;
	out->len = out->used = 0;
	if (!state.at_exit)
		atexit(temp_remove), at_quick_exit(temp_remove);
	state.at_exit = true;
	signals_set(out);
	if (output_open_path(out, path))
		return 0;
	int error = errno;
	if (out->fd >= 0)
		close(out->fd);
	temp_remove();
	signals_restore(out);
	free(out->target);
	free(out);
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

/* Brings the temporary file to the disk and puts it in place of the target. */
static void
replace(struct output *out)
{
	if (out->error == 0 && fsync(out->fd) != 0)
		out->error = errno;
	if (close(out->fd) != 0 && out->error == 0)
		out->error = errno;
	if (out->error == 0 && rename(state.temp, out->target) != 0)
		out->error = errno;
	if (out->error == 0)
		state.temp[0] = '\0';
}

int
output_close(struct output *out, bool keep)
{
	if (out == NULL)
		return 0;
	if (keep)
		flush(out);
	signals_block(true);
	if (keep && out->target != NULL)
		replace(out);
	else if (out->fd != STDOUT_FILENO && out->fd >= 0 && close(out->fd) != 0 &&
	    out->error == 0)
		out->error = errno;
	temp_remove();
	signals_block(false);
	signals_restore(out);
	int error = keep ? out->error : 0;
	free(out->target);
	free(out);
	return error;
}
