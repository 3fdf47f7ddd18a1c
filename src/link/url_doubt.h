/* url_doubt.h - links that are right, and yet not what readers should be led to.  Pure.
 */
#ifndef LINK_URL_DOUBT_H
#define LINK_URL_DOUBT_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/rules.h"

/* Whether HOST can be reached from within a network only (RFC 1918, RFC 6761). */
bool url_is_private(const char *host);

/* What is doubtful about URL, whose host is HOST, as a sentence in the user's language,
 * with the better spelling where there is one: a mail's detour, HTML, the end of a
 * sentence, a page for signing in.  NULL: nothing. */
const char *
url_doubt(struct arena *a, const char *url, const char *host, enum rule *rule);

#endif
