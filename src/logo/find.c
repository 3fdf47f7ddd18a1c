#include "logo/find.h"

#include <ctype.h>
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
#include "base/utf8.h"

/* Of so many names together is looked which one is meant: 1,000 missing files of 1,000
 * are a slip each, more are not. */
enum { COMPARED_MAX = 1000000 };

/* What messages need to know about a file. */
struct subject {
	const char *path, *name; /* with the folder's name and without it */
	struct diag *d;
};

/* The reader of the list knows the place. */
static const struct place nowhere;

static void
report_unreadable(const struct subject *about)
{
	diag_report(about->d, RULE_LOGO_UNREADABLE, nowhere, _("%s cannot be read: %s"),
	    about->path, system_words(errno).s);
}

/* Lists the folder PATH, which is below FOLDER by way of PREFIX. */
static struct listing
list_folder(struct arena *a, const char *prefix, const char *path)
{
	const char *found = files_find(a, path);
	struct listing out = {.prefix = prefix, .path = arena_printf(a, "%s/", found)};
	out.listed = files_list(a, found, &out.names);
	return out;
}

/* The folder that the file NAME is in. */
static const struct listing *
listing_of(struct logo_folder *folder, const char *name)
{
	struct arena *a = &folder->arena;
	const char *slash = strrchr(name, '/'), *last = folder->last.prefix;
	if (slash == NULL)
		return &folder->top;
	size_t len = (size_t)(slash + 1 - name);
	if (last == NULL || strlen(last) != len || strncmp(last, name, len) != 0)
		folder->last = list_folder(a, arena_strndup(a, name, len),
		    arena_printf(a, "%s/%.*s", folder->name, (int)len - 1, name));
	return &folder->last;
}

static bool
open_folder(struct logo_folder *folder, struct diag *d)
{
	struct stat status;
	folder->real = realpath(folder->name, NULL);
	if (folder->real == NULL) {
		diag_report(d, RULE_LOGO_FOLDER, nowhere,
		    _("the logos folder %s cannot be opened: %s; name the right one with --logos"),
		    folder->name, system_words(errno).s);
		return false;
	}
	if (stat(folder->real, &status) != 0 || !S_ISDIR(status.st_mode)) {
		diag_report(d, RULE_LOGO_FOLDER, nowhere,
		    _("%s is a file; --logos takes the folder of the logos"),
		    folder->name);
		return false;
	}
	folder->top = list_folder(&folder->arena, "", folder->name);
	/* where it cannot be listed, files in it can be read all the same */
	bool empty = folder->top.listed && folder->top.names.n == 0;
	if (empty && folder->nasked > 0)
		diag_report(d, RULE_LOGO_FOLDER, nowhere,
		    _("the logos folder %s is empty; put the logos in it, or name the right one with --logos"),
		    folder->name);
	return !empty || folder->nasked == 0;
}

bool
logo_folder_open(const char *name, const char *const *asked, int n, struct diag *d,
    struct logo_folder *out)
{
	*out = (struct logo_folder){.name = name, .asked = asked, .nasked = n};
	struct arena *a = &out->arena;
	if (!open_folder(out, d))
		return false;
	const char *slash = name[strlen(name) - 1] == '/' ? "" : "/";
	out->shown = arena_alloc(a, (size_t)n * sizeof *out->shown);
	out->paths = arena_alloc(a, (size_t)n * sizeof *out->paths);
	for (int i = 0; i < n; i++) {
		const struct listing *in = listing_of(out, asked[i]);
		const char *file = asked[i] + strlen(in->prefix);
		const char *found = names_find(a, &in->names, file);
		out->shown[i] = arena_printf(a, "%s%s%s", name, slash, asked[i]);
		out->paths[i] =
		    arena_printf(a, "%s%s", in->path, found != NULL ? found : file);
	}
	return true;
}

void
logo_folder_close(struct logo_folder *folder)
{
	free(folder->real);
	folder->real = NULL;
	arena_free(&folder->arena);
}

/* --- the file that was meant ---------------------------------------------------- */

struct suggestion {
	const char *file; /* with its prefix; NULL: none comes to mind */
	bool other_kind;  /* FILE has the right name, but is not a PNG */
};

enum { PART_MIN = 3 }; /* characters that a part of a name has at least */

/* How a file resembles the one that is missing, the surest way first. */
enum likeness { OTHER_CASE, OTHER_ENDING, WITH_MORE_WORDS, OTHER_KIND, UNLIKE };

