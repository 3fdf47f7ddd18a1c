/* link.h - what a link is: a text is judged, and spelt as it was meant.
 *
 * A link is an absolute URI (RFC 3986) that every reader can follow: http or https (RFC
 * 9110) to a website's name or address, or mailto (RFC 6068) or tel (RFC 3966) where that
 * is welcome.  Its host is in Punycode (RFC 5891).  A cure is offered only where the
 * result is sure to be what was meant, and is judged good itself.  Pure.
 */
#ifndef LINK_LINK_H
#define LINK_LINK_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/rules.h"

enum { LINK_MAX = 2000 /* characters */, LINK_FINDINGS_MAX = 8 };

/* The kinds that are welcome, as bits. */
enum { LINK_WEB = 1, LINK_MAIL = 2, LINK_PHONE = 4 };

struct link_finding {
	enum rule rule;
	const char *message; /* found; expected or cure; in the user's language */
};

/* All strings belong to the arena. */
struct link_verdict {
	struct link_finding findings[LINK_FINDINGS_MAX];
	int n;
	/* what was meant, with all mended that the findings say; a good link.  NULL:
	 * nothing was to be mended, or nobody can tell what was meant */
	const char *cure;
};

/* Judges TEXT, which is valid UTF-8 and not empty: its spelling, what it brought along
 * from where it was copied, and whether readers can follow it.  False: it cannot be used
 * as it is.  The first finding is an error then; all others are warnings. */
bool
link_judge(const char *text, unsigned kinds, struct arena *a, struct link_verdict *out);

#endif
