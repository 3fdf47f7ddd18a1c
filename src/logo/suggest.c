#include "logo/suggest.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/spelling.h"

enum { PART_MIN = 3 }; /* characters that a part of a name has at least */

/* The files of a folder that may be meant. */
struct folder_files {
	const char **png, **other;
	int npng, nother;
};

static size_t
stem_len(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name);
}

static bool
has_ending(const char *name, const char *ending)
{
	return strcasecmp(name + stem_len(name), ending) == 0;
}

static bool
is_other_picture(const char *name)
{
	static const char *const endings[] = {".svg", ".jpg", ".jpeg", ".webp", ".gif",
	    ".bmp", ".tif", ".tiff", ".pdf", ".eps", ".ai", ".avif", ".heic"};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		if (has_ending(name, endings[i]))
			return true;
	}
	return false;
}

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether a city has the file already. */
static bool
is_asked(const struct missing *missing, const char *file)
{
	return missing->nasked > 0 &&
	    bsearch(&file, missing->asked, (size_t)missing->nasked,
		sizeof *missing->asked, compare_strings) != NULL;
}

static bool
list_files(struct arena *a, const struct missing *missing, struct folder_files *out)
{
	DIR *entries = opendir(missing->dir);
	if (entries == NULL && errno == ENOMEM)
		memory_exhausted();
	if (entries == NULL)
		return false;
	for (const struct dirent *e; (e = readdir(entries)) != NULL;) {
		const char *file = arena_printf(a, "%s%s", missing->prefix, e->d_name);
		if (e->d_name[0] == '.' || is_asked(missing, file))
			continue;
		if (has_ending(e->d_name, ".png"))
			*arena_append(a, out->png, out->npng) =
			    file + strlen(missing->prefix);
		else if (is_other_picture(e->d_name))
			*arena_append(a, out->other, out->nother) =
			    file + strlen(missing->prefix);
	}
	closedir(entries);
	/* folders are listed in any order */
	if (out->npng > 0)
		qsort(out->png, (size_t)out->npng, sizeof *out->png, compare_strings);
	return true;
}

/* --- ways to be meant ------------------------------------------------------------------
 */

static bool
is_same(const char *file, const char *name)
{
	return strcasecmp(file, name) == 0;
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

/* The one of N FILES that MATCHES NAME; NULL: none does, or several do. */
static const char *
find(const char *const *files, int n, const char *name,
    bool (*matches)(const char *, const char *))
{
	const char *found = NULL;
	for (int i = 0; i < n; i++) {
		if (!matches(files[i], name))
			continue;
		if (found != NULL)
			return NULL;
		found = files[i];
	}
	return found;
}

struct suggestion
suggest_file(struct arena *a, const struct missing *missing)
{
	struct folder_files files = {0};
	struct suggestion found = {0};
	if (!list_files(a, missing, &files))
		return found;
	bool (*const ways[])(const char *, const char *) = {
	    is_same, has_same_stem, holds_stem};
	for (size_t i = 0; i < sizeof ways / sizeof ways[0] && found.file == NULL; i++)
		found.file = find(files.png, files.npng, missing->name, ways[i]);
	if (found.file == NULL) {
		found.file =
		    find(files.other, files.nother, missing->name, has_same_stem);
		found.other_kind = found.file != NULL;
	}
	if (found.file == NULL)
		found.file = words_nearest_file(missing->name, files.png, files.npng);
	if (found.file != NULL)
		found.file = arena_printf(a, "%s%s", missing->prefix, found.file);
	return found;
}
