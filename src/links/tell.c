#include "links/tell.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "diag/json.h"
#include "links/fix.h"

enum { SLOWEST = 5 };

/* Where TARGET ends, if not where it begins. */
static const char *
location(const struct target *target)
{
	const char *end = target->outcome.end;
	return end != NULL && strcmp(end, target->url) != 0 ? end : NULL;
}

/* Appends the name of CLASS, as wide as the longest one. */
static void
put_class(enum link_class class, struct buffer *out)
{
	int width = 0;
	for (int i = 0; i < CLASS_COUNT; i++) {
		int n = utf8_count(_(class_names[i]), strlen(_(class_names[i])));
		width = n > width ? n : width;
	}
	const char *name = _(class_names[class]);
	buffer_printf(out, "%s%*s", name, width - utf8_count(name, strlen(name)), "");
}

void
tell_line(const struct target *target, struct buffer *out)
{
	const struct outcome *outcome = &target->outcome;
	put_class(outcome->class, out);
	buffer_printf(out, outcome->status > 0 ? " %3d" : "    ", outcome->status);
	if (outcome->cached)
		buffer_printf(out, "%11s", "");
	else
		buffer_printf(out, " %6.2f s  ", outcome->seconds);
	buffer_puts(out, target->url);
	if (location(target) != NULL)
		buffer_printf(out, " -> %s", outcome->end);
	buffer_puts(out, "\n");
}

/* What is slower comes first; else the order of the inputs. */
static int
by_seconds(const void *a, const void *b)
{
	const struct target *one = *(const struct target *const *)a;
	const struct target *other = *(const struct target *const *)b;
	double x = one->outcome.seconds, y = other->outcome.seconds;
	return x < y ? 1 : x > y ? -1 : (one > other) - (one < other);
}

void
tell_table(const struct list *list, double seconds, double longest, struct buffer *out)
{
	struct arena a = {0};
	int n = list->ntargets, counts[CLASS_COUNT] = {0};
	const struct target **order = arena_alloc(&a, (size_t)n * sizeof *order);
	buffer_puts(out, "\n");
	buffer_printf(out, ngettext("%d link", "%d links", (unsigned long)n), n);
	for (int i = 0; i < n; i++) {
		order[i] = &list->targets[i];
		counts[order[i]->outcome.class]++;
	}
	for (int class = 0; class < CLASS_COUNT; class ++)
		if (counts[class] > 0)
			buffer_printf(
			    out, _(", %d %s"), counts[class], _(class_names[class]));
	buffer_printf(out, _("; took %.1f s of at most %.0f s\n"), seconds, longest);
	for (int i = 0, failing = 0; i < n; i++) {
		if (order[i]->outcome.class < CLASS_DEAD)
			continue;
		if (failing++ == 0)
			buffer_printf(out, "\n%s\n", _("failing:"));
		tell_line(order[i], out);
	}
	qsort(order, (size_t)n, sizeof *order, by_seconds);
	if (n > 0 && order[0]->outcome.seconds > 0)
		buffer_printf(out, "\n%s\n", _("slowest:"));
	for (int i = 0; i < n && i < SLOWEST && order[i]->outcome.seconds > 0; i++)
		tell_line(order[i], out);
	arena_free(&a);
}

void
tell_json(const struct list *list, struct buffer *out)
{
	const char *before = "{\"links\": [\n";
	json_begin();
	for (int i = 0; i < list->nreferences; i++) {
		const struct reference *reference = &list->references[i];
		const struct target *target = &list->targets[reference->target];
		const struct outcome *outcome = &target->outcome;
		if (outcome->class == CLASS_UNKNOWN)
			continue;
		json_t *link = json_pack("{s:s, s:s, s:o, s:s?, s:s?, s:o, s:i, s:f}",
		    "url", target->url, "class", class_names[outcome->class], "status",
		    outcome->status > 0 ? json_integer(outcome->status) : json_null(),
		    "location",
		    outcome->class == CLASS_MOVED ? outcome->moved : location(target),
		    "city", reference->city, "file", json_text(reference->at.file),
		    "line", reference->at.line, "seconds", outcome->seconds);
		buffer_puts(out, before);
		json_end(link, JSON_REAL_PRECISION(6), out);
		before = ",";
	}
	buffer_puts(out, before[0] == ',' ? "]}\n" : "{\"links\": []}\n");
}

