/* link.h - what a link is: a text is judged, and spelt as it was meant.
 *
 * A link is an absolute URI (RFC 3986) that whoever reads the brochure can follow: http
 * or https (RFC 9110) with the name of a website, or mailto (RFC 6068) where LINK_MAIL
 * allows it.  It knows nothing of the file that the text stands in.  Pure.
 */
#ifndef LINK_LINK_H
#define LINK_LINK_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/rules.h"

enum { LINK_MAX = 2000 /* characters */, LINK_FINDINGS_MAX = 8 };

/* The kinds that are welcome, as bits. */
enum { LINK_WEB = 1, LINK_MAIL = 2 };

struct link_finding {
	enum rule rule;
	const char *message; /* found; expected or cure; in the user's language */
};

/* All strings belong to the arena. */
struct link_verdict {
	struct link_finding findings[LINK_FINDINGS_MAX];
	int n;
	/* what was meant, as the messages show it: it is a good link.  NULL: TEXT is well
	 * spelt, or nobody can tell what was meant */
	const char *cure;
};

/* Judges TEXT, which is valid UTF-8 and not empty.  False: it is not a link, and the only
 * finding is an error.  True: it is one, and the findings are warnings. */
bool
link_judge(const char *text, unsigned kinds, struct arena *a, struct link_verdict *out);

#endif
