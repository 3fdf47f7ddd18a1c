#include "input/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/spelling.h"
#include "base/system.h"

enum { NAMES_MAX = 10000, KB = 1024, MB = 1024 * KB };

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
	const char *nearest = words_nearest_file(name, names, n);
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
		diag_report(d, RULE_FILE_MISSING, at,
		    _("file not found; did you mean \"%s\"?"), nearest);
	else
		diag_report(d, RULE_FILE_MISSING, at,
		    _("file not found; expected a file at this path"));
}

static void
report_open(const char *path, struct arena *a, struct diag *d)
{
	struct place at = {.file = path};
	if (path[0] == '\0')
		diag_report(d, RULE_FILE_MISSING, (struct place){0},
		    _("the name of an input is empty; give the path of a file"));
	else if (errno == ENOENT)
		report_missing(path, a, d);
	else if (errno == ENOTDIR)
		diag_report(d, RULE_FILE_MISSING, at,
		    _("file not found: a part of this path is no folder; correct the path"));
	else if (errno == EACCES)
		diag_report(d, RULE_FILE_UNREADABLE, at,
		    _("no permission to read this file; allow reading it, for example with \"chmod +r\""));
	else
		diag_report(d, RULE_FILE_UNREADABLE, at, _("cannot be opened: %s"),
		    system_words(errno).s);
}

static const char *
human_size(struct arena *a, size_t bytes)
{
	if (bytes >= MB)
		return arena_printf(a, _("%zu MB"), bytes / MB);
	return arena_printf(a, _("%zu KB"), bytes / KB);
}

/* Appends all that FD holds to OUT, as far as the first byte too much. */
static bool
read_all(int fd, size_t limit, struct buffer *out)
{
	while (out->len <= limit) {
		const size_t room = 65536;
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
is_folder(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Moves BYTES into OUT when they are within LIMIT. */
static bool
keep(const struct buffer *bytes, size_t limit, struct arena *a, struct source *out)
{
	if (bytes->len > limit)
		return false;
	out->len = bytes->len;
	out->bytes = arena_strndup(a, bytes->data, bytes->len);
	return true;
}

bool
source_read(
    struct source_request what, struct arena *a, struct diag *d, struct source *out)
{
	bool is_stdin = strcmp(what.path, "-") == 0;
	*out = (struct source){.file = is_stdin ? "<stdin>" : arena_strdup(a, what.path)};
	struct place at = {.file = out->file};
	int fd = STDIN_FILENO;
	if (!is_stdin)
		fd = open(what.path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		report_open(out->file, a, d);
		return false;
	}
	struct buffer bytes = {0};
	bool ok = false;
	if (is_folder(fd))
		diag_report(
		    d, RULE_FILE_UNREADABLE, at, _("this is a folder; expected a file"));
	else if (!read_all(fd, what.limit, &bytes))
		diag_report(d, RULE_FILE_UNREADABLE, at, _("cannot be read: %s"),
		    system_words(errno).s);
	else if (!keep(&bytes, what.limit, a, out))
		diag_report(d, RULE_FILE_SIZE, at,
		    _("the file is larger than %s; expected a smaller one"),
		    human_size(a, what.limit));
	else
		ok = true;
	buffer_free(&bytes);
	if (!is_stdin)
		close(fd);
	return ok;
}
