/* faults.c - a library to preload that makes one call of a program fail.
 *
 *     FAULT=alloc|io|short|interrupt|kill   what happens at the call
 *     FAULT_AT=N                            at the Nth call that it can happen to, from 1
 *     FAULT_ON=1                            and at all calls after that
 *     FAULT_TRACE=1                         the path of calls to it goes to stderr
 *     FAULT_LOG=FILE                        nothing fails; a line a call goes to FILE
 *
 * A line of the log says what the call was, its file descriptor, and a number for the
 * path of calls that led to it.
 *
 * "alloc" counts allocations, the others calls of the system: "io" makes one fail with an
 * error that it can have, "short" makes a read or write move one byte, "interrupt" makes
 * it fail with EINTR, "kill" ends the program with SIGKILL before the call.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { NOTHING, ALLOC, IO, SHORT, INTERRUPT, KILL };
enum { DEPTH = 24, LOG_MAX = 2000000 };

struct entry {
	const char *name;
	uint64_t path;
	int fd;
};

static struct {
	enum kind kind;
	long at;
	bool on, trace, ready;
	const char *log;
	atomic_long n;
	struct entry *entries;
} fault;

static _Thread_local bool busy;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void *__libc_memalign(size_t align, size_t size);

__attribute__((constructor)) static void
start(void)
{
	static const char *const names[] = {
	    "", "alloc", "io", "short", "interrupt", "kill"};
	const char *kind = getenv("FAULT"), *at = getenv("FAULT_AT");
	void *frames[DEPTH];
	backtrace(frames, DEPTH); /* loads what it needs, which allocates */
	for (int i = ALLOC; kind != NULL && i <= KILL; i++)
		if (strcmp(kind, names[i]) == 0)
			fault.kind = (enum kind)i;
	fault.at = at != NULL ? atol(at) : 0;
	fault.on = getenv("FAULT_ON") != NULL;
	fault.trace = getenv("FAULT_TRACE") != NULL;
	fault.log = getenv("FAULT_LOG");
	if (fault.log != NULL)
		fault.entries =
		    mmap(NULL, LOG_MAX * sizeof *fault.entries, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	fault.ready = true;
}

__attribute__((destructor)) static void
finish(void)
{
	fault.ready = false;
	FILE *log = fault.log != NULL ? fopen(fault.log, "w") : NULL;
	if (log == NULL)
		return;
	for (long i = 0; i < fault.n && i < LOG_MAX; i++)
		fprintf(log, "%s %d %016llx\n", fault.entries[i].name,
		    fault.entries[i].fd, (unsigned long long)fault.entries[i].path);
	fclose(log);
}

static uint64_t
path_of_calls(void)
{
	void *frames[DEPTH];
	busy = true;
	int n = backtrace(frames, DEPTH);
	busy = false;
	uint64_t hash = 14695981039346656037u;
	for (int i = 2; i < n; i++) {
		/* from the start of its program or library, which is elsewhere in each
		 * run */
		Dl_info in = {0};
		dladdr(frames[i], &in);
		uint64_t offset = (uintptr_t)frames[i] - (uintptr_t)in.dli_fbase;
		hash = (hash ^ offset) * 1099511628211u;
	}
	return hash;
}

static void
trace(void)
{
	void *frames[DEPTH];
	busy = true;
	backtrace_symbols_fd(frames, backtrace(frames, DEPTH), STDERR_FILENO);
	busy = false;
}

/* Counts a call.  Whether it is the one. */
static bool
hit(const char *name, int fd)
{
	if (!fault.ready || busy)
		return false;
	long n = atomic_fetch_add(&fault.n, 1) + 1;
	if (fault.entries != NULL) {
		if (n <= LOG_MAX)
			fault.entries[n - 1] = (struct entry){name, path_of_calls(), fd};
		return false;
	}
	if (n != fault.at && !(fault.on && n > fault.at))
		return false;
	if (fault.trace)
		trace();
	if (fault.kind == KILL)
		raise(SIGKILL);
	return true;
}

/* --- memory ----------------------------------------------------------------------------
 */

static bool
alloc_fails(const char *name)
{
	if (fault.kind != ALLOC || !hit(name, -1))
		return false;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	return alloc_fails("malloc") ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	return alloc_fails("calloc") ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t size)
{
	return alloc_fails("realloc") ? NULL : __libc_realloc(p, size);
}

