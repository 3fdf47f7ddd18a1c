#include "read/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/system.h"
#include "read/words.h"

enum { NAMES_MAX = 10000 };

/* The file of the folder of PATH whose name is nearest to it; NULL: none is. */
static const char *
nearest_file(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	size_t folder_len = (size_t)(name - path);
	DIR *folder = opendir(folder_len > 0 ? arena_strndup(a, path, folder_len) : ".");
	if (folder == NULL)
		return NULL;
	const char **names = NULL;
	int n = 0;
	for (const struct dirent *entry; n < NAMES_MAX && (entry = readdir(folder));)
		*arena_append(a, names, n) = arena_strdup(a, entry->d_name);
	closedir(folder);
	const char *nearest = words_nearest(name, names, n);
	if (nearest == NULL)
		return NULL;
	return arena_printf(a, "%.*s%s", (int)folder_len, path, nearest);
}

static void
report_missing(const char *path, struct arena *a, struct diag *d)
{
	struct place at = {.file = path};
	const char *nearest = nearest_file(a, path);
	if (nearest != NULL)
		diag_error(d, at, _("file not found; did you mean \"%s\"?"), nearest);
	else
		diag_error(d, at, _("file not found; expected a file at this path"));
}

static void
report_open(const char *path, struct arena *a, struct diag *d)
{
	struct place at = {.file = path};
	if (path[0] == '\0')
		diag_error(d, (struct place){0},
		    _("the name of an input is empty; give the path of a file"));
	else if (errno == ENOENT)
		report_missing(path, a, d);
	else if (errno == ENOTDIR)
		diag_error(d, at,
		    _("file not found: a part of this path is no folder; correct the path"));
	else if (errno == EACCES)
		diag_error(d, at,
		    _("no permission to read this file; allow reading it, for example with \"chmod +r\""));
	else
		diag_error(d, at, _("cannot be opened: %s"), system_words(errno).s);
}

static const char *
human_size(struct arena *a, size_t bytes)
{
	if (bytes >= 1024 * 1024)
		return arena_printf(a, _("%zu MB"), bytes / (1024 * 1024));
	return arena_printf(a, _("%zu KB"), bytes / 1024);
}

/* Appends all that FD holds to OUT, as far as the first byte too much. */
static bool
read_all(int fd, size_t limit, struct buffer *out)
{
	while (out->len <= limit) {
		size_t room = 64 * 1024;
		ssize_t n = read(fd, buffer_reserve(out, room), room);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		out->len += (size_t)n;
	}
	return true;
}

static bool
read_open(int fd, struct source_request what, struct arena *a, struct diag *d,
    struct source *out)
{
	struct place at = {.file = out->file};
	struct stat st;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		diag_error(d, at, _("this is a folder; expected a file"));
		return false;
	}
	struct buffer bytes = {0};
	bool ok = read_all(fd, what.limit, &bytes);
	if (!ok)
		diag_error(d, at, _("cannot be read: %s"), system_words(errno).s);
	if (ok && bytes.len > what.limit) {
		diag_error(d, at, _("the file is larger than %s; expected a smaller one"),
		    human_size(a, what.limit));
		ok = false;
	}
	if (ok) {
		out->len = bytes.len;
		out->bytes = arena_strndup(a, bytes.data, bytes.len);
	}
	buffer_free(&bytes);
	return ok;
}

bool
source_read(
    struct source_request what, struct arena *a, struct diag *d, struct source *out)
{
	bool is_stdin = strcmp(what.path, "-") == 0;
	*out = (struct source){.file = is_stdin ? "<stdin>" : arena_strdup(a, what.path)};
	if (is_stdin)
		return read_open(STDIN_FILENO, what, a, d, out);
	int fd = open(what.path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		report_open(out->file, a, d);
		return false;
	}
	bool ok = read_open(fd, what, a, d, out);
	close(fd);
	return ok;
}
