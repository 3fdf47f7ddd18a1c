#include "links/judge.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"

const char *const class_names[CLASS_COUNT] = {N_("unknown"), "ok", N_("moved"),
    N_("expiring"), N_("blocked"), N_("soft 404"), N_("dead"), N_("server"),
    N_("timeout"), "tls"};

static enum step
settle(struct visit *v, enum link_class class, const char *why)
{
	v->out.class = class;
	v->out.why = why;
	v->out.end = v->next.url;
	return STEP_DONE;
}

/* Asks by METHOD, in what is left of the attempt; HEAD gets half of it. */
static enum step
ask(struct visit *v, enum method method, const struct limits *limits)
{
	v->next.method = method;
	v->next.seconds = fmax(0, limits->timeout - v->used);
	if (method == METHOD_HEAD)
		v->next.seconds /= 2;
	return STEP_ASK;
}

static bool
can_retry(const struct visit *v, const struct limits *limits)
{
	return v->attempt < limits->retries && v->retry_after <= RETRY_AFTER_MAX;
}

/* Tries once more what may pass; else the link is of CLASS. */
static enum step
retry(
    struct visit *v, enum link_class class, const char *why, const struct limits *limits)
{
	if (!can_retry(v, limits))
		return settle(v, class, why);
	v->attempt++;
	v->used = 0;
	ask(v, v->next.method, limits);
	return STEP_PAUSE;
}

void
visit_start(struct visit *v, const struct target *target, const struct limits *limits,
    struct arena *a)
{
	*v = (struct visit){.next.url = target->url, .is_short = target->is_short};
	v->out.seen = target->outcome.seen;
	url_read(v->next.url, a, &v->next.parts);
	v->from = v->next.parts;
	ask(v, METHOD_HEAD, limits);
}

double
visit_pause(const struct visit *v, double chance)
{
	double seconds = (0.5 + chance) * pow(2, v->attempt - 1);
	return fmin(fmax(seconds, v->retry_after), RETRY_AFTER_MAX);
}

static enum step
follow(struct visit *v, const struct answer *answer, const struct limits *limits,
    struct arena *a)
{
	struct request next = {.url = url_resolve(v->next.url, answer->location, a)};
	bool web = next.url != NULL && url_read(next.url, a, &next.parts);
	const char *fault = NULL;
	if (!web)
		fault = N_("it redirects to something that is not a website");
	else if (v->nredirects == REDIRECTS_MAX)
		fault = N_("it redirects too many times");
	v->trail[v->nredirects] = v->next.url;
	for (int i = 0; i <= v->nredirects && fault == NULL; i++)
		if (strcmp(next.url, v->trail[i]) == 0)
			fault = N_("it redirects in a loop");
	if (fault != NULL)
		return v->next.method == METHOD_HEAD ? ask(v, METHOD_GET, limits)
						     : settle(v, CLASS_DEAD, _(fault));
	if (v->nredirects == 0)
		v->moved_by = answer->status;
	v->temporary |= answer->status != 301 && answer->status != 308;
	if (!v->temporary && !v->is_short)
		v->out.moved = next.url;
	v->out.downgraded |= strcmp(v->next.parts.scheme, "https") == 0 &&
	    strcmp(next.parts.scheme, "http") == 0;
	v->nredirects++;
	v->next = next;
	return ask(v, METHOD_HEAD, limits);
}

static enum step
arrive(struct visit *v, const struct answer *answer, const struct limits *limits)
{
	const struct url *from = &v->from, *to = &v->next.parts;
	if (answer->is_page && page_is_not_found(answer->page))
		return settle(v, CLASS_SOFT_404,
		    _("the title of the page says that it was not found"));
	if (v->nredirects > 0 && !v->is_short && url_is_home_of(to, from) &&
	    !url_is_home(from))
		return settle(
		    v, CLASS_SOFT_404, _("it redirects to the home page of the website"));
	v->out.alive = true;
	v->out.seen = limits->now;
	v->out.expiring = v->out.expires > 0 && v->out.expires < limits->now + EXPIRING;
	if (v->out.moved == NULL)
		return settle(v, v->out.expiring ? CLASS_EXPIRING : CLASS_OK, NULL);
	v->out.status = v->moved_by;
	return settle(v, CLASS_MOVED, NULL);
}

