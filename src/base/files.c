#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

static int
compare_keys(const void *a, const void *b)
{
	return strcmp(((const struct name *)a)->key, ((const struct name *)b)->key);
}

static int
compare_names(const void *a, const void *b)
{
	int order = compare_keys(a, b);
	if (order != 0)
		return order;
	return strcmp(((const struct name *)a)->s, ((const struct name *)b)->s);
}

/* What is equal for names that a person cannot tell apart. */
static const char *
key_of(struct arena *a, const char *name)
{
	if (utf8_valid(name, strlen(name)) < strlen(name))
		return name;
	return utf8_nfc(a, utf8_typed(a, name));
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
	for (const struct dirent *e; (e = readdir(entries)) != NULL; errno = 0) {
		if (e->d_name[0] == '.')
			continue;
		const char *name = arena_strdup(a, e->d_name);
		*arena_append(a, out->list, out->n) =
		    (struct name){name, key_of(a, name)};
	}
	int error = errno;
	closedir(entries);
	errno = error;
	if (out->n > 0)
		qsort(out->list, (size_t)out->n, sizeof *out->list, compare_names);
	return error == 0;
}

const char *
names_find(struct arena *a, const struct names *names, const char *name)
{
	const struct name wanted = {name, key_of(a, name)}, *found = NULL;
	size_t n = (size_t)names->n;
	if (n > 0)
		found = bsearch(&wanted, names->list, n, sizeof wanted, compare_names);
	if (n > 0 && found == NULL)
		found = bsearch(&wanted, names->list, n, sizeof wanted, compare_keys);
	return found != NULL ? found->s : NULL;
}

const char *
files_find(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/'), *folder = "";
	struct names names;
	if (access(path, F_OK) == 0)
		return path;
	if (slash == path)
		folder = "/";
	else if (slash != NULL)
		folder = arena_printf(a, "%s/",
		    files_find(a, arena_strndup(a, path, (size_t)(slash - path))));
	if (!files_list(a, folder[0] != '\0' ? folder : ".", &names))
		return path;
	const char *found = names_find(a, &names, slash != NULL ? slash + 1 : path);
	return found != NULL ? arena_printf(a, "%s%s", folder, found) : path;
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
