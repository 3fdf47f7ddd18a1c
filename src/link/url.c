#include "link/url.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <libpsl.h>
#include <uriparser/Uri.h>

#include "base/pattern.h"
#include "link/link.h"

/* --- parts -------------------------------------------------------------------- */

static const char *
lower(char *s)
{
	for (char *c = s; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c | 0x20);
	return s;
}

/* From FIRST to LAST; "" where that is nothing. */
static char *
range(struct arena *a, const char *first, const char *last)
{
	return arena_strndup(
	    a, first != NULL ? first : "", first != NULL ? (size_t)(last - first) : 0);
}

/* To be freed with uriFreeUriMembersA.  False: TEXT is not a URI, nor relative to one. */
static bool
parse(const char *text, UriUriA *out)
{
	int status = uriParseSingleUriA(out, text, NULL);
	if (status == URI_ERROR_MALLOC)
		memory_exhausted();
	return status == URI_SUCCESS;
}

bool
url_read(const char *text, struct arena *a, struct url *out)
{
	UriUriA uri;
	*out = (struct url){"", "", "", "", ""};
	if (!parse(text, &uri))
		return false;
	out->scheme = lower(range(a, uri.scheme.first, uri.scheme.afterLast));
	bool secure = strcmp(out->scheme, "https") == 0;
	const char *host = lower(range(a, uri.hostText.first, uri.hostText.afterLast));
	const char *port = range(a, uri.portText.first, uri.portText.afterLast);
	bool web = (secure || strcmp(out->scheme, "http") == 0) && host[0] != '\0';
	if (web) {
		bool ipv6 = strchr(host, ':') != NULL;
		out->host = ipv6 ? arena_printf(a, "[%s]", host) : host;
		out->origin = arena_printf(a, "%s:%s", out->host,
		    port[0] != '\0' ? port
			: secure    ? "443"
				    : "80");
		const char *path = strchr(strchr(text, ':') + 3, '/');
		const char *rest = strpbrk(text, "?#");
		if (path != NULL && (rest == NULL || path < rest))
			out->path = arena_strndup(a, path, strcspn(path, "?#"));
		out->query = range(a, uri.query.first, uri.query.afterLast);
	}
	uriFreeUriMembersA(&uri);
	return web;
}

/* Where the path of TEXT, which may be relative, begins or would begin. */
static const char *
path_of(const char *text)
{
	size_t n = strcspn(text, "/?#");
	bool host = (n == 0 || text[n - 1] == ':') && strncmp(text + n, "//", 2) == 0;
	return host ? text + n + 2 + strcspn(text + n + 2, "/?#") : text;
}

/* TEXT, percent-encoded where it holds what a URI cannot, but for its host, which is
 * spelt in Punycode. */
static const char *
encode(const char *text, struct arena *a)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~:/?#@!$&'()*+,;=%[]";
	struct link_verdict verdict = {0};
	if (text[strspn(text, plain)] != '\0' && strstr(text, "://") != NULL &&
	    !link_judge(text, LINK_WEB, a, &verdict) && verdict.cure != NULL)
		return verdict.cure;
	const char *path = path_of(text), *fragment = strchr(text, '#');
	char *out = arena_alloc(a, 3 * strlen(text) + 1), *o = out;
	for (; *text != '\0'; text++) {
		bool bracket = (*text == '[' || *text == ']') && text >= path;
		bool escape = strspn(text + 1, "0123456789abcdefABCDEF") >= 2;
		if (strchr(plain, *text) != NULL && !bracket &&
		    (*text != '%' || escape) && (*text != '#' || text == fragment))
			*o++ = *text;
		else
			o += sprintf(o, "%%%02X", (unsigned)(unsigned char)*text);
	}
	return out;
}

