#include "link/link.h"

#include <string.h>

#include <uriparser/Uri.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "link/url_doubt.h"
#include "link/url_spell.h"
#include "link/url_within.h"

enum { HOST_MAX = 253, LABEL_MAX = 63, PORT_MAX = 65535 }; /* RFC 1035, 2.3.4; RFC 9293 */

struct judge {
	const char *url;
	unsigned kinds;
	struct arena *a;
	struct link_verdict *out;
	const char *host; /* NULL: none is known yet, or it is a mail address */
	enum rule rule;   /* of what is being looked at */
	const char *error;
};

/* --- as it is written ------------------------------------------------------------------
 */

/* Whether the link stands alone. */
static bool
check_alone(struct judge *j)
{
	j->rule = RULE_URL_NOT_ALONE;
	if (url_count(j->url) > 1) {
		j->error = _("two links stand here together; keep one of them");
		return false;
	}
	const char *within = url_within(j->a, j->url);
	j->out->cure = within;
	if (within != NULL)
		j->error = arena_printf(
		    j->a, _("more than a link stands here; write \"%s\""), within);
	return within == NULL;
}

/* TEXT on one line: a link that was broken has lost nothing, and gained no space. */
static const char *
unbroken(struct arena *a, const char *text)
{
	char *line = arena_strdup(a, text), *out = line;
	for (const char *s = text; *s != '\0';) {
		size_t space = strspn(s, " \t\r\n");
		if (strcspn(s, "\r\n") < space)
			s += space;
		else
			*out++ = *s++;
	}
	*out = '\0';
	return line;
}

static bool
check_characters(struct judge *j)
{
	size_t len = strlen(j->url);
	int count = utf8_count(j->url, len);
	j->rule = RULE_URL_TOO_LONG;
	if (count > LINK_MAX) {
		j->error = arena_printf(j->a,
		    _("the link has %d characters; expected %d at most"), count,
		    LINK_MAX);
		return false;
	}
	j->rule = RULE_URL_CHARACTER;
	for (size_t i = 0; i < len;) {
		int32_t u;
		i += utf8_decode(j->url + i, len - i, &u);
		if (u == '\n' || u == '\r') {
			const char *spelt = url_spell(j->a, unbroken(j->a, j->url));
			j->out->cure = spelt;
			j->error = spelt == NULL
			    ? _("there is a line break in the link; write it on one line")
			    : arena_printf(j->a,
				  _("there is a line break in the link; write \"%s\""),
				  spelt);
			return false;
		}
		if (u == '\t' || utf8_is_control(u)) {
			j->error = arena_printf(j->a,
			    _("there is a control character (U+%04X) in the link; take it away"),
			    (unsigned)u);
			return false;
		}
	}
	return true;
}

static bool
scheme_is(const char *url, const char *scheme)
{
	size_t len = strlen(scheme);
	if (url_scheme_len(url) != len)
		return false;
	for (size_t i = 0; i < len; i++) {
		if ((url[i] | 0x20) != scheme[i])
			return false;
	}
	return true;
}

static bool
check_scheme(struct judge *j)
{
	bool mail = (j->kinds & LINK_MAIL) != 0;
	if (scheme_is(j->url, "https") || scheme_is(j->url, "http") ||
	    (mail && scheme_is(j->url, "mailto")))
		return true;
	j->rule = RULE_URL_SCHEME;
	size_t len = url_scheme_len(j->url);
	const char *spelt = url_spell(j->a, j->url);
	if (spelt != NULL && scheme_is(spelt, "mailto") && !mail)
		j->error = _(
		    "this is a mail address; expected the address of a website, such as \"https://www.gent.be/\"");
	else if (spelt != NULL)
		j->error = arena_printf(j->a,
		    _("\"%s\" does not begin with https://; write \"%s\""), j->url,
		    j->out->cure = spelt);
	else if (len == 1)
		j->error = arena_printf(j->a,
		    _("\"%s\" is a file on one computer; expected the address of a website, such as \"https://www.gent.be/\""),
		    j->url);
	else if (len > 0)
		j->error = arena_printf(j->a,
		    _("a link of the kind \"%.*s:\" is refused; expected one that begins with https://"),
		    (int)len, j->url);
	else
		j->error = arena_printf(j->a,
		    _("\"%s\" is no link; expected one that begins with https://"),
		    j->url);
	return false;
}

