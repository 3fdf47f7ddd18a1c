/* url.h - the address of a website taken apart (RFC 3986), and what it and a page tell of
 * that page.
 *
 * Pure; strings belong to the arena.
 */
#ifndef LINK_URL_H
#define LINK_URL_H

#include <stdbool.h>

#include "base/arena.h"

struct url {
	const char *scheme, *host; /* small letters; brackets around IPv6 */
	const char *origin;        /* host:port */
	const char *path, *query;  /* "" where there is none */
};

/* Takes TEXT apart.  False: it is not a URL of http or https with a host. */
bool url_read(const char *text, struct arena *a, struct url *out);

/* Where BASE redirects to by LOCATION: absolute, in ASCII, without user and password,
 * with BASE's fragment where it has none (RFC 9110, 10.2.2).  NULL: it is not a URL. */
const char *url_resolve(const char *base, const char *location, struct arena *a);

/* Whether the page is where a website begins, such as "/", "/nl/" or "/home.html". */
bool url_is_home(const struct url *url);

/* Whether its name says that one has to log in there. */
bool url_is_login(const struct url *url);

/* Whether HOME is where the website of PAGE begins, or the main one of its owner:
 * www.gent.be/ for data.gent.be/x. */
bool url_is_home_of(const struct url *home, const struct url *page);

/* Whether both are registered by one owner: the names below a public suffix
 * (publicsuffix.org) are the same.  Addresses share nothing but themselves. */
bool url_same_owner(const struct url *a, const struct url *b);

/* Whether both are one page, but for the scheme, "www." and the last slash. */
bool url_same_page(const struct url *a, const struct url *b);

/* Whether HTML, the start of a page in any encoding that has ASCII in it, has a title
 * that says that the page was not found, in English, Dutch, French or German. */
bool page_is_not_found(const char *html);

#endif
