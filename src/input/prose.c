#include "input/prose.h"

#include <string.h>

#include "base/i18n.h"
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

static const char digits[] = "0123456789";
static const char alphabet[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* The length of a tag that S begins with, as "<b>", "</b>", "<br />" and "<a href=…>"; 0:
 * none.  A mailbox or words in brackets are not a tag. */
static size_t
tag_len(const char *s)
{
	size_t n = 1 + (s[1] == '/'), name = strspn(s + n, alphabet);
	name += strspn(s + n + name, digits); /* <h1> */
	size_t rest = n + name + strspn(s + n + name, " "), end = strcspn(s, ">");
	if (s[0] != '<' || name == 0 || s[end] != '>' || rest > end)
		return 0;
	bool bare = end - rest == 0 || (end - rest == 1 && s[rest] == '/');
	bool with_value = s[n + name] == ' ' && memchr(s, '=', end) != NULL;
	return bare || with_value ? end + 1 : 0;
}

/* The same for a character reference, as "&amp;" and "&#39;". */
static size_t
reference_len(const char *s)
{
	size_t n = 1 + (s[1] == '#');
	size_t name = strspn(s + n, alphabet);
	name += strspn(s + n + name, digits); /* &frac12; */
	return s[0] == '&' && name > 1 && s[n + name] == ';' ? n + name + 1 : 0;
}

const char *
prose_markup(struct arena *a, const char *s)
{
	size_t len = strlen(s);
	if (len > 2 && strchr("*_`", s[0]) != NULL && s[len - 1] == s[0])
		return arena_strndup(a, s, 1);
	const char *strong = strstr(s, "**");
	if (strong != NULL && strong[2] != '\0' && strchr(" *", strong[2]) == NULL &&
	    strstr(strong + 2, "**") != NULL)
		return "**";
	for (; *s != '\0'; s++) {
		size_t n = *s == '<' ? tag_len(s) : *s == '&' ? reference_len(s) : 0;
		if (n > 0)
			return arena_strndup(a, s, n);
	}
	return NULL;
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