/* What is said of a class, by its status or by a reason. */
static const struct {
	enum rule rule;
	const char *by_status, *by_reason;
} words[CLASS_COUNT] = {
    [CLASS_BLOCKED] = {RULE_LINK_BLOCKED,
	N_("blocked (%d): the website does not let programs in; open the link in a browser"),
	N_("blocked: %s; open the link in a browser")},
    [CLASS_SOFT_404] = {RULE_LINK_SOFT_404, NULL,
	N_("soft 404: %s; look for the new address of the page")},
    [CLASS_DEAD] = {RULE_LINK_DEAD,
	N_("dead (%d): the page is gone; look for its new address"),
	N_("dead: %s; look for the new address of the page")},
    [CLASS_SERVER] = {RULE_LINK_SERVER,
	N_("server (%d): the website has a fault; try again later or tell its owner"),
	N_("server: %s; try again later or tell the owner of the website")},
    [CLASS_TIMEOUT] = {RULE_LINK_TIMEOUT, NULL, N_("timeout: %s; try again later")},
    [CLASS_TLS] = {RULE_LINK_TLS, NULL,
	N_("tls: %s, so browsers warn against it; tell the owner of the website")},
};

static const char *const moves[] = {
    [FIX_SAFE] = N_("moved permanently (%d); write \"%s\""),
    [FIX_OTHER_OWNER] =
	N_("moved (%d) to another website; write \"%s\" if it is the city's"),
    [FIX_NEVER] = N_(
	"moved (%d) to \"%s\", which should not replace it; look for a better address"),
};

static const char *
date(time_t when, struct arena *a)
{
	struct tm day;
	gmtime_r(&when, &day);
	return arena_printf(
	    a, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

/* Tells of a link that has moved, or that has no page to show. */
static void
tell_class(const struct reference *reference, const struct target *target,
    struct arena *a, struct diag *d)
{
	const struct outcome *out = &target->outcome;
	if (out->class == CLASS_MOVED && !reference->fixed)
		diag_report(d, RULE_LINK_MOVED, reference->at,
		    _(moves[fix_of(target, a)]), out->status, out->moved);
	if (words[out->class].rule == RULE_NONE)
		return;
	const char *message = out->why != NULL
	    ? arena_printf(a, _(words[out->class].by_reason), out->why)
	    : arena_printf(a, _(words[out->class].by_status), out->status);
	if (out->seen > 0)
		message = arena_printf(
		    a, _("%s; last seen alive on %s"), message, date(out->seen, a));
	diag_report(d, words[out->class].rule, reference->at, "%s", message);
}

/* Tells what is to be said of a page that is there, and of the way to it. */
static void
tell_page(const struct target *target, struct place at, struct arena *a, struct diag *d)
{
	const struct outcome *out = &target->outcome;
	struct url from, to;
	if (out->expiring)
		diag_report(d, RULE_LINK_EXPIRING, at,
		    _("expiring: the certificate of the website expires on %s; tell its owner"),
		    date(out->expires, a));
	if (location(target) == NULL)
		return;
	url_read(target->url, a, &from);
	url_read(out->end, a, &to);
	if (out->downgraded)
		diag_report(d, RULE_LINK_DOWNGRADE, at,
		    _("redirects from https to http, \"%s\", which is not encrypted; tell the owner of the website"),
		    out->end);
	if (url_is_login(&to) && !url_is_login(&from))
		diag_report(d, RULE_LINK_LOGIN, at,
		    _("ends at a log-in page, \"%s\"; expected a page that everyone can read"),
		    out->end);
	else if (!url_same_owner(&from, &to) && out->class != CLASS_MOVED &&
	    !target->is_short)
		diag_report(d, RULE_LINK_ELSEWHERE, at,
		    _("ends at another website, \"%s\""), out->end);
}

void
tell_diagnostics(const struct list *list, struct arena *a, struct diag *d)
{
	for (int i = 0; i < list->nreferences; i++) {
		const struct reference *reference = &list->references[i];
		const struct target *target = &list->targets[reference->target];
		tell_class(reference, target, a, d);
		if (target->outcome.alive)
			tell_page(target, reference->at, a, d);
		if (reference->page < 0 || !target->outcome.alive)
			continue;
		const struct target *page = &list->targets[reference->page];
		struct url here, there;
		url_read(target->outcome.end, a, &here);
		if (page->outcome.alive && url_read(page->outcome.end, a, &there) &&
		    !url_same_page(&here, &there))
			diag_report(d, RULE_LINK_SHORT, reference->at,
			    _("the short address leads to \"%s\", the link to \"%s\"; expected the same page"),
			    target->outcome.end, page->outcome.end);
	}
}
