#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool
files_list(struct arena *a, const char *dir, struct names *out)
{
	*out = (struct names){0};
	DIR *entries = opendir(dir);
	if (entries == NULL && errno == ENOMEM)
		memory_exhausted();
	if (entries == NULL)
		return false;
	errno = 0;
	for (const struct dirent *e; (e = readdir(entries)) != NULL; errno = 0)
		if (e->d_name[0] != '.')
			*arena_append(a, out->list, out->n) = arena_strdup(a, e->d_name);
	int error = errno;
	closedir(entries);
	errno = error;
	if (out->n > 0)
		qsort(out->list, (size_t)out->n, sizeof *out->list, compare_names);
	return error == 0;
}

bool
files_read(int fd, size_t limit, struct buffer *out)
{
	const size_t least = 64 * 1024;
	const size_t end = out->len + limit;
	while (out->len < end) {
		size_t room = out->cap - out->len > least ? out->cap - out->len : least;
		if (room > end - out->len)
			room = end - out->len;
		ssize_t n = read(fd, buffer_reserve(out, room), room);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		out->len += (size_t)n;
	}
	return true;
}
