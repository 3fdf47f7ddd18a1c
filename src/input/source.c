#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/i18n.h"
#include "base/spelling.h"
#include "base/system.h"

/* The file of the folder of PATH whose name is nearest to it; NULL: none is. */
static const char *
nearest_file(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	int folder_len = (int)(name - path);
	struct names names;
	const char *folder =
	    folder_len > 0 ? arena_printf(a, "%.*s", folder_len, path) : ".";
	if (!files_list(a, folder, &names))
		return NULL;
	const char **words = arena_alloc(a, (size_t)names.n * sizeof *words);
	for (int i = 0; i < names.n; i++)
		words[i] = names.list[i].s;
	const char *nearest = spelling_nearest_file(name, words, names.n);
	/* a link to nowhere is there itself */
	if (nearest == NULL || strcmp(nearest, name) == 0)
		return NULL;
	return arena_printf(a, "%.*s%s", folder_len, path, nearest);
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
		diag_report(
		    d, RULE_FILE_MISSING, at, _("file not found; correct its path"));
}

static void
report_open(const char *path, struct arena *a, struct diag *d)
{
	struct place at = {.file = path};
	if (path[0] == '\0')
		diag_report(d, RULE_FILE_MISSING, (struct place){0},
		    _("an input has an empty name; give the path of a file"));
	else if (errno == ENOENT || errno == ENOTDIR)
		report_missing(path, a, d);
	else if (errno == EACCES)
		diag_report(d, RULE_FILE_UNREADABLE, at,
		    _("no permission to read this file; allow it, for example with \"chmod +r\""));
	else
		diag_report(d, RULE_FILE_UNREADABLE, at, _("cannot be opened: %s"),
		    system_words(errno).s);
}

/* Reads FD, which is open. */
static bool
read_file(int fd, size_t limit, struct arena *a, struct diag *d, struct source *out)
{
	const size_t mb = 1024 * 1024;
	struct place at = {.file = out->file};
	struct stat st;
	struct buffer bytes = {0};
	bool ok = false;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		diag_report(
		    d, RULE_FILE_UNREADABLE, at, _("this is a folder; expected a file"));
	else if (!files_read(fd, limit + 1, &bytes))
		diag_report(d, RULE_FILE_UNREADABLE, at, _("cannot be read: %s"),
		    system_words(errno).s);
	else if (bytes.len > limit)
		diag_report(d, RULE_FILE_SIZE, at,
		    _("the file is larger than %zu MB; make it smaller"), limit / mb);
	else
		ok = true;
	if (ok) {
		out->len = bytes.len;
		out->bytes = arena_strndup(a, bytes.data, bytes.len);
	}
	buffer_free(&bytes);
	return ok;
}

bool
source_read(
    const char *path, size_t limit, struct arena *a, struct diag *d, struct source *out)
{
	bool is_stdin = strcmp(path, "-") == 0;
	*out = (struct source){.file = is_stdin ? "<stdin>" : arena_strdup(a, path)};
	int fd = STDIN_FILENO;
	if (!is_stdin)
		fd = open(files_find(a, path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		report_open(out->file, a, d);
		return false;
	}
	bool ok = read_file(fd, limit, a, d, out);
	if (!is_stdin)
		close(fd);
	return ok;
}