/* Whether URL is SPELT but for the scheme and the slashes behind it. */
static bool
ends_alike(const char *url, const char *spelt)
{
	const char *host = strstr(spelt, "://");
	if (host == NULL || strlen(url) < strlen(host + 3))
		return false;
	return strcmp(url + strlen(url) - strlen(host + 3), host + 3) == 0;
}

static bool
check_spelling(struct judge *j)
{
	const char *spelt = url_spell(j->a, j->url);
	if (spelt == NULL && strchr(j->url, ' ') != NULL) {
		j->error = _(
		    "there is a space in the name of the website; expected a name such as \"www.gent.be\"");
		return false;
	}
	if (spelt == NULL || strcmp(spelt, j->url) == 0)
		return true;
	j->rule = RULE_URL_CHARACTER;
	j->out->cure = spelt;
	size_t len = strlen(j->url);
	if (strchr(j->url, ' ') != NULL)
		j->error = arena_printf(
		    j->a, _("there is a space in the link; write \"%s\""), spelt);
	else if (utf8_count(j->url, len) != (int)len)
		j->error = arena_printf(j->a,
		    _("the link holds letters that a link has to spell in ASCII; write \"%s\""),
		    spelt);
	else if (ends_alike(j->url, spelt))
		j->error =
		    arena_printf(j->a, _("the link begins wrongly; write \"%s\""), spelt);
	else
		j->error = arena_printf(j->a,
		    _("the link holds characters that a link cannot have; write \"%s\""),
		    spelt);
	return false;
}

/* --- as a parser sees it ---------------------------------------------------------------
 */

static const char *
range(struct arena *a, UriTextRangeA text)
{
	if (text.first == NULL)
		return NULL;
	return arena_strndup(a, text.first, (size_t)(text.afterLast - text.first));
}

