/* url.h - links: what may be printed as a link, and how it has to be spelt.
 *
 * RFC 3986 syntax, http and https only (RFC 9110), mailto (RFC 6068) where allowed.  The
 * only file that knows uriparser and libidn2.
 */
#ifndef LINK_URL_H
#define LINK_URL_H

#include <stdbool.h>

#include "base/arena.h"

enum { URL_MAX = 2000 /* characters */, URL_WARNINGS_MAX = 3 };

enum url_schemes { URL_WEB, URL_WEB_OR_MAIL };

/* Sentences about a link, in the user's language; they belong to the arena. */
struct url_report {
	const char *error;                      /* NULL: the link is good */
	const char *warnings[URL_WARNINGS_MAX]; /* of a good link */
	int nwarnings;
};

/* Judges URL, which is not empty and valid UTF-8.  False: it cannot be used, and
 * out->error says why, with the right spelling where there is one. */
bool url_check(
    const char *url, enum url_schemes schemes, struct arena *a, struct url_report *out);

#endif