int
posix_memalign(void **out, size_t align, size_t size)
{
	if (alloc_fails("posix_memalign"))
		return ENOMEM;
	*out = __libc_memalign(align, size);
	return *out != NULL ? 0 : ENOMEM;
}

void *
aligned_alloc(size_t align, size_t size)
{
	return alloc_fails("aligned_alloc") ? NULL : __libc_memalign(align, size);
}

void *
memalign(size_t align, size_t size)
{
	return alloc_fails("memalign") ? NULL : __libc_memalign(align, size);
}

/* --- the system ------------------------------------------------------------------------
 */

/* Whether a call fails, with ERROR. */
static bool
io_fails(const char *name, int fd, int error)
{
	if (fault.kind == ALLOC || fault.kind == NOTHING)
		return false;
	if (fault.kind == SHORT || fault.kind == INTERRUPT)
		return false;
	if (!hit(name, fd))
		return false;
	errno = error;
	return true;
}

/* The same for a read or a write of *LEN bytes. */
static bool
transfer_fails(const char *name, int fd, int error, size_t *len)
{
	if (fault.kind == IO || fault.kind == KILL)
		return io_fails(name, fd, error);
	if (fault.kind == SHORT && *len > 1 && hit(name, fd))
		*len = 1;
	if (fault.kind != INTERRUPT || !hit(name, fd))
		return false;
	errno = EINTR;
	return true;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t
read(int fd, void *to, size_t len)
{
	return transfer_fails("read", fd, EIO, &len) ? -1 : REAL(read)(fd, to, len);
}

ssize_t
pread(int fd, void *to, size_t len, off_t at)
{
	return transfer_fails("pread", fd, EIO, &len) ? -1 : REAL(pread)(fd, to, len, at);
}

ssize_t
write(int fd, const void *from, size_t len)
{
	return transfer_fails("write", fd, ENOSPC, &len) ? -1
							 : REAL(write)(fd, from, len);
}

int
open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	bool makes = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
	mode_t mode = makes ? va_arg(args, mode_t) : 0;
	va_end(args);
	return io_fails("open", -1, EMFILE) ? -1 : REAL(open)(path, flags, mode);
}

int
close(int fd)
{
	bool fails = io_fails("close", fd, EIO);
	int done = REAL(close)(fd); /* as Linux does it: closed all the same */
	if (fails)
		errno = EIO;
	return fails ? -1 : done;
}

int
fsync(int fd)
{
	return io_fails("fsync", fd, EIO) ? -1 : REAL(fsync)(fd);
}

int
fchmod(int fd, mode_t mode)
{
	return io_fails("fchmod", fd, EPERM) ? -1 : REAL(fchmod)(fd, mode);
}

int
linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
	return io_fails("linkat", -1, EPERM)
	    ? -1
	    : REAL(linkat)(from_folder, from, to_folder, to, flags);
}

int
rename(const char *from, const char *to)
{
	return io_fails("rename", -1, EIO) ? -1 : REAL(rename)(from, to);
}

int
stat(const char *path, struct stat *to)
{
	return io_fails("stat", -1, EACCES) ? -1 : REAL(stat)(path, to);
}

int
lstat(const char *path, struct stat *to)
{
	return io_fails("lstat", -1, EACCES) ? -1 : REAL(lstat)(path, to);
}

int
fstat(int fd, struct stat *to)
{
	return io_fails("fstat", fd, EIO) ? -1 : REAL(fstat)(fd, to);
}

int
access(const char *path, int mode)
{
	return io_fails("access", -1, EACCES) ? -1 : REAL(access)(path, mode);
}

ssize_t
readlink(const char *path, char *to, size_t len)
{
	return io_fails("readlink", -1, EIO) ? -1 : REAL(readlink)(path, to, len);
}

char *
realpath(const char *path, char *to)
{
	return io_fails("realpath", -1, EACCES) ? NULL : REAL(realpath)(path, to);
}

DIR *
opendir(const char *path)
{
	return io_fails("opendir", -1, EMFILE) ? NULL : REAL(opendir)(path);
}

struct dirent *
readdir(DIR *folder)
{
	return io_fails("readdir", -1, EIO) ? NULL : REAL(readdir)(folder);
}

iconv_t
iconv_open(const char *to, const char *from)
{
	return io_fails("iconv_open", -1, EINVAL) ? (iconv_t)-1
						  : REAL(iconv_open)(to, from);
}

int
pthread_create(
    pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *data)
{
	if (io_fails("pthread_create", -1, EAGAIN))
		return EAGAIN;
	return REAL(pthread_create)(thread, how, run, data);
}