static size_t
stem_len(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name);
}

/* Files that can be logos, and pictures that cannot. */
static const char *const usable[] = {".png", ".jpg", ".jpeg", ".svg", NULL};
static const char *const unusable[] = {".webp", ".gif", ".bmp", ".tif", ".tiff", ".pdf",
    ".eps", ".ai", ".avif", ".heic", NULL};

static bool
ends_in(const char *name, const char *const *endings)
{
	while (*endings != NULL && !spelling_ends(name, *endings))
		endings++;
	return *endings != NULL;
}

static bool
has_same_stem(const char *file, const char *name)
{
	size_t len = stem_len(file);
	return (len == stem_len(name) || len == strlen(name)) &&
	    strncasecmp(file, name, len) == 0;
}

static bool
is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Whether FILE has the words of NAME in it, with others around. */
static bool
holds_stem(const char *file, const char *name)
{
	size_t n = stem_len(name), len = strlen(file);
	for (size_t i = 0; n >= PART_MIN && i + n <= len; i++) {
		if (strncasecmp(file + i, name, n) == 0 &&
		    (i == 0 || !is_letter(file[i - 1])) && !is_letter(file[i + n]))
			return true;
	}
	return false;
}

static enum likeness
likeness_of(const char *file, const char *name)
{
	if (!ends_in(file, usable))
		return ends_in(file, unusable) && has_same_stem(file, name) ? OTHER_KIND
									    : UNLIKE;
	return strcasecmp(file, name) == 0 ? OTHER_CASE
	    : has_same_stem(file, name)    ? OTHER_ENDING
	    : holds_stem(file, name)       ? WITH_MORE_WORDS
					   : UNLIKE;
}

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether a city has the file already. */
static bool
is_asked(const struct logo_folder *folder, const char *file)
{
	return bsearch(&file, folder->asked, (size_t)folder->nasked,
		   sizeof *folder->asked, compare_strings) != NULL;
}

/* Looks for NAME among FILES in other case, as a part ("gent.png" in "logo-gent
 * (1).png"), in another format, and misspelt, in this order.  None of those that the
 * cities have is proposed for another one. */
static struct suggestion
suggest(struct arena *a, struct logo_folder *folder, const struct listing *files,
    const char *name)
{
	const char **unasked = NULL;
	int nunasked = 0;
	struct suggestion found = {0};
	enum likeness best = UNLIKE;
	folder->compared += files->names.n;
	for (int i = 0; i < files->names.n; i++) {
		const char *key = files->names.list[i].key;
		const char *file = arena_printf(a, "%s%s", files->prefix, key);
		if (is_asked(folder, file))
			continue;
		if (ends_in(key, usable))
			*arena_append(a, unasked, nunasked) = key;
		enum likeness likeness = likeness_of(key, name);
		if (likeness <= best) /* of several alike, none is the one */
			found.file = likeness < best ? file : NULL;
		if (likeness < best)
			best = likeness;
	}
	found.other_kind = found.file != NULL && best == OTHER_KIND;
	if (found.file != NULL)
		return found;
	const char *nearest = spelling_nearest_file(name, unasked, nunasked);
	if (nearest != NULL)
		found.file = arena_printf(a, "%s%s", files->prefix, nearest);
	return found;
}

/* The file that is probably meant where there is none of that NAME. */
static struct suggestion
find_meant(struct arena *a, struct logo_folder *folder, const char *name)
{
	const struct listing *in = listing_of(folder, name);
	name += strlen(in->prefix);
	struct suggestion found = suggest(a, folder, in, name);
	if (found.file != NULL || in == &folder->top)
		return found;
	/* "logos/gent.png" in the folder logos */
	return suggest(a, folder, &folder->top, name);
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
		diag_report(about->d, RULE_LOGO_MISSING, nowhere,
		    _("%s not found, but %s is there; save it as a PNG named %s"),
		    about->path, found.file, png_name(a, about->name, found.file));
	else if (strcasecmp(found.file, about->name) == 0)
		diag_report(about->d, RULE_LOGO_MISSING, nowhere,
		    _("%s not found, but %s is there; use the same upper and lower case"),
		    about->path, found.file);
	else if (strcmp(utf8_casefold(a, found.file), utf8_casefold(a, about->name)) == 0)
		diag_report(about->d, RULE_LOGO_MISSING, nowhere,
		    _("%s not found, but a file is there whose name only looks like it; rename that file to %s"),
		    about->path, about->name);
	else
		diag_report(about->d, RULE_LOGO_MISSING, nowhere,
		    _("%s not found; did you mean %s?"), about->path, found.file);
}

