#include "links/crawl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/interrupt.h"
#include "base/map.h"
#include "link/address.h"

enum {
	VAIN_MAX = 16, /* HEAD requests in vain after which a host gets GET at once */
	HOSTS_LOST_MIN = 3, /* that many names are not wrong all at once */
	POLL_MAX_MS = 1000,
	CONNECTIONS_KEPT = 64
};

/* A link on its way. */
struct job {
	struct visit visit;
	struct target *target;
	struct host *host;
	struct job *next; /* in the queue of the host */
	double due;       /* when its pause is over */
	bool lost;        /* its host could not be reached */
};

struct host {
	struct job *first; /* what is to be asked */
	int active;        /* requests under way */
	int vain;          /* HEAD requests in a row that GET had to follow */
	double not_before; /* when it wants the next request */
};

struct loop {
	const struct crawl *crawl;
	struct arena *a, *kept; /* until the end of the crawl, and of the run */
	CURLM *multi;
	struct exchange *exchanges; /* job is NULL: free */
	struct host **hosts;
	int nhosts, turn; /* whose turn it is */
	struct map host_index /* from 1 */, expiries /* of certificates, by origin */;
	struct job *jobs;
	int njobs, left; /* to be settled */
	double wake;     /* when the first pause ends */
	unsigned random;
};

