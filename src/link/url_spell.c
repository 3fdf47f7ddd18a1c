#include "link/url_spell.h"

#include <stdlib.h>
#include <string.h>

#include <idn2.h>

#include "base/buffer.h"
#include "base/spelling.h"
#include "base/utf8.h"

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

size_t
url_scheme_len(const char *url)
{
	size_t n = 0;
	if (!is_alpha(url[0]))
		return 0;
	while (is_alpha(url[n]) || is_digit(url[n]) || url[n] == '+' || url[n] == '-')
		n++;
	/* a dot is allowed in a scheme, but "gent.be:8080" is a host and its port */
	return url[n] == ':' ? n : 0;
}

/* --- the scheme ------------------------------------------------------------------------
 */

static const char *
skip_slashes(const char *s)
{
	while (*s == '/' || *s == '\\' || *s == ' ')
		s++;
	return s;
}

/* Whether URL, which has no scheme, begins with a host; "bijlage.pdf" does not. */
static bool
looks_like_host(const char *url)
{
	static const char *const endings[] = {".pdf", ".png", ".jpg", ".md", ".htm",
	    ".html", ".doc", ".docx", ".xls", ".xlsx", ".csv"};
	if (url[0] == '/' && url[1] != '/')
		return false;
	const char *host = skip_slashes(url);
	size_t len = strcspn(host, "/?#");
	const char *dot = memchr(host, '.', len);
	if (dot == NULL || dot == host)
		return false;
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		size_t n = strlen(endings[i]);
		if (host[len] == '\0' && len > n &&
		    strcmp(host + len - n, endings[i]) == 0)
			return false;
	}
	return true;
}

/* What stands behind the scheme that URL begins with, misspelt or not: "https:/",
 * "htpps://", "https//", "https;//"; NULL: there is none that is known. */
static const char *
skip_scheme(const char *url, const char **scheme)
{
	static const char *const known[] = {"https", "http", "mailto"};
	char word[8] = {0};
	size_t n = 0;
	while (n < sizeof word && is_alpha(url[n]))
		n++;
	size_t end = n;
	while (url[end] != '\0' && strchr(":;., ", url[end]) != NULL)
		end++;
	bool slashes = strncmp(url + end, "//", 2) == 0;
	if (n == sizeof word || (url[n] != ':' && !slashes))
		return NULL;
	memcpy(word, url, n);
	const char *nearest = words_nearest(word, known, 3);
	if (nearest == NULL)
		return NULL;
	*scheme = nearest;
	return strcmp(nearest, "mailto") == 0 ? url + end : skip_slashes(url + end);
}

/* What stands behind all schemes that URL begins with, and the last of them; NULL:
 * another scheme, or none that can be guessed. */
static const char *
split_scheme(const char *url, const char **scheme)
{
	const char *s = url, *next;
	*scheme = "https";
	while ((next = skip_scheme(s, scheme)) != NULL)
		s = next;
	if (s != url)
		return s;
	if (url_scheme_len(url) > 0)
		return NULL;
	if (strchr(url, '@') != NULL && strpbrk(url, "/?#") == NULL) {
		*scheme = "mailto";
		return url;
	}
	return looks_like_host(url) ? skip_slashes(url) : NULL;
}

/* --- the host --------------------------------------------------------------------------
 */

