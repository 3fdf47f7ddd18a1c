#include "link/link.h"

#include <arpa/inet.h>
#include <assert.h>
#include <ctype.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <idn2.h>
#include <uriparser/Uri.h>

#include "base/i18n.h"
#include "base/spelling.h"
#include "base/utf8.h"
#include "link/address.h"

#define ALPHA "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"
#define MARKS " \t\r\n|<>\"" /* end a link among words */

enum { PORT_MAX = 65535 };

struct judge {
	unsigned kinds;
	struct arena *a;
	struct link_verdict *out;
	const char *host; /* of the link that was meant, in lower case; "": it has none */
	bool ok;          /* no error was told */
};

/* Tells what was found; where that was mended, the cure is added at the end.  Of errors
 * only the first is told. */
static void
tell(struct judge *j, enum rule rule, const char *message)
{
	bool error = rules[rule].severity == SEVERITY_ERROR;
	if (error && !j->ok)
		return;
	assert(j->out->n < LINK_FINDINGS_MAX);
	j->out->findings[j->out->n++] = (struct link_finding){rule, message};
	j->ok &= !error;
}

/* Tells what nobody can mend, in place of all else. */
static const char *
refuse(struct judge *j, enum rule rule, const char *message)
{
	j->out->n = 0;
	j->ok = true;
	tell(j, rule, message);
	return NULL;
}

#define TELL(j, rule, ...)   tell((j), (rule), arena_printf((j)->a, __VA_ARGS__))
#define REFUSE(j, rule, ...) refuse((j), (rule), arena_printf((j)->a, __VA_ARGS__))

/* Whether TEXT is one of PATTERNS (fnmatch), which end with NULL. */
static bool
matches(const char *text, const char *const *patterns)
{
	while (*patterns != NULL && fnmatch(*patterns, text, 0) != 0)
		patterns++;
	return *patterns != NULL;
}

/* --- a link among words ------------------------------------------------------- */

static bool
has_scheme(const char *s)
{
	return strncasecmp(s, "http://", 7) == 0 || strncasecmp(s, "https://", 8) == 0;
}

/* Whether S, a link after a slash of LINK, is no part of it as in an archive's
 * ("https://archive.be/2020/https://a.be"): the same website, or the whole path. */
static bool
is_pasted(const char *link, const char *s)
{
	const char *name = link + strcspn(link, "/") + 2,
		   *again = s + strcspn(s, "/") + 2;
	size_t len = strcspn(name, "/");
	return s == name + len + 1 ||
	    (strncasecmp(name, again, len) == 0 && strcspn(again, "/?#") == len);
}

/* Whether a link begins at TEXT[I] that is not a part of LINK, the first one before it,
 * as in "https://a.be/?url=https://b.be"; NULL: there is none. */
static bool
begins_link(const char *text, size_t i, const char *link)
{
	const char *s = text + i, before = i > 0 ? s[-1] : ' ';
	if (!has_scheme(s) && strncasecmp(s, "www.", 4) != 0)
		return false;
	if (strchr(MARKS, before) != NULL || memchr(text, '?', i) != NULL)
		return strchr(MARKS, before) != NULL;
	if (before == '/' && link != NULL && has_scheme(link) && has_scheme(s))
		return is_pasted(link, s);
	/* quotes and dashes are not ASCII */
	return (before & 0x80) != 0 || strchr(",;('[", before) != NULL ||
	    (link != NULL && has_scheme(s) && isalnum((unsigned char)before));
}

/* How many of the LEN bytes at S are left without quotes and PUNCTUATION of a sentence at
 * their end; "Washington,_D.C." and "Gent_(stad)" keep theirs. */
static size_t
len_trimmed(const char *s, size_t len, const char *punctuation)
{
	for (; len > 3; len--) {
		char last = s[len - 1];
		bool keeps = last == ')'
		    ? memchr(s, '(', len) != NULL
		    : last == '.' && isupper((unsigned char)s[len - 2]);
		if (memcmp(s + len - 3, "\xe2\x80", 2) == 0 && last != '\xa6') /* not … */
			len -= 2;
		else if (memcmp(s + len - 2, "»", 2) == 0)
			len--;
		else if (keeps || strchr(punctuation, last) == NULL)
			break;
	}
	return len;
}

