#include "cities/look.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static bool
begins_with_any(const char *s, const char *const *starts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strncasecmp(s, starts[i], strlen(starts[i])) == 0)
			return true;
	}
	return false;
}

static bool
ends_in_any(const char *s, const char *const *ends, size_t n)
{
	size_t len = strlen(s);
	for (size_t i = 0; i < n; i++) {
		size_t end = strlen(ends[i]);
		if (len > end && strcasecmp(s + len - end, ends[i]) == 0)
			return true;
	}
	return false;
}

static bool
is_any(const char *s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcasecmp(s, words[i]) == 0)
			return true;
	}
	return false;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum look
look_of(const char *s)
{
	static const char *const links[] = {"http:", "https:", "www."};
	static const char *const files[] = {".png", ".svg", ".jpg", ".jpeg", ".webp",
	    ".gif", ".bmp", ".tif", ".tiff", ".pdf", ".eps"};
	static const char *const nothing[] = {"-", "--", "–", "—", "/", "?", "...", "…",
	    "todo", "tbd", "n/a", "nvt", "n.v.t.", "waar", "onwaar", "true", "false"};
	if (s[0] == '\0')
		return LOOK_EMPTY;
	if (begins_with_any(s, links, COUNT(links)) && strchr(s, ' ') == NULL)
		return LOOK_LINK;
	if (ends_in_any(s, files, COUNT(files)))
		return LOOK_FILE;
	if (is_any(s, nothing, COUNT(nothing)))
		return LOOK_NOTHING;
	if (s[strspn(s, "0123456789 .,:/-+")] == '\0')
		return LOOK_NUMBER;
	return LOOK_TEXT;
}
