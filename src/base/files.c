#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

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

const char *
files_find(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/'), *folder = slash == path ? "/" : "";
	const char *name = slash != NULL ? slash + 1 : path;
	struct names names;
	if (slash != NULL && slash > path)
		folder = arena_printf(a, "%s/",
		    files_find(a, arena_strndup(a, path, (size_t)(slash - path))));
	if (access(path, F_OK) == 0 || utf8_valid(name, strlen(name)) < strlen(name) ||
	    !files_list(a, folder[0] != '\0' ? folder : ".", &names))
		return path;
	for (int i = 0; i < names.n; i++) {
		const char *other = names.list[i];
		if (utf8_valid(other, strlen(other)) == strlen(other) &&
		    strcmp(utf8_nfc(a, other), utf8_nfc(a, name)) == 0)
			return arena_printf(a, "%s%s", folder, other);
	}
	return path;
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
