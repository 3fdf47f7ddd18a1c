#include "link/url_doubt.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "link/url_spell.h"

static bool
ends_in(const char *s, const char *end)
{
	size_t len = strlen(s), n = strlen(end);
	return len >= n && strcasecmp(s + len - n, end) == 0;
}

/* --- networks of one's own -------------------------------------------------------------
 */

bool
url_is_private(const char *host)
{
	static const char *const endings[] = {
	    ".local", ".localhost", ".lan", ".intern", ".internal", ".home.arpa"};
	unsigned char b[4];
	if (inet_pton(AF_INET, host, b) == 1)
		return b[0] == 10 || b[0] == 127 || (b[0] == 192 && b[1] == 168) ||
		    (b[0] == 172 && b[1] >= 16 && b[1] <= 31);
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		if (ends_in(host, endings[i]))
			return true;
	}
	return strcasecmp(host, "localhost") == 0 ||
	    strncasecmp(host, "intranet.", 9) == 0;
}

/* --- detours ---------------------------------------------------------------------------
 */

/* A page that leads on to what its parameter says. */
struct detour {
	const char *host_end, *path, *parameter;
};

static const struct detour detours[] = {
    {".safelinks.protection.outlook.com", "/", "url="},
    {"www.google.com", "/url", "q="},
    {"www.google.com", "/url", "url="},
    {"www.google.be", "/url", "q="},
    {"www.google.be", "/url", "url="},
    {"l.facebook.com", "/l.php", "u="},
    {"www.linkedin.com", "/redir/redirect", "url="},
};

static const char *
decode(struct arena *a, const char *s, size_t len)
{
	struct buffer out = {0};
	for (size_t i = 0; i < len; i++) {
		char hex[3] = {0};
		if (s[i] == '%' && i + 2 < len) {
			memcpy(hex, s + i + 1, 2);
			hex[0] = (char)strtol(hex, NULL, 16);
			i += 2;
		} else {
			hex[0] = s[i];
		}
		buffer_append(&out, hex, 1);
	}
	const char *text = arena_strndup(a, out.data, out.len);
	buffer_free(&out);
	return text;
}

/* Where QUERY ("?a=b&c=d") leads to by PARAMETER ("url="); NULL: nowhere. */
static const char *
destination(struct arena *a, const char *query, const char *parameter)
{
	size_t n = strlen(parameter);
	while (*query == '?' || *query == '&') {
		query++;
		size_t len = strcspn(query, "&#");
		if (len > n && strncmp(query, parameter, n) == 0) {
			const char *to = decode(a, query + n, len - n);
			const char *spelt = url_spell(a, to);
			bool good = strncmp(to, "http", 4) == 0 && spelt != NULL &&
			    strcmp(spelt, to) == 0;
			return good ? to : NULL;
		}
		query += len;
	}
	return NULL;
}

static const char *
behind_detour(struct arena *a, const char *host, const char *path)
{
	for (size_t i = 0; i < sizeof detours / sizeof detours[0]; i++) {
		const struct detour *known = &detours[i];
		size_t len = strlen(known->path);
		if (!ends_in(host, known->host_end) ||
		    strncmp(path, known->path, len) != 0)
			continue;
		const char *to =
		    destination(a, path + strcspn(path, "?#"), known->parameter);
		if (to != NULL)
			return to;
	}
	return NULL;
}

/* --- pages for signing in --------------------------------------------------------------
 */

static bool
is_login(const char *host, const char *path)
{
	static const char *const hosts[] = {
	    "login.microsoftonline.com", "login.live.com", "accounts.google.com"};
	static const char *const pages[] = {
	    "/login", "/login/", "/signin", "/wp-admin", "/wp-admin/", "/wp-login.php"};
	size_t len = strcspn(path, "?#");
	for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
		if (strcasecmp(host, hosts[i]) == 0)
			return true;
	}
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		size_t n = strlen(pages[i]);
		if (len >= n && strncasecmp(path + len - n, pages[i], n) == 0)
			return true;
	}
	return false;
}

/* --- ends and entities -----------------------------------------------------------------
 */

/* Whether the period behind LEN bytes of URL may belong to it, as in "Washington,_D.C.".
 */
static bool
is_abbreviation(const char *url, size_t len)
{
	return len > 0 && url[len] == '.' && url[len - 1] >= 'A' && url[len - 1] <= 'Z';
}

/* URL without what a sentence around it has left at its end; NULL: nothing. */
static const char *
without_end(struct arena *a, const char *url)
{
	size_t len = strlen(url), keep = len;
	while (keep > 0 && strchr(".,;", url[keep - 1]) != NULL &&
	    !is_abbreviation(url, keep - 1))
		keep--;
	if (keep > 0 && url[keep - 1] == ')' && strchr(url, '(') == NULL)
		keep--;
	return keep < len ? arena_strndup(a, url, keep) : NULL;
}

static const char *
without_entities(struct arena *a, const char *url)
{
	static const char entity[] = "&amp;";
	struct buffer out = {0};
	const char *found;
	for (; (found = strstr(url, entity)) != NULL; url = found + strlen(entity)) {
		buffer_append(&out, url, (size_t)(found - url));
		buffer_puts(&out, "&");
	}
	buffer_puts(&out, url);
	const char *clean = arena_strndup(a, out.data, out.len);
	buffer_free(&out);
	return clean;
}

const char *
url_doubt(struct arena *a, const char *url, const char *host, enum rule *rule)
{
	const char *authority = strstr(url, "://");
	const char *path = authority != NULL ? authority + 3 : url;
	path += strcspn(path, "/?#");
	const char *better = behind_detour(a, host, path);
	*rule = RULE_URL_GATEWAY;
	if (better != NULL)
		return arena_printf(a,
		    _("the link takes a detour by way of \"%s\"; write \"%s\""), host,
		    better);
	*rule = RULE_URL_PRIVATE;
	if (is_login(host, path))
		return _(
		    "the link leads to a page for signing in; expected one that every reader can open");
	*rule = RULE_URL_ENTITY;
	better = without_entities(a, url);
	if (strcmp(better, url) != 0)
		return arena_printf(
		    a, _("\"&amp;\" is HTML for \"&\"; write \"%s\""), better);
	*rule = RULE_URL_END;
	better = without_end(a, url);
	if (better != NULL)
		return arena_printf(a,
		    _("\"%s\" at the end is hardly a part of the link; write \"%s\""),
		    url + strlen(better), better);
	return NULL;
}
