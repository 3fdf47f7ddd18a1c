/* url_spell.h - the spelling that a link should have (RFC 3986, RFC 5891).
 *
 * Pure.  The only file that knows libidn2.
 */
#ifndef LINK_URL_SPELL_H
#define LINK_URL_SPELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* The length of the scheme that URL begins with, ":" left out; 0: it has none. */
size_t url_scheme_len(const char *url);

/* URL with a scheme, Punycode in its host, and all that a link cannot hold
 * percent-encoded; equal to URL when it was right.  NULL: no spelling comes to mind. */
const char *url_spell(struct arena *a, const char *url);

/* The same without what links copied from a mail or a search carry to follow the reader
 * ("utm_source=…", "#:~:text=…"); *FOUND names the first of it, or is NULL. */
const char *url_untrack(struct arena *a, const char *url, const char **found);

#endif
