/* url_within.h - links in a text that should be a link and holds more than that.  Pure.
 */
#ifndef LINK_URL_WITHIN_H
#define LINK_URL_WITHIN_H

#include "base/arena.h"

/* How many links stand in TEXT, side by side; one inside another
 * ("https://a.be/?url=https://b.be") is none of its own. */
int url_count(const char *text);

/* The only link of TEXT, where words or marks stand around it, as in "Gent
 * (https://www.gent.be/)"; NULL: nothing does, or there is none or another one. */
const char *url_within(struct arena *a, const char *text);

#endif
