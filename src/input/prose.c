#include "input/prose.h"

#include <string.h>

#include "base/i18n.h"
#include "base/pattern.h"
#include "base/utf8.h"

const char *
prose_clean(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, utf8_typed(a, s));
	size_t n = 0;
	for (s = out; *s != '\0'; s++) {
		bool space = *s == ' ' || *s == '\t' || *s == '\n' || *s == '\r';
		if (!space)
			out[n++] = *s;
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	if (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return utf8_nfc(a, out);
}

bool
prose_is_blank(const char *s)
{
	size_t len = strlen(s);
	int32_t u = ' ';
	for (size_t i = 0; i < len && utf8_is_blank(u);)
		i += utf8_decode(s + i, len - i, &u);
	return utf8_is_blank(u);
}

size_t
prose_control(const char *s, size_t len, int32_t *u)
{
	for (size_t i = 0; i < len;) {
		size_t n = utf8_decode(s + i, len - i, u);
		if (utf8_is_control(*u))
			return i;
		i += n;
	}
	return len;
}

const char *
prose_control_fault(struct arena *a, int32_t u)
{
	const char *fault = _("there is a control character (U+%04X) here; remove it");
	if (u == 0x0b || u == 0x0c || u == 0x85 || u == 0x2028 || u == 0x2029)
		fault = _(
		    "there is a line or page break of a word processor (U+%04X) here; write a space or begin a new line instead");
	else if (u == 0x1e)
		fault = _(
		    "there is a word processor's hyphen without a break (U+%04X) here; write \"-\" instead");
	else if (u == 0x1f)
		fault = _(
		    "there is a word processor's hyphen for the end of a line (U+%04X) here; remove it");
	return arena_printf(a, fault, (unsigned)u);
}

/* A tag, as "<b>", "</b>", "<br />" and "<a href=…>", where a mailbox or words in
 * brackets are none; or a character reference, as "&amp;", "&#39;" and "&frac12;". */
static const char html[] = "</?[a-z]+[0-9]*( */?| [^>]*=[^>]*)>|"
			   "&#?([a-z]{2,}[0-9]*|[a-z][0-9]+|[0-9]{2,});";

const char *
prose_markup(struct arena *a, const char *s)
{
	size_t len = strlen(s);
	regmatch_t part;
	if (len > 2 && strchr("*_`", s[0]) != NULL && s[len - 1] == s[0])
		return arena_strndup(a, s, 1);
	const char *strong = strstr(s, "**");
	if (strong != NULL && strong[2] != '\0' && strchr(" *", strong[2]) == NULL &&
	    strstr(strong + 2, "**") != NULL)
		return "**";
	if (strpbrk(s, "<&") == NULL || !pattern_matches(html, s, &part, 1))
		return NULL;
	return arena_strndup(a, s + part.rm_so, (size_t)(part.rm_eo - part.rm_so));
}

const char *
prose_unquoted(struct arena *a, const char *s)
{
	static const char *const quotes[] = {"“", "”", "„", "‟", "‘", "’", "‚", "«", "»"};
	size_t n = sizeof quotes / sizeof quotes[0], len = strlen(s), open = 0, close = 0;
	for (size_t i = 0; i < n; i++) {
		size_t quote = strlen(quotes[i]);
		if (strncmp(s, quotes[i], quote) == 0)
			open = quote;
		if (len >= quote && strcmp(s + len - quote, quotes[i]) == 0)
			close = quote;
	}
	if (open == 0 || close == 0 || len <= open + close)
		return NULL;
	return arena_strndup(a, s + open, len - open - close);
}

const char *
prose_count_fault(struct arena *a, int n)
{
	if (n <= PROSE_MAX)
		return NULL;
	return arena_printf(
	    a, _("the text has %d characters; expected at most %d"), n, PROSE_MAX);
}

const char *
prose_too_long(struct arena *a, const char *s)
{
	return prose_count_fault(a, utf8_count(s, strlen(s)));
}

const char *
prose_language(struct arena *a, const char *s)
{
	char *tag = arena_strdup(a, s);
	for (char *c = tag; *c != '\0'; c++)
		*c = *c == '_' ? '-' : *c;
	if (strchr(s, '_') != NULL)
		tag[strcspn(tag, ".")] = '\0';
	/* language, extended; script; region; variants; extensions; private use */
	bool good = pattern_matches("^[a-z]{2,3}(-[a-z]{3}){0,3}"
				    "(-[a-z]{4})?"
				    "(-([a-z]{2}|[0-9]{3}))?"
				    "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
				    "(-[a-wyz0-9](-[a-z0-9]{2,8})+)*"
				    "(-x(-[a-z0-9]{1,8})+)?$",
	    tag, NULL, 0);
	return good ? tag : NULL;
}

const char *
prose_language_named(struct arena *a, const char *s)
{
	/* the tag, and names in lower case */
	static const char *const all[][8] = {
	    {"nl", "nederlands", "vlaams", "néerlandais", "flamand", "dutch", "flemish",
		"niederländisch"},
	    {"fr", "frans", "français", "francais", "french", "französisch"},
	    {"de", "duits", "allemand", "german", "deutsch"},
	    {"en", "engels", "anglais", "english", "englisch"},
	};
	const char *name = utf8_casefold(a, s);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		for (int k = 1; k < 8 && all[i][k] != NULL; k++)
			if (strcmp(name, all[i][k]) == 0)
				return all[i][0];
	return NULL;
}
