#include "logo/suggest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/spelling.h"

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
is_asked(const struct missing *missing, const char *file)
{
	return missing->nasked > 0 &&
	    bsearch(&file, missing->asked, (size_t)missing->nasked,
		sizeof *missing->asked, compare_strings) != NULL;
}

struct suggestion
suggest_file(struct arena *a, const struct missing *missing)
{
	const char **unasked = NULL;
	int nunasked = 0;
	struct suggestion found = {0};
	enum likeness best = UNLIKE;
	for (int i = 0; i < missing->files->n; i++) {
		const char *name = missing->files->list[i].key;
		const char *file = arena_printf(a, "%s%s", missing->prefix, name);
		if (is_asked(missing, file))
			continue;
		if (ends_in(name, usable))
			*arena_append(a, unasked, nunasked) = name;
		enum likeness likeness = likeness_of(name, missing->name);
		if (likeness <= best) /* of several alike, none is the one */
			found.file = likeness < best ? file : NULL;
		if (likeness < best)
			best = likeness;
	}
	found.other_kind = found.file != NULL && best == OTHER_KIND;
	if (found.file != NULL)
		return found;
	const char *nearest = spelling_nearest_file(missing->name, unasked, nunasked);
	if (nearest != NULL)
		found.file = arena_printf(a, "%s%s", missing->prefix, nearest);
	return found;
}