/* The only link in S, where words or quotes stand around it; NULL: there are two. */
static const char *
stand_alone(struct judge *j, const char *s)
{
	const char *link = s;
	int n = 0;
	for (size_t i = 0; s[i] != '\0'; i++)
		if (begins_link(s, i, n > 0 ? link : NULL) && n++ == 0)
			link = s + i;
	if (n > 1)
		return REFUSE(j, RULE_URL_NOT_ALONE,
		    _("there is more than one link here; keep one"));
	size_t len = strcspn(link, MARKS), words = len;
	while (link[words] != '\0' && !isalnum((unsigned char)link[words]))
		words++;
	if (n == 0 || (link == s && link[words] != '\0'))
		return s;
	/* no part of S but all of it ends where S does */
	size_t trimmed = len_trimmed(link, len, s[len] != '\0' ? ".,;:!')]" : "");
	if (s[trimmed] == '\0')
		return s;
	TELL(j, RULE_URL_NOT_ALONE, _("there is more than the link here"));
	return arena_strndup(j->a, link, trimmed);
}

/* S as it would be typed and on one line, where what was broken gained no space; a space
 * of another kind becomes a plain one. */
static const char *
clean(struct judge *j, const char *s)
{
	const size_t len = strlen(s);
	char *out = arena_alloc(j->a, len + 1), *o = out;
	int32_t u, hidden = 0;
	for (size_t i = 0, n; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &u);
		bool seen = u == '\t' || !utf8_is_blank(u),
		     breaks = u == '\n' || u == '\r';
		if (seen)
			o = (char *)memcpy(o, s + i, n) + n;
		else if (utf8_width(u) > 0 && u != 0xad)
			*o++ = ' ';
		else
			hidden = breaks || hidden == '\n' ? '\n' : u;
		for (; breaks && o > out && o[-1] == ' '; o--)
			;
		n += breaks ? strspn(s + i + n, " \t\r\n") : 0;
	}
	if (hidden == '\n')
		TELL(j, RULE_URL_CHARACTER, _("there is a line break in the link"));
	else if (hidden != 0)
		TELL(j, RULE_URL_CHARACTER,
		    _("there is an invisible character (U+%04X) in the link"),
		    (unsigned)hidden);
	const char *typed = utf8_typed(j->a, out);
	if (strcmp(typed, out) != 0 && hidden == 0)
		TELL(j, RULE_URL_CHARACTER, _("there is a ligature in the link"));
	return typed;
}

/* --- how it is spelt ---------------------------------------------------------- */

/* What follows the scheme that S begins with, misspelt or not: "https:/", "htpps://",
 * "https//", "https;//"; NULL: there is none that is known. */
static const char *
skip_scheme(const char *s, const char **scheme)
{
	static const char *const known[] = {"https", "http", "mailto", "tel"};
	char word[8] = {0};
	size_t n = strspn(s, ALPHA), end = n + strspn(s + n, ":;., ");
	if (n >= sizeof word || (s[n] != ':' && strncmp(s + end, "//", 2) != 0))
		return NULL;
	memcpy(word, s, n);
	const char *nearest = spelling_nearest(word, known, 4);
	if (nearest == NULL)
		return NULL;
	*scheme = nearest;
	return s + end + (nearest[0] == 'h' ? strspn(s + end, "/\\ ") : 0);
}

