/* judge.h - what an answer means, and what is to be asked next.
 *
 * Pure.  A visit is one link's way through requests: HEAD, then GET where HEAD is refused
 * or the title of a page is wanted; redirects one at a time; the same again after a pause
 * where a fault may pass.
 */
#ifndef LINKS_JUDGE_H
#define LINKS_JUDGE_H

#include "links/http.h"

enum { REDIRECTS_MAX = 10, RETRY_AFTER_MAX = 60 /* seconds */, EXPIRING = 21 * 86400 };

enum link_class {
	CLASS_UNKNOWN, /* not asked, or not to the end */
	CLASS_OK,
	CLASS_MOVED,    /* for good */
	CLASS_EXPIRING, /* the certificate ends soon */
	CLASS_BLOCKED,  /* cannot be judged by a program */
	CLASS_SOFT_404, /* an answer like any other, but the page is gone */
	CLASS_DEAD,     /* from here on it fails */
	CLASS_SERVER,
	CLASS_TIMEOUT,
	CLASS_TLS,
	CLASS_COUNT
};

/* The names of classes, to be translated where people read them. */
extern const char *const class_names[CLASS_COUNT];

/* What came of a link.  Strings belong to the run's arena. */
struct outcome {
	enum link_class class;
	int status;        /* of HTTP, of the answer that decides; 0: none came */
	const char *end;   /* the URL where it ends */
	const char *moved; /* where the first redirects, which are for good, lead */
	const char *why;   /* in the user's language; NULL: the status says it */
	bool alive;        /* there is a page, whatever else is to be said of it */
	bool downgraded;   /* led from https to http on the way */
	bool cached;       /* was known, and not asked for */
	bool expiring;     /* that certificate ends within EXPIRING seconds */
	time_t expires;    /* the first certificate to end; 0: not known */
	time_t seen;       /* last alive; 0: never */
	double seconds;    /* that it took, pauses left out */
};

/* A URL of the inputs. */
struct target {
	const char *url;
	bool is_short; /* is in the inputs as a short address only */
	struct outcome outcome;
};

struct limits {
	int timeout; /* seconds of one attempt, pauses left out */
	int retries;
	time_t now;
};

struct visit {
	struct request next;
	double used;     /* seconds of this attempt */
	int attempt;     /* from 0 */
	int retry_after; /* seconds that the server asks to wait before it */
	struct url from; /* of the first request */
	const char *trail[REDIRECTS_MAX + 1]; /* what redirected */
	int nredirects;
	bool is_short;
	bool temporary; /* a redirect was not for good */
	int moved_by;   /* status of the first redirect */
	struct outcome out;
};

enum step {
	STEP_DONE /* OUT is settled */,
	STEP_ASK,
	STEP_PAUSE /* visit_pause first */
};

void visit_start(struct visit *v, const struct target *target,
    const struct limits *limits, struct arena *a);

/* Takes the answer to V's next request, and makes another one. */
enum step visit_take(struct visit *v, const struct answer *answer,
    const struct limits *limits, struct arena *a);

/* Seconds before the next attempt: one, doubled by each attempt, and from half to one and
 * a half of that by CHANCE, from 0 to 1; not less than the server asks for, at most
 * RETRY_AFTER_MAX. */
double visit_pause(const struct visit *v, double chance);

#endif