/* Letters, digits, hyphens and underscores in labels of 1 to 63 (RFC 1035, 2.3.4). */
static bool
is_host_name(const char *host)
{
	size_t len = strlen(host);
	if (len > 1 && host[len - 1] == '.')
		len--;
	if (len == 0 || len > HOST_MAX)
		return false;
	size_t label = 0;
	for (size_t i = 0; i <= len; i++) {
		if (i == len || host[i] == '.') {
			if (label == 0 || label > LABEL_MAX || host[i - 1] == '-' ||
			    host[i - label] == '-')
				return false;
			label = 0;
		} else if (strspn(host + i,
			       "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "0123456789-_") == 0) {
			return false;
		} else {
			label++;
		}
	}
	return true;
}

static bool
check_port(struct judge *j, const char *port)
{
	long n = 0;
	for (const char *c = port; c != NULL && *c != '\0' && n <= PORT_MAX; c++)
		n = n * 10 + (*c - '0');
	if (port == NULL || port[0] == '\0' || (n >= 1 && n <= PORT_MAX))
		return true;
	j->rule = RULE_URL_HOST;
	j->error = arena_printf(j->a,
	    _("the port \"%s\" does not exist; expected 1 to 65535, or none"), port);
	return false;
}

static void
warn(struct judge *j, enum rule rule, const char *message)
{
	if (j->out->n < LINK_FINDINGS_MAX)
		j->out->findings[j->out->n++] = (struct link_finding){rule, message};
}

static bool
check_host(struct judge *j, const UriUriA *uri)
{
	const char *host = range(j->a, uri->hostText);
	bool is_number =
	    uri->hostData.ip4 || uri->hostData.ip6 || uri->hostData.ipFuture.first;
	j->rule = RULE_URL_HOST;
	if (host == NULL || host[0] == '\0') {
		j->error = _(
		    "the link names no website; expected one such as \"https://www.gent.be/\"");
		return false;
	}
	if (!is_number && !is_host_name(host)) {
		j->error = arena_printf(j->a,
		    _("\"%s\" is no name of a website; expected one such as \"www.gent.be\""),
		    host);
		return false;
	}
	j->host = host;
	if (!is_number && !url_is_private(host) && strchr(host, '.') == NULL)
		warn(j, RULE_URL_DOMAIN,
		    arena_printf(j->a,
			_("\"%s\" has no ending; is \".be\" missing behind it?"), host));
	return check_port(j, range(j->a, uri->portText));
}

static bool
check_mail(struct judge *j)
{
	const char *address = j->url + strlen("mailto:");
	size_t len = strcspn(address, "?");
	const char *at = memchr(address, '@', len);
	if (at != NULL && at > address) {
		const char *host =
		    arena_strndup(j->a, at + 1, len - (size_t)(at + 1 - address));
		if (is_host_name(host) && strchr(host, '.') != NULL)
			return true;
	}
	j->rule = RULE_URL_MAIL;
	j->error = arena_printf(j->a,
	    _("\"%.*s\" is no mail address; expected one such as \"info@gent.be\""),
	    (int)len, address);
	return false;
}

static bool
check_parts(struct judge *j, const UriUriA *uri)
{
	if (scheme_is(j->url, "mailto"))
		return check_mail(j);
	if (uri->userInfo.first != NULL) {
		j->rule = RULE_URL_CREDENTIALS;
		j->error = arena_printf(j->a,
		    _("the link holds a user name or password before \"@\", which every reader would see; write \"%.*s%s\""),
		    (int)(uri->userInfo.first - j->url), j->url,
		    uri->userInfo.afterLast + 1);
		return false;
	}
	return check_host(j, uri);
}

static bool
check_syntax(struct judge *j)
{
	UriUriA uri;
	const char *where = j->url;
	int status = uriParseSingleUriA(&uri, j->url, &where);
	if (status == URI_ERROR_MALLOC)
		memory_exhausted();
	if (status != URI_SUCCESS) {
		j->rule = RULE_URL_CHARACTER;
		int column = utf8_count(j->url, (size_t)(where - j->url)) + 1;
		j->error = arena_printf(j->a,
		    _("\"%s\" is no link: character %d does not belong there; expected one such as \"https://www.gent.be/\""),
		    j->url, column);
		return false;
	}
	bool ok = check_parts(j, &uri);
	uriFreeUriMembersA(&uri);
	return ok;
}

/* --- as a reader meets it --------------------------------------------------------------
 */

static void
warn_about(struct judge *j)
{
	if (j->host != NULL && url_is_private(j->host)) {
		warn(j, RULE_URL_PRIVATE,
		    arena_printf(j->a,
			_("\"%s\" can be reached from within one network only; expected the address that readers have"),
			j->host));
		return;
	}
	const char *doubt =
	    j->host != NULL ? url_doubt(j->a, j->url, j->host, &j->rule) : NULL;
	if (doubt != NULL) {
		warn(j, j->rule, doubt);
		return;
	}
	/* a name without its ending is another website yet */
	if (scheme_is(j->url, "http") && j->out->n == 0)
		warn(j, RULE_URL_UNENCRYPTED,
		    arena_printf(j->a,
			_("the link is not encrypted; if the website allows it, write \"https%s\""),
			j->url + strlen("http")));
	const char *found;
	const char *clean = url_untrack(j->a, j->url, &found);
	if (found != NULL)
		warn(j, RULE_URL_TRACKING,
		    arena_printf(j->a,
			_("\"%s\" is left from where the link was copied; write \"%s\""),
			found, clean));
}

bool
link_judge(const char *text, unsigned kinds, struct arena *a, struct link_verdict *out)
{
	struct judge j = {.url = text, .kinds = kinds, .a = a, .out = out};
	*out = (struct link_verdict){0};
	if (!check_alone(&j) || !check_characters(&j) || !check_scheme(&j) ||
	    !check_spelling(&j) || !check_syntax(&j)) {
		out->findings[0] = (struct link_finding){j.rule, j.error};
		out->n = 1;
		return false;
	}
	warn_about(&j);
	return true;
}