static enum step
take_fault(struct visit *v, const struct answer *answer, const struct limits *limits)
{
	static const struct {
		enum link_class class;
		const char *why; /* unless the answer says more */
	} faults[] = {
	    [FAULT_UNKNOWN_HOST] = {CLASS_DEAD, N_("no website has that name")},
	    [FAULT_REFUSED] = {CLASS_DEAD, N_("the website refuses the connection")},
	    [FAULT_UNREACHABLE] = {CLASS_DEAD,
		N_("the network of the website cannot be reached")},
	    [FAULT_PROXY] = {CLASS_BLOCKED, N_("a proxy refuses the request")},
	    [FAULT_PRIVATE] = {CLASS_DEAD, N_("it leads to a private network")},
	    [FAULT_TLS] = {CLASS_TLS, N_("no secure connection can be made")},
	    [FAULT_TIMEOUT] = {CLASS_TIMEOUT, N_("no complete answer came in time")},
	    [FAULT_SILENCE] = {CLASS_TIMEOUT, N_("no complete answer came in time")},
	    [FAULT_BROKEN] = {CLASS_SERVER, N_("the answer breaks off or is not HTTP")},
	};
	enum fault fault = answer->fault;
	const char *why = answer->why != NULL ? answer->why : _(faults[fault].why);
	if (fault == FAULT_PRIVATE || fault == FAULT_TLS)
		return settle(v, faults[fault].class, why);
	/* a body sent to HEAD spoils the connection for who asks next */
	bool fresh = fault == FAULT_BROKEN && answer->status == 0 && !v->next.fresh;
	if (fresh || (fault >= FAULT_SILENCE && v->next.method == METHOD_HEAD)) {
		v->next.fresh |= fresh;
		return ask(v, METHOD_GET, limits);
	}
	return retry(v, faults[fault].class, why, limits);
}

/* Takes an answer that is neither a page nor a redirect. */
static enum step
take_refusal(struct visit *v, int status, const struct limits *limits)
{
	if (status == 429)
		return retry(v, CLASS_BLOCKED, NULL, limits);
	bool patience = status == 503 && v->retry_after > 0 && can_retry(v, limits);
	if (v->next.method == METHOD_HEAD && !patience)
		return ask(v, METHOD_GET, limits);
	if (status == 416 && v->next.method == METHOD_GET)
		return ask(v, METHOD_GET_ALL, limits);
	if (status == 401 || status == 403 || status == 451 || status == 999)
		return settle(v, CLASS_BLOCKED, NULL);
	if (status == 408 || status == 425)
		return retry(v, CLASS_DEAD, NULL, limits);
	if (status >= 400 && status < 500)
		return settle(v, CLASS_DEAD, NULL);
	return retry(v, CLASS_SERVER, NULL, limits);
}

enum step
visit_take(struct visit *v, const struct answer *answer, const struct limits *limits,
    struct arena *a)
{
	int status = answer->status;
	v->used += answer->seconds;
	v->out.seconds += answer->seconds;
	v->out.status = status;
	v->retry_after = answer->retry_after;
	if (answer->expires > 0 &&
	    (v->out.expires == 0 || answer->expires < v->out.expires))
		v->out.expires = answer->expires;
	if (answer->fault != FAULT_NONE)
		return take_fault(v, answer, limits);
	if (answer->location != NULL &&
	    ((status >= 301 && status <= 303) || status == 307 || status == 308))
		return follow(v, answer, limits, a);
	if (status < 200 || status >= 300)
		return take_refusal(v, status, limits);
	if (v->next.method == METHOD_HEAD && answer->is_page)
		return ask(v, METHOD_GET, limits);
	return arrive(v, answer, limits);
}