static double
now_s(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What was begun goes first, so that links are settled one after the other. */
static void
enqueue(struct loop *l, struct job *job)
{
	int64_t *index = map_at(&l->host_index, l->a, job->visit.next.parts.host);
	if (*index == 0) {
		*arena_append(l->a, l->hosts, l->nhosts) =
		    arena_alloc(l->a, sizeof **l->hosts);
		*index = l->nhosts;
	}
	job->host = l->hosts[*index - 1];
	job->next = job->host->first;
	job->host->first = job;
}

/* The next job that may be asked for; NULL: none, until l->wake. */
static struct job *
dequeue(struct loop *l, double now)
{
	l->wake = HUGE_VAL;
	for (int i = 0; i < l->nhosts; i++) {
		struct host *host = l->hosts[l->turn];
		l->turn = (l->turn + 1) % l->nhosts;
		if (host->active >= HOST_MAX)
			continue;
		for (struct job **at = &host->first; *at != NULL; at = &(*at)->next) {
			struct job *job = *at;
			double due = fmax(job->due, host->not_before);
			if (due <= now) {
				*at = job->next;
				return job;
			}
			l->wake = fmin(l->wake, due);
			if (due == host->not_before)
				break;
		}
	}
	return NULL;
}

static void
settle(struct loop *l, struct job *job)
{
	struct outcome *out = &job->target->outcome;
	*out = job->visit.out;
	if (out->end != NULL)
		out->end = arena_strdup(l->kept, out->end);
	if (out->moved != NULL)
		out->moved = arena_strdup(l->kept, out->moved);
	l->crawl->settled(l->crawl->context, job->target);
}

/* Whether ANSWER shows only that nothing can be reached from here.  Names below .invalid
 * exist nowhere (RFC 6761, 6.4). */
static bool
is_lost(const struct answer *answer, const char *host)
{
	size_t len = strlen(host), tail = strlen(".invalid");
	return (answer->status == 0 || answer->status == 407) &&
	    answer->fault >= FAULT_UNKNOWN_HOST && answer->fault <= FAULT_SILENCE &&
	    (len < tail || strcmp(host + len - tail, ".invalid") != 0);
}

/* Takes the answer to JOB's request, and does what follows from it. */
static void
take(struct loop *l, struct job *job, struct answer *answer)
{
	struct visit *v = &job->visit;
	const char *url = v->next.url;
	bool head = v->next.method == METHOD_HEAD;
	/* a connection made before shows no certificate */
	int64_t *expires = map_at(&l->expiries, l->a, v->next.parts.origin);
	if (answer->expires > 0)
		*expires = answer->expires;
	answer->expires = (time_t)*expires;
	job->lost = v->nredirects == 0 && is_lost(answer, v->next.parts.host);
	enum step step = visit_take(v, answer, &l->crawl->limits, l->a);
	if (head)
		job->host->vain =
		    step == STEP_ASK && v->next.url == url ? job->host->vain + 1 : 0;
	if (step == STEP_PAUSE) {
		double chance = rand_r(&l->random) / (double)RAND_MAX;
		job->due = now_s() + visit_pause(v, chance);
		if (v->retry_after > 0)
			job->host->not_before = job->due;
	}
	if (step != STEP_DONE) {
		enqueue(l, job);
		return;
	}
	l->left--;
	if (!job->lost) /* of those is told when it is known why */
		settle(l, job);
}

static void
close_one(struct loop *l, struct exchange *e)
{
	curl_multi_remove_handle(l->multi, e->easy);
	exchange_close(e);
	e->job = NULL;
}

/* Takes the answers that are there.  False: none is. */
static bool
take_all(struct loop *l)
{
	CURLMsg *message;
	bool any = false;
	int more;
	while ((message = curl_multi_info_read(l->multi, &more)) != NULL) {
		CURLcode code = message->data.result;
		char *private = NULL;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
		struct exchange *e = (void *)private;
		struct job *job = e->job;
		struct answer answer = exchange_end(e, code, l->a);
		job->host->active--;
		take(l, job, &answer);
		close_one(l, e);
		any = true;
	}
	return any;
}

/* Asks as much as may be. */
static void
begin_all(struct loop *l)
{
	double now = now_s();
	struct job *job;
	l->wake = HUGE_VAL; /* when all places are taken, nobody waits for a pause */
	for (int i = 0; i < l->crawl->concurrency; i++) {
		struct exchange *e = &l->exchanges[i];
		while (e->job == NULL && (job = dequeue(l, now)) != NULL) {
			struct request *next = &job->visit.next;
			if (next->method == METHOD_HEAD && job->host->vain >= VAIN_MAX)
				next->method = METHOD_GET;
			if (!exchange_begin(e, next, l->crawl->allow_private)) {
				take(l, job, &(struct answer){.fault = FAULT_PRIVATE});
				continue;
			}
			e->job = job;
			job->host->active++;
			if (curl_multi_add_handle(l->multi, e->easy) != CURLM_OK)
				memory_exhausted();
		}
	}
}

static void
loop_open(struct loop *l, const struct crawl *crawl, struct arena *a)
{
	size_t n = (size_t)crawl->concurrency;
	*l = (struct loop){.crawl = crawl, .a = a, .multi = curl_multi_init()};
	l->random = (unsigned)crawl->limits.now ^ (unsigned)getpid();
	if (l->multi == NULL)
		memory_exhausted();
	curl_multi_setopt(l->multi, CURLMOPT_MAXCONNECTS, (long)CONNECTIONS_KEPT);
	l->exchanges = arena_alloc(a, n * sizeof *l->exchanges);
	l->jobs = arena_alloc(a, (size_t)crawl->n * sizeof *l->jobs);
	/* the last one first, since each goes to the front of its queue */
	for (int i = crawl->n - 1; i >= 0; i--) {
		if (crawl->targets[i].outcome.class != CLASS_UNKNOWN)
			continue;
		struct job *job = &l->jobs[l->njobs++];
		job->target = &crawl->targets[i];
		visit_start(&job->visit, job->target, &crawl->limits, a);
		enqueue(l, job);
	}
	l->left = l->njobs;
}

static void
loop_close(struct loop *l)
{
	for (int i = 0; i < l->crawl->concurrency; i++) {
		if (l->exchanges[i].job != NULL)
			close_one(l, &l->exchanges[i]);
	}
	curl_multi_cleanup(l->multi);
}

/* Seconds that the run takes at most, when all links lead to one host, and one to end. */
static double
longest(const struct loop *l)
{
	struct limits of = l->crawl->limits;
	double rounds = ceil((double)l->njobs / fmin(HOST_MAX, l->crawl->concurrency));
	return 1 + rounds * (of.timeout + of.retries * (of.timeout + RETRY_AFTER_MAX));
}

static void
loop_run(struct loop *l, double end)
{
	while (l->left > 0 && interrupt_came() == 0) {
		int running;
		begin_all(l);
		curl_multi_perform(l->multi, &running);
		if (take_all(l) || l->left == 0)
			continue;
		double now = now_s(), wait = fmin(l->wake, end) - now;
		if (now >= end)
			break;
		wait = fmax(0, fmin(wait * 1000 + 1, POLL_MAX_MS));
		curl_multi_poll(l->multi, NULL, 0, (int)wait, NULL);
	}
}

/* Whether nothing could be reached because of this side: there is no way out, a proxy
 * lets nobody through, or every one of several hosts is unknown or silent. */
static bool
is_offline(struct loop *l)
{
	struct map hosts = {0};
	bool proxy = false;
	for (int i = 0; i < l->njobs; i++) {
		if (!l->jobs[i].lost)
			return false;
		proxy |= l->jobs[i].visit.out.class == CLASS_BLOCKED;
		map_at(&hosts, l->a, l->jobs[i].visit.next.parts.host);
	}
	return l->njobs > 0 &&
	    (proxy || hosts.n >= HOSTS_LOST_MIN || !address_has_route());
}

/* Settles what was held back, and what the time did not suffice for. */
static void
settle_rest(struct loop *l)
{
	for (int i = l->njobs - 1; i >= 0; i--) {
		struct job *job = &l->jobs[i];
		if (job->target->outcome.class != CLASS_UNKNOWN)
			continue;
		if (job->visit.out.class == CLASS_UNKNOWN && interrupt_came() == 0) {
			job->visit.out.class = CLASS_TIMEOUT;
			job->visit.out.why = _("the time for the whole check ran out");
		}
		if (job->visit.out.class != CLASS_UNKNOWN)
			settle(l, job);
	}
}

struct crawl_result
crawl_run(const struct crawl *crawl, struct arena *a)
{
	struct loop l;
	struct arena own = {0};
	loop_open(&l, crawl, &own);
	l.kept = a;
	interrupt_watch();
	struct crawl_result result = {.longest = longest(&l)};
	double start = now_s();
	loop_run(&l, start + result.longest);
	result.seconds = now_s() - start;
	interrupt_unwatch();
	result.end = interrupt_came();
	if (l.left == 0 && is_offline(&l))
		result.end = CRAWL_OFFLINE;
	else
		settle_rest(&l);
	loop_close(&l);
	arena_free(&own);
	return result;
}