static bool
put_host(struct arena *a, const char *host, size_t len, struct buffer *out)
{
	if (len == 0)
		return false;
	if (host[0] == '[') {
		buffer_append(out, host, len);
		return true;
	}
	const char *name = arena_strndup(a, host, len);
	for (const char *c = name; *c != '\0'; c++) {
		bool allowed =
		    is_alpha(*c) || is_digit(*c) || strchr("-_.", *c) || *c < 0;
		if (!allowed)
			return false;
	}
	char *ascii = NULL;
	if (utf8_count(name, len) == (int)len) {
		buffer_append(out, host, len);
		return true;
	}
	int status =
	    idn2_to_ascii_8z(name, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	if (status == IDN2_MALLOC)
		memory_exhausted();
	if (status != IDN2_OK)
		return false;
	buffer_puts(out, ascii);
	idn2_free(ascii);
	return true;
}

static bool
put_authority(struct arena *a, const char *s, size_t len, struct buffer *out)
{
	size_t port = len;
	for (size_t i = len; i > 0 && (is_digit(s[i - 1]) || s[i - 1] == ':'); i--) {
		if (s[i - 1] == ':')
			port = i - 1;
	}
	if (memchr(s, '@', len) != NULL || !put_host(a, s, port, out))
		return false;
	/* a colon with no port behind it says nothing */
	if (port + 1 < len)
		buffer_append(out, s + port, len - port);
	return true;
}

/* --- path, query and fragment ----------------------------------------------------------
 */

static bool
is_invisible(int32_t u)
{
	return u == 0xad || (u >= 0x200b && u <= 0x200d) || u == 0x2060 || u == 0xfeff;
}

static bool
is_plain(const char *s, bool in_fragment)
{
	if (*s == '%')
		return is_hex(s[1]) && is_hex(s[2]);
	if (*s == '#')
		return !in_fragment;
	return is_alpha(*s) || is_digit(*s) ||
	    (*s > 0 && strchr("-._~!$&'()*+,;=:@/?", *s) != NULL);
}

static void
put_rest(const char *s, struct buffer *out)
{
	bool in_fragment = false;
	size_t len = strlen(s);
	for (size_t i = 0; i < len;) {
		int32_t u;
		size_t n = utf8_decode(s + i, len - i, &u);
		if (is_plain(s + i, in_fragment)) {
			in_fragment |= s[i] == '#';
			buffer_append(out, s + i, 1);
		} else if (!is_invisible(u)) {
			for (size_t j = i; j < i + n; j++)
				buffer_printf(
				    out, "%%%02X", (unsigned)(unsigned char)s[j]);
		}
		i += n;
	}
}

/* SCHEME, in the case that URL has it in. */
static void
put_scheme(const char *url, const char *scheme, struct buffer *out)
{
	size_t len = strlen(scheme);
	bool same = url_scheme_len(url) == len;
	for (size_t i = 0; same && i < len; i++)
		same = (url[i] | 0x20) == scheme[i];
	buffer_append(out, same ? url : scheme, len);
}

const char *
url_spell(struct arena *a, const char *url)
{
	const char *scheme;
	const char *s = split_scheme(url, &scheme);
	if (s == NULL)
		return NULL;
	struct buffer out = {0};
	put_scheme(url, scheme, &out);
	bool ok = true;
	if (strcmp(scheme, "mailto") == 0) {
		buffer_puts(&out, ":");
		put_rest(s, &out);
	} else {
		buffer_puts(&out, "://");
		size_t authority = strcspn(s, "/?#\\");
		ok = put_authority(a, s, authority, &out);
		s += authority;
		if (*s == '\\')
			buffer_puts(&out, "/");
		put_rest(*s == '\\' ? s + 1 : s, &out);
	}
	const char *spelt = ok ? arena_strndup(a, out.data, out.len) : NULL;
	buffer_free(&out);
	return spelt;
}

/* --- followers -------------------------------------------------------------------------
 */

static bool
is_follower(const char *parameter, size_t len)
{
	static const char *const names[] = {"fbclid", "gclid", "gclsrc", "dclid",
	    "gbraid", "wbraid", "msclkid", "yclid", "mc_cid", "mc_eid", "igshid",
	    "twclid", "ttclid", "li_fat_id", "_hsenc", "_hsmi", "mkt_tok", "vero_id",
	    "oly_enc_id", "_ga", "_gl"};
	size_t name = 0;
	while (name < len && parameter[name] != '=')
		name++;
	if (name > 4 && strncmp(parameter, "utm_", 4) == 0)
		return true;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strlen(names[i]) == name && strncmp(parameter, names[i], name) == 0)
			return true;
	}
	return false;
}

const char *
url_untrack(struct arena *a, const char *url, const char **found)
{
	struct buffer out = {0};
	size_t len = strcspn(url, "?#");
	buffer_append(&out, url, len);
	const char *s = url + len;
	char mark = '?';
	*found = NULL;
	while (*s == '?' || *s == '&') {
		s++;
		size_t n = strcspn(s, "&#");
		if (is_follower(s, n)) {
			if (*found == NULL)
				*found = arena_strndup(a, s, strcspn(s, "=&#"));
		} else {
			buffer_append(&out, &mark, 1);
			buffer_append(&out, s, n);
			mark = '&';
		}
		s += n;
	}
	const char *text = strstr(s, ":~:");
	if (text == NULL && strncmp(s, "#utm_", 5) == 0)
		text = s + 1;
	if (text != NULL && *found == NULL)
		*found = arena_strndup(a, text, strcspn(text, "="));
	size_t keep = text != NULL ? (size_t)(text - s) : strlen(s);
	if (keep != 1 || *s != '#')
		buffer_append(&out, s, keep);
	const char *clean = arena_strndup(a, out.data, out.len);
	buffer_free(&out);
	return clean;
}
