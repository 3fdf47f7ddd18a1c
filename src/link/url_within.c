#include "link/url_within.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "link/url_spell.h"

/* The bytes of what stands at S where it is no part of a link, but keeps it apart from
 * the words around; 0: it is none. */
static size_t
mark_len(const char *s)
{
	static const char *const marks[] = {" ", "\n", "|", "<", ">", "\"", "“", "”", "„",
	    "‘", "’", "«", "»", "–", "—", "\xc2\xa0"};
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		size_t len = strlen(marks[i]);
		if (strncmp(s, marks[i], len) == 0)
			return len;
	}
	return 0;
}

/* Whether a mark ends at TEXT[I]. */
static bool
is_behind_mark(const char *text, size_t i)
{
	for (size_t len = 1; len <= 3 && len <= i; len++) {
		if (mark_len(text + i - len) == len)
			return true;
	}
	return i == 0;
}

static bool
has_scheme(const char *s)
{
	return strncasecmp(s, "http://", 7) == 0 || strncasecmp(s, "https://", 8) == 0;
}

/* Whether a link begins at TEXT[I], which is no part of one before it, of which there are
 * FOUND. */
static bool
begins_link(const char *text, size_t i, int found)
{
	const char *s = text + i;
	if (!has_scheme(s) && strncasecmp(s, "www.", 4) != 0)
		return false;
	if (is_behind_mark(text, i))
		return true;
	if (memchr(text, '?', i) != NULL)
		return false;
	if (strchr(",;('[", s[-1]) != NULL)
		return true;
	bool encoded = i >= 3 && s[-3] == '%';
	return found > 0 && has_scheme(s) && isalnum((unsigned char)s[-1]) && !encoded;
}

/* As url_count; FIRST is where the first of them begins. */
static int
count_links(const char *text, const char **first)
{
	int n = 0;
	for (size_t i = 0; text[i] != '\0'; i++) {
		if (begins_link(text, i, n) && n++ == 0)
			*first = text + i;
	}
	return n;
}

int
url_count(const char *text)
{
	const char *first;
	return count_links(text, &first);
}

/* Whether no words stand in S, only marks. */
static bool
has_no_words(const char *s)
{
	while (*s != '\0' && !isalnum((unsigned char)*s))
		s++;
	return *s == '\0';
}

const char *
url_within(struct arena *a, const char *text)
{
	const char *s = NULL;
	if (count_links(text, &s) != 1)
		return NULL;
	/* in "javascript:f('https://…')" nothing is meant to be a link */
	size_t scheme = url_scheme_len(text);
	if (s > text && scheme > 0 && text[scheme + 1] != ' ')
		return NULL;
	size_t len = 0;
	while (s[len] != '\0' && mark_len(s + len) == 0)
		len++;
	if (s == text && (s[len] == '\0' || !has_no_words(s + len)))
		return NULL;
	if (s > text && strchr("('[", s[-1]) != NULL) {
		const char *end = memchr(s,
		    s[-1] == '('       ? ')'
			: s[-1] == '[' ? ']'
				       : '\'',
		    len);
		len = end != NULL ? (size_t)(end - s) : len;
	}
	while (len > 0 && strchr(".,;:!", s[len - 1]) != NULL)
		len--;
	return url_spell(a, arena_strndup(a, s, len));
}
