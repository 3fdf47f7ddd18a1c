/* crawl.h - ask for many links at once, in one event loop.
 *
 * At most HOST_MAX requests are under way to one host, whatever its port.  A host that
 * asks for patience (Retry-After) gets it for all of its links.
 */
#ifndef LINKS_CRAWL_H
#define LINKS_CRAWL_H

#include "links/judge.h"

enum { HOST_MAX = 4 };

struct crawl {
	struct target *targets; /* those of CLASS_UNKNOWN are asked for */
	int n;
	int concurrency; /* requests under way at most */
	bool allow_private;
	struct limits limits;
	/* called when a target is settled */
	void (*settled)(void *context, const struct target *target);
	void *context;
};

/* Nothing could be reached, because of this side. */
enum { CRAWL_OFFLINE = -1 };

struct crawl_result {
	int end; /* 0: done; that; or the signal that came, and not all are settled */
	double seconds, longest; /* that it took, and that it could have taken at most */
};

/* Settles the outcome of every target.  Strings of outcomes belong to A. */
struct crawl_result crawl_run(const struct crawl *crawl, struct arena *a);

#endif