/* --- files ---------------------------------------------------------------------- */

/* Whether the absolute path REAL lies below FOLDER. */
static bool
below(const struct logo_folder *folder, const char *real)
{
	size_t len = strlen(folder->real);
	if (len == 1)
		return true; /* the root of the file system */
	return strncmp(real, folder->real, len) == 0 && real[len] == '/';
}

/* The path of the file ABOUT, which the disk has at PATH, without symbolic links; NULL:
 * it is missing or cannot be had.  The caller frees it. */
static char *
resolve(const struct subject *about, const char *path, const struct logo_folder *folder,
    bool *missing)
{
	char *real = realpath(path, NULL);
	*missing = real == NULL && (errno == ENOENT || errno == ENOTDIR);
	if (real == NULL && !*missing)
		report_unreadable(about);
	if (real == NULL || below(folder, real))
		return real;
	diag_report(about->d, RULE_LOGO_OUTSIDE, nowhere,
	    _("%s leads outside the folder %s (to %s); put a copy of the file in the folder"),
	    about->path, folder->name, real);
	free(real);
	return NULL;
}

/* Whether the open file FD is one that can be read whole. */
static bool
check_status(int fd, const struct subject *about, struct stat *status)
{
	if (fstat(fd, status) != 0)
		report_unreadable(about);
	else if (S_ISDIR(status->st_mode))
		diag_report(about->d, RULE_LOGO_UNREADABLE, nowhere,
		    _("%s is a folder; expected a PNG, JPEG or SVG file"), about->path);
	else if (!S_ISREG(status->st_mode))
		diag_report(about->d, RULE_LOGO_UNREADABLE, nowhere,
		    _("%s is not a regular file; expected a PNG, JPEG or SVG file"),
		    about->path);
	else if (status->st_size == 0)
		diag_report(about->d, RULE_LOGO_UNREADABLE, nowhere,
		    _("%s is empty (0 bytes); export the logo again"), about->path);
	else if (status->st_size > LOGO_FILE_MAX)
		diag_report(about->d, RULE_LOGO_SIZE, nowhere,
		    _("%s takes %lld MB; save the logo with at most %d MB"), about->path,
		    (long long)status->st_size / 1048576, LOGO_FILE_MAX / 1048576);
	else
		return true;
	return false;
}

bool
logo_file_read(
    const struct logo_folder *folder, int i, struct diag *d, struct logo_file *out)
{
	const struct subject about = {folder->shown[i], folder->asked[i], d};
	*out = (struct logo_file){0};
	char *real = resolve(&about, folder->paths[i], folder, &out->missing);
	if (real == NULL)
		return false;
	/* a pipe must not be waited for */
	int fd = open(real, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		report_unreadable(&about);
	free(real);
	if (fd < 0)
		return false;
	struct stat status;
	bool ok = check_status(fd, &about, &status);
	if (ok) {
		size_t len = (size_t)status.st_size;
		out->dev = status.st_dev;
		out->ino = status.st_ino;
		buffer_reserve(&out->bytes, len);
		ok = files_read(fd, len, &out->bytes);
		if (!ok)
			report_unreadable(&about);
	}
	close(fd);
	return ok;
}

void
logo_folder_miss(struct logo_folder *folder, int i, struct diag *d)
{
	struct arena scratch = {0};
	const struct subject about = {folder->shown[i], folder->asked[i], d};
	struct suggestion found = {0};
	struct stat status;
	bool is_link = lstat(folder->paths[i], &status) == 0;
	if (!is_link && folder->compared < COMPARED_MAX)
		found = find_meant(&scratch, folder, about.name);
	if (is_link)
		diag_report(d, RULE_LOGO_MISSING, nowhere,
		    _("%s is a symbolic link to a missing file; put the file itself there"),
		    about.path);
	else if (found.file != NULL)
		report_found(&scratch, &about, found);
	else
		diag_report(d, RULE_LOGO_MISSING, nowhere,
		    _("%s not found; expected a PNG, JPEG or SVG file in the folder %s"),
		    about.path, folder->name);
	arena_free(&scratch);
}
