#include "logo/find.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/i18n.h"
#include "base/spelling.h"
#include "base/system.h"
#include "logo/suggest.h"

/* What messages need to know about a file. */
struct subject {
	const char *path, *name; /* with the folder's name and without it */
	struct place at;
	struct diag *d;
};

static void
report_unreadable(const struct subject *about)
{
	diag_report(about->d, RULE_LOGO_UNREADABLE, about->at, _("%s cannot be read: %s"),
	    about->path, system_words(errno).s);
}

static char *
join(const char *folder, const char *name)
{
	size_t len = strlen(folder);
	const char *slash = len > 0 && folder[len - 1] == '/' ? "" : "/";
	size_t size = len + strlen(name) + 2;
	char *path = memory_alloc(size);
	snprintf(path, size, "%s%s%s", folder, slash, name);
	return path;
}

bool
logo_folder_open(const char *name, struct diag *d, struct logo_folder *out)
{
	const struct place nowhere = {0};
	struct stat status;
	*out = (struct logo_folder){.name = name, .real = realpath(name, NULL)};
	if (out->real == NULL) {
		diag_report(d, RULE_LOGO_FOLDER, nowhere,
		    _("the logos folder %s cannot be opened: %s; name the right one with --logos"),
		    name, system_words(errno).s);
		return false;
	}
	if (stat(out->real, &status) != 0 || !S_ISDIR(status.st_mode)) {
		diag_report(d, RULE_LOGO_FOLDER, nowhere,
		    _("%s is a file; --logos takes the folder of the logos"), name);
		return false;
	}
	return true;
}

void
logo_folder_close(struct logo_folder *folder)
{
	free(folder->real);
	folder->real = NULL;
}

bool
logo_folder_is_empty(const struct logo_folder *folder, struct diag *d)
{
	struct arena scratch = {0};
	struct names names;
	/* where it cannot be listed, files in it can be read all the same */
	bool empty = files_list(&scratch, folder->real, &names) && names.n == 0;
	arena_free(&scratch);
	if (empty)
		diag_report(d, RULE_LOGO_FOLDER, (struct place){0},
		    _("the logos folder %s is empty; put the PNG files in it, or name the right one with --logos"),
		    folder->name);
	return empty;
}

/* The file that is probably meant where there is none ABOUT. */
static struct suggestion
find_meant(struct arena *a, const struct subject *about, const struct logo_folder *folder)
{
	const char *slash = strrchr(about->name, '/');
	size_t prefix = slash != NULL ? (size_t)(slash + 1 - about->name) : 0;
	size_t dir = strlen(about->path) - strlen(about->name) + prefix;
	struct missing missing = {
	    .dir = arena_strndup(a, about->path, dir),
	    .prefix = arena_strndup(a, about->name, prefix),
	    .name = about->name + prefix,
	    .asked = folder->asked,
	    .nasked = folder->nasked,
	};
	struct suggestion found = suggest_file(a, &missing);
	if (found.file != NULL || prefix == 0)
		return found;
	/* "logos/gent.png" in the folder logos */
	missing.dir = folder->name;
	missing.prefix = "";
	return suggest_file(a, &missing);
}

/* The name that the picture FILE has to get once it is a PNG. */
static const char *
png_name(struct arena *a, const char *name, const char *file)
{
	if (spelling_ends(name, ".png"))
		return name;
	return arena_printf(a, "%.*s.png", (int)(strrchr(file, '.') - file), file);
}

static void
report_found(struct arena *a, const struct subject *about, struct suggestion found)
{
	if (found.other_kind)
		diag_report(about->d, RULE_LOGO_MISSING, about->at,
		    _("%s not found, but %s is there; save it as a PNG named %s"),
		    about->path, found.file, png_name(a, about->name, found.file));
	else if (strcasecmp(found.file, about->name) == 0)
		diag_report(about->d, RULE_LOGO_MISSING, about->at,
		    _("%s not found, but %s is there; use the same upper and lower case"),
		    about->path, found.file);
	else
		diag_report(about->d, RULE_LOGO_MISSING, about->at,
		    _("%s not found; did you mean %s?"), about->path, found.file);
}