const char *
url_resolve(const char *base, const char *location, struct arena *a)
{
	UriUriA from, to, all = {0};
	const char *text = encode(location, a), *resolved = NULL;
	int len;
	if (!parse(base, &from))
		return NULL;
	if (parse(text, &to)) {
		int status = uriAddBaseUriA(&all, &to, &from);
		if (status == URI_ERROR_MALLOC)
			memory_exhausted();
		all.userInfo.first = all.userInfo.afterLast = NULL;
		if (status == URI_SUCCESS && all.fragment.first == NULL)
			all.fragment = from.fragment;
		/* IPv6 would be spelt in full; the brackets are in the text around it */
		UriIp6 *ipv6 = all.hostData.ip6;
		if (ipv6 != NULL)
			all.hostText.first--, all.hostText.afterLast++;
		all.hostData.ip6 = NULL;
		if (status == URI_SUCCESS &&
		    uriToStringCharsRequiredA(&all, &len) == URI_SUCCESS) {
			char *copy = arena_alloc(a, (size_t)len + 1);
			uriToStringA(copy, &all, len + 1, NULL);
			resolved = copy;
		}
		all.hostData.ip6 = ipv6;
		uriFreeUriMembersA(&all);
		uriFreeUriMembersA(&to);
	}
	uriFreeUriMembersA(&from);
	return resolved;
}

/* --- pages -------------------------------------------------------------------- */

bool
url_is_home(const struct url *url)
{
	return url->query[0] == '\0' &&
	    pattern_matches(
		"^/?((nl|fr|en|de)([-_][a-z]{2})?(/|$))?"
		"((home|index|default|start|startpagina|welkom|accueil)([.][a-z]+)?/?)?$",
		url->path, NULL, 0);
}

bool
url_is_login(const struct url *url)
{
	static const char words[] =
	    "(^|[/._-])(login|logon|log-in|signin|sign-in|aanmelden|inloggen|connexion|auth|"
	    "authorize|oauth2?|sso|saml2?|adfs|idp|accounts|authenticatie)([/._-]|$)";
	return pattern_matches(words, url->host, NULL, 0) ||
	    pattern_matches(words, url->path, NULL, 0);
}

static const char *
without_www(const char *host)
{
	return strncmp(host, "www.", 4) == 0 ? host + 4 : host;
}

static bool
same_host(const struct url *a, const struct url *b)
{
	return strcmp(without_www(a->host), without_www(b->host)) == 0;
}

/* What its owner registered; NULL: it is an address, or a public suffix. */
static const char *
domain_of(const struct url *url)
{
	bool number = url->host[strspn(url->host, "0123456789.")] == '\0';
	return number ? NULL : psl_registrable_domain(psl_builtin(), url->host);
}

bool
url_is_home_of(const struct url *home, const struct url *page)
{
	const char *domain = domain_of(page);
	bool main = domain != NULL && strcmp(without_www(home->host), domain) == 0;
	return url_is_home(home) && (main || same_host(home, page));
}

bool
url_same_owner(const struct url *a, const struct url *b)
{
	const char *one = domain_of(a), *other = domain_of(b);
	return strcmp(a->host, b->host) == 0 ||
	    (one != NULL && other != NULL && strcmp(one, other) == 0);
}

bool
url_same_page(const struct url *a, const struct url *b)
{
	size_t n = strlen(a->path), m = strlen(b->path);
	n -= n > 0 && a->path[n - 1] == '/';
	m -= m > 0 && b->path[m - 1] == '/';
	return same_host(a, b) && n == m && strncmp(a->path, b->path, n) == 0 &&
	    strcmp(a->query, b->query) == 0;
}

/* The first WORD in TEXT, in any case; NULL: there is none. */
static const char *
find(const char *text, const char *word)
{
	size_t len = strlen(word);
	for (; *text != '\0'; text++)
		if (strncasecmp(text, word, len) == 0)
			return text;
	return NULL;
}

bool
page_is_not_found(const char *html)
{
	/* without the letters that encodings and entities spell in several ways */
	static const char *const phrases[] = {"not found", "niet gevonden",
	    "niet teruggevonden", "introuvable", "non trouv", "pas trouv",
	    "nicht gefunden", "bestaat niet", "niet meer beschikbaar", "existe pas",
	    "existe plus", "no longer available", "no longer exists", "does not exist",
	    "not be found", "'t be found", "error 404", "erreur 404", "fout 404",
	    "fehler 404", "http 404"};
	char title[300] = "";
	const char *start = find(html, "<title");
	start = start != NULL ? strchr(start, '>') : NULL;
	if (start == NULL)
		return false;
	const char *end = find(++start, "</title");
	size_t len = end != NULL ? (size_t)(end - start) : strlen(start);
	memcpy(title, start, len < sizeof title ? len : sizeof title - 1);
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (find(title, phrases[i]) != NULL)
			return true;
	return strncmp(title + strspn(title, " \t\r\n"), "404", 3) == 0;
}