/* HOST in Punycode (RFC 5891); NULL: no website can have that name (RFC 1035, 2.3.4). */
static const char *
host_in_ascii(struct arena *a, const char *host)
{
	char *ascii = NULL;
	int status =
	    idn2_to_ascii_8z(host, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	if (status == IDN2_MALLOC)
		memory_exhausted();
	bool is_ascii = utf8_count(host, strlen(host)) == (int)strlen(host);
	bool ok = status == IDN2_OK || (status == IDN2_2HYPHEN && is_ascii);
	const char *name = ok && !is_ascii ? arena_strdup(a, ascii) : host;
	idn2_free(ascii);
	ok &= name[0] != '\0' && name[0] != '.' && strstr(name, "..") == NULL &&
	    name[strspn(name, ALPHA DIGIT "-_.")] == '\0';
	return ok ? name : NULL;
}

/* Whether HOST is an address, or a name to the whole world; "gent", "www.gent", "genk.b",
 * "n.v.t." and "0x7f.1" lack something. */
static bool
is_whole(const char *host)
{
	unsigned char address[4];
	if (host[0] == '[' || inet_pton(AF_INET, host, address) == 1)
		return true;
	if (strncasecmp(host, "www.", 4) == 0)
		host += 4;
	size_t len = strlen(host), n = 0;
	len -= len > 0 && host[len - 1] == '.';
	while (n < len && host[len - 1 - n] != '.')
		n++;
	const char *last = host + len - n;
	return n >= 2 && n < len &&
	    (strspn(last, ALPHA) == n || strncasecmp(last, "xn--", 4) == 0);
}

/* S, what follows a scheme, with "/" for "\" and percent-encoded where it holds what a
 * link cannot (RFC 3986, appendix A). */
static const char *
encode(struct arena *a, const char *s)
{
	static const char plain[] = ALPHA DIGIT "-._~!$&'()*+,;=:@/?";
	const char *host_end = s + strcspn(s, "/?#\\"), *path_end = s + strcspn(s, "?#");
	char *out = arena_alloc(a, 3 * strlen(s) + 1), *o = out;
	for (; *s != '\0'; s++) {
		bool bracket = (*s == '[' || *s == ']') && s < host_end;
		bool escape = *s == '%' && strspn(s + 1, DIGIT "abcdefABCDEF") >= 2;
		bool fragment = *s == '#' && s == strchr(path_end, '#');
		if (*s == '\\' && s < path_end)
			*o++ = '/';
		else if (strchr(plain, *s) != NULL || bracket || escape || fragment)
			*o++ = *s;
		else
			o += sprintf(o, "%%%02X", (unsigned)(unsigned char)*s);
	}
	return out;
}

/* --- how it is read ----------------------------------------------------------- */

/* The link that S, a mail address without its scheme, is meant to be (RFC 6068). */
static const char *
read_mail(struct judge *j, const char *s)
{
	size_t user = strcspn(s, "@?"), len = strcspn(s, "?");
	const char *host = arena_strndup(j->a, s + user, len - user);
	if (user == 0 || host[0] != '@' || host_in_ascii(j->a, host + 1) == NULL ||
	    !is_whole(host + 1))
		return REFUSE(j, RULE_URL_MAIL,
		    _("\"%.*s\" is not a mail address; expected one such as \"info@gent.be\""),
		    (int)len, s);
	return arena_printf(j->a, "mailto:%s", encode(j->a, s));
}

/* The same of S, a phone number (RFC 3966, 3). */
static const char *
read_phone(struct judge *j, const char *s)
{
	size_t len = strcspn(s, ";"), digits = 0;
	char *number = arena_strdup(j->a, s), *o = number;
	for (size_t i = 0; i < len; i++) {
		/* the 0 in "+32 (0)9" is dialled only where there is no +32 */
		if (s[0] == '+' && strncmp(s + i, "(0)", 3) == 0)
			i += 2;
		else if (strchr(" /", s[i]) == NULL)
			*o++ = s[i];
		digits += isdigit((unsigned char)s[i]) != 0;
	}
	strcpy(o, s + len);
	bool plus = number[0] == '+';
	size_t end = plus + strspn(number + plus, DIGIT "-.()");
	if (digits < (plus ? 7 : 3) || digits > 15 || end != (size_t)(o - number))
		return REFUSE(j, RULE_URL_PHONE,
		    _("\"%.*s\" is not a phone number; expected one such as \"tel:+3290000000\""),
		    (int)len, s);
	if (strcmp(number, s) != 0)
		TELL(j, RULE_URL_PHONE,
		    _("\"%.*s\" is not how links spell a phone number"), (int)len, s);
	return arena_printf(j->a, "tel:%s", encode(j->a, number));
}

/* The same of S, the address of a website without its scheme (RFC 3986). */
static const char *
read_web(struct judge *j, const char *scheme, const char *s)
{
	const char *url = arena_printf(j->a, "%s://%s", scheme, encode(j->a, s));
	const char *rest = "", *name = NULL;
	UriUriA uri;
	int status = uriParseSingleUriA(&uri, url, NULL);
	if (status == URI_ERROR_MALLOC)
		memory_exhausted();
	if (status == URI_SUCCESS) {
		const char *start = uri.hostText.first != NULL ? uri.hostText.first : "";
		size_t len =
		    start[0] != '\0' ? (size_t)(uri.hostText.afterLast - start) : 0;
		bool is_ipv6 =
		    uri.hostData.ip6 != NULL || uri.hostData.ipFuture.first != NULL;
		char *host = arena_strndup(j->a, start, len);
		uriUnescapeInPlaceA(host);
		name = is_ipv6 ? arena_printf(j->a, "[%s]", host)
			       : host_in_ascii(j->a, host);
		rest = start + len + is_ipv6;
		if (uri.userInfo.first != NULL)
			TELL(j, RULE_URL_CREDENTIALS,
			    _("the link shows every reader a user name or password"));
		uriFreeUriMembersA(&uri);
	}
	bool has_port = rest[0] == ':' && isdigit((unsigned char)rest[1]);
	unsigned long port = has_port ? strtoul(rest + 1, NULL, 10) : PORT_MAX;
	if (name == NULL || port == 0 || port > PORT_MAX)
		return REFUSE(j, RULE_URL_HOST,
		    _("\"%s://%s\" does not lead to a website; expected a link such as \"https://www.gent.be/\""),
		    scheme, s);
	size_t dot = strlen(name) - 1;
	j->host = utf8_casefold(
	    j->a, arena_strndup(j->a, name, name[dot] == '.' ? dot : dot + 1));
	return arena_printf(j->a, "%s://%s%s", scheme, name, rest);
}

/* Whether S holds more than a link, or less: words after a space, as no name has them
 * ("/a (new)"), a gap ("…", "/.../", "<id>"), or half a character ("%C").
 */
static bool
is_damaged(const char *s)
{
	const char *end = s + strlen(s);
	for (const char *c = s; (c = strpbrk(c, ".<")) != NULL; c++)
		if (*c == '<' ? isalnum((unsigned char)c[1])
			      : strncmp(c, "...", 3) == 0 && c > s &&
			    (!isalnum((unsigned char)c[-1]) ||
				!isalnum((unsigned char)c[3])))
			return true;
	for (const char *c = s; (c = strpbrk(c, " \t")) != NULL; c++)
		if (*c == '\t' || c == s || c[1] == ' ' || c[1] == '\0' ||
		    ispunct((unsigned char)c[-1]) || ispunct((unsigned char)c[1]))
			return true;
	return strstr(s, "…") != NULL || strstr(s, "\xef\xbf\xbd") != NULL ||
	    (end - s > 2 && end[-2] == '%' && isxdigit((unsigned char)end[-1]));
}

/* The link that S, on one line and with nothing around it, is meant to be. */
static const char *
read_link(struct judge *j, const char *s)
{
	static const char *const files[] = {"*.pdf", "*.png", "*.jpg", "*.md", "*.htm",
	    "*.html", "*.doc", "*.docx", "*.xls", "*.xlsx", "*.csv", NULL};
	const char *rest = s, *next, *scheme = "https";
	while ((next = skip_scheme(rest, &scheme)) != NULL)
		rest = next;
	bool guess = rest == s;
	if ((guess || (j->kinds & LINK_MAIL) != 0) && strchr(rest, '@') != NULL &&
	    strpbrk(rest, ":/?#") == NULL)
		scheme = "mailto";
	else if (guess && s[0] == '+')
		scheme = "tel";
	else if (guess && strncmp(s, "//", 2) == 0)
		rest += 2;
	unsigned kind = scheme[0] == 'm' ? LINK_MAIL
	    : scheme[0] == 't'           ? LINK_PHONE
					 : LINK_WEB;
	bool web = kind == LINK_WEB;
	const char *start = arena_printf(j->a, web ? "%s://" : "%s:", scheme);
	const char *spelt = arena_printf(j->a, "%s%s", start, rest);
	if (strcasecmp(spelt, s) != 0)
		TELL(j, RULE_URL_SCHEME,
		    has_scheme(s) ? _("\"%s\" begins wrongly")
				  : _("\"%s\" does not begin with %s"),
		    s, start);
	const char *url = web   ? read_web(j, scheme, rest)
	    : kind == LINK_MAIL ? read_mail(j, rest)
				: read_phone(j, rest);
	if ((j->kinds & kind) == 0 ||
	    (web && guess && (url == NULL || !is_whole(j->host) || matches(s, files))))
		return REFUSE(j, RULE_URL_SCHEME,
		    _("\"%s\" is not the address of a website; expected one that begins with https://"),
		    s);
	if (url != NULL && web && is_damaged(rest))
		return REFUSE(j, RULE_URL_DAMAGED,
		    _("the link is only a part of one, or has text after it; copy it again from the website"));
	if (url != NULL && kind != LINK_PHONE && strcmp(url, spelt) != 0)
		TELL(j, RULE_URL_CHARACTER, "%s",
		    strchr(rest, ' ') != NULL
			? _("there is a space in the link")
			: _("the link has characters that must be encoded"));
	return url;
}

/* --- what it brought along ---------------------------------------------------- */

/* URL without "&amp;" and what follows readers in links ("utm_source=…", "#:~:…"). */
static const char *
untrack(struct judge *j, const char *url)
{
	static const char *const names[] = {"utm_?*", "fbclid", "gclid", "gclsrc",
	    "dclid", "gbraid", "wbraid", "msclkid", "yclid", "mc_cid", "mc_eid", "igshid",
	    "twclid", "ttclid", "li_fat_id", "_hsenc", "_hsmi", "mkt_tok", "vero_id",
	    "oly_enc_id", "_ga", "_gl", NULL};
	char *out = arena_strdup(j->a, url), *directive;
	const char *found = NULL;
	bool html = false;
	for (char *s = out + strcspn(out, "?&#"); *s != '\0';) {
		size_t n = 1 + strcspn(s + 1, "&#");
		const char *name = arena_strndup(j->a, s + 1, strcspn(s + 1, "=&#.,;)"));
		if (*s == '#' && (directive = strstr(s, ":~:")) != NULL) {
			found = ":~:";
			*(directive == s + 1 ? s : directive) = '\0';
		} else if (strncmp(s, "&amp;", 5) == 0) {
			html = true;
			memmove(s + 1, s + 5, strlen(s + 5) + 1);
		} else if (matches(name, names)) {
			/* "?" and "#" stay before what follows */
			size_t keep = s[n] == '&';
			found = found != NULL ? found : name;
			memmove(s + keep, s + n + keep, strlen(s + n + keep) + 1);
		} else {
			s += n;
		}
	}
	if (html)
		TELL(j, RULE_URL_ENTITY, _("\"&amp;\" is HTML for \"&\""));
	if (found != NULL)
		TELL(j, RULE_URL_TRACKING, _("\"%s\" is left over from copying the link"),
		    found);
	return out;
}

/* URL with "www." for what is hardly that: "wwww.gent.be", "ww.gent.be", "wwwgent.be". */
static const char *
spell_www(struct judge *j, const char *url)
{
	size_t n = strspn(j->host, "w"), dot = j->host[n] == '.',
	       start = strcspn(url, "/");
	if (n < 2 || (n == 3) == dot || (!dot && !isalpha((unsigned char)j->host[n])) ||
	    !is_whole(j->host + n + dot))
		return url;
	TELL(j, RULE_URL_DOMAIN, _("\"%s\" begins wrongly"), j->host);
	return arena_printf(
	    j->a, "%.*s//www.%s", (int)start, url, url + start + 2 + n + dot);
}

/* The link that TEXT is meant to be; NULL: nobody can tell. */
static const char *
mend(struct judge *j, const char *text)
{
	const char *s = stand_alone(j, text);
	if (s == NULL)
		return NULL;
	s = clean(j, s);
	const char *url = read_link(j, s);
	if (url == NULL)
		return NULL;
	url = untrack(j, spell_www(j, url));
	size_t len = strlen(url), keep = len_trimmed(url, len, ".,;)");
	if (keep < len)
		TELL(j, RULE_URL_END,
		    _("\"%s\" at the end does not seem to belong to the link"),
		    url + keep);
	return arena_strndup(j->a, url, keep);
}

/* --- who can follow it -------------------------------------------------------- */

/* Tells what only the editor can mend in URL. */
static void
doubt(struct judge *j, const char *url)
{
	/* mail filters, which put a page of their own before each link */
	static const char *const gateways[] = {"*.safelinks.protection.outlook.com",
	    "urldefense.com", "urldefense.proofpoint.com", "linkprotect.cudasvc.com",
	    "protect-*.mimecast.com", "url.*.mimecastprotect.com", "secure-web.cisco.com",
	    "*.protection.sophos.com", "protect*.fireeye.com", "clicktime.symantec.com",
	    "url.avanan.click", NULL};
	/* RFC 6762, 8375 */
	static const char *const names[] = {"*.local", "*.lan", "*.intern", "*.internal",
	    "*.home.arpa", "intranet.*", NULL};
	static const char *const pages[] = {"*/login", "*/signin", "*/wp-admin*", NULL};
	const char *page = strstr(url, "://") + 3;
	page = utf8_casefold(j->a, arena_strndup(j->a, page, strcspn(page, "?#")));
	if (matches(j->host, gateways))
		TELL(j, RULE_URL_GATEWAY,
		    _("the link goes through the mail filter \"%s\" and shows whose mail it came from; open it and copy the address of the page"),
		    j->host);
	else if (address_host_is_private(j->host) || matches(j->host, names) ||
	    matches(page, pages))
		TELL(j, RULE_URL_PRIVATE,
		    _("not every reader can open \"%s\"; expected a public address"),
		    page);
	else if (!is_whole(j->host))
		TELL(j, RULE_URL_DOMAIN,
		    _("\"%s\" looks incomplete; expected a name such as \"www.gent.be\""),
		    j->host);
	else if (strncasecmp(url, "http:", 5) == 0)
		TELL(j, RULE_URL_UNENCRYPTED,
		    _("the link is not encrypted; if the website allows it, write \"https://%s%s\""),
		    j->host, url + 7 + strcspn(url + 7, "/?#"));
}

static bool
is_too_long(struct judge *j, const char *url)
{
	int n = utf8_count(url, strlen(url));
	if (n > LINK_MAX)
		REFUSE(j, RULE_URL_TOO_LONG,
		    _("the link has %d characters; expected at most %d"), n, LINK_MAX);
	return n > LINK_MAX;
}

bool
link_judge(const char *text, unsigned kinds, struct arena *a, struct link_verdict *out)
{
	struct judge j = {kinds, a, out, "", .ok = true};
	*out = (struct link_verdict){0};
	if (is_too_long(&j, text))
		return false;
	const char *url = mend(&j, text);
	if (url == NULL || is_too_long(&j, url))
		return false;
	struct link_verdict scratch = {0};
	struct judge again = {kinds, a, &scratch, "", .ok = true};
	if (out->n > 0 && mend(&again, url) != NULL && scratch.n == 0 &&
	    (again.host[0] == '\0' || is_whole(again.host)))
		out->cure = url;
	for (int i = 0; i < out->n; i++)
		out->findings[i].message = arena_printf(a,
		    out->cure != NULL
			? _("%s; write \"%s\"")
			: _("%s; expected a link such as \"https://www.gent.be/\""),
		    out->findings[i].message, url);
	if (j.host[0] != '\0')
		doubt(&j, url);
	return j.ok;
}