static void
report_missing(const struct subject *about, const struct logo_folder *folder)
{
	struct stat status;
	if (lstat(about->path, &status) == 0) {
		diag_report(about->d, RULE_LOGO_MISSING, about->at,
		    _("%s is a symbolic link to a missing file; put the file itself there"),
		    about->path);
		return;
	}
	struct arena scratch = {0};
	struct suggestion found = find_meant(&scratch, about, folder);
	if (found.file != NULL)
		report_found(&scratch, about, found);
	else
		diag_report(about->d, RULE_LOGO_MISSING, about->at,
		    _("%s not found; expected a PNG file in the folder %s"), about->path,
		    folder->name);
	arena_free(&scratch);
}

/* Whether the absolute path REAL lies below FOLDER. */
static bool
below(const struct logo_folder *folder, const char *real)
{
	size_t len = strlen(folder->real);
	if (len == 1)
		return true; /* the root of the file system */
	return strncmp(real, folder->real, len) == 0 && real[len] == '/';
}

/* The path of the file ABOUT without symbolic links, or NULL; the caller frees it. */
static char *
resolve(const struct subject *about, const struct logo_folder *folder)
{
	char *real = realpath(about->path, NULL);
	if (real == NULL && (errno == ENOENT || errno == ENOTDIR)) {
		report_missing(about, folder);
		return NULL;
	}
	if (real == NULL) {
		report_unreadable(about);
		return NULL;
	}
	if (below(folder, real))
		return real;
	diag_report(about->d, RULE_LOGO_OUTSIDE, about->at,
	    _("%s leads outside the folder %s (to %s); put a copy of the file in the folder"),
	    about->path, folder->name, real);
	free(real);
	return NULL;
}

/* Whether the open file FD is one that can be read whole. */
static bool
check_status(int fd, const struct subject *about, size_t *len)
{
	struct stat status;
	if (fstat(fd, &status) != 0)
		report_unreadable(about);
	else if (S_ISDIR(status.st_mode))
		diag_report(about->d, RULE_LOGO_UNREADABLE, about->at,
		    _("%s is a folder; expected a PNG file"), about->path);
	else if (!S_ISREG(status.st_mode))
		diag_report(about->d, RULE_LOGO_UNREADABLE, about->at,
		    _("%s is not a regular file; expected a PNG file"), about->path);
	else if (status.st_size == 0)
		diag_report(about->d, RULE_LOGO_UNREADABLE, about->at,
		    _("%s is empty (0 bytes); export the logo as PNG again"),
		    about->path);
	else if (status.st_size > LOGO_FILE_MAX)
		diag_report(about->d, RULE_LOGO_SIZE, about->at,
		    _("%s takes %lld MB; save the logo with at most %d MB"), about->path,
		    (long long)status.st_size / 1048576, LOGO_FILE_MAX / 1048576);
	else {
		*len = (size_t)status.st_size;
		return true;
	}
	return false;
}

bool
logo_file_read(const struct logo_folder *folder, struct text name, struct diag *d,
    struct logo_file *out)
{
	*out = (struct logo_file){.path = join(folder->name, name.s)};
	const struct subject about = {out->path, name.s, name.at, d};
	char *real = resolve(&about, folder);
	if (real == NULL)
		return false;
	/* a pipe must not be waited for */
	int fd = open(real, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		report_unreadable(&about);
	free(real);
	if (fd < 0)
		return false;
	size_t len = 0;
	bool ok = check_status(fd, &about, &len);
	if (ok) {
		buffer_reserve(&out->bytes, len);
		ok = files_read(fd, len, &out->bytes);
		if (!ok)
			report_unreadable(&about);
	}
	close(fd);
	return ok;
}

void
logo_file_close(struct logo_file *file)
{
	free(file->path);
	buffer_free(&file->bytes);
	*file = (struct logo_file){0};
}
