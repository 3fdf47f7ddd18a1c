/* brochure-links - tell which links of a brochure are dead, moved or about to fail. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "diag/arguments.h"
#include "diag/program.h"
#include "links/cache.h"
#include "links/crawl.h"
#include "links/fix.h"
#include "links/tell.h"

enum { EXIT_OFFLINE = 3, EXIT_SIGNAL = 128 };

/* All that a run holds; first what the command line says. */
struct job {
	const char *cities, *announcement, *cache_path;
	int fix; /* -1: nothing, 0: within a domain, 1: to any domain */
	int timeout, retries, concurrency;
	bool allow_private;
	struct common common;
	struct arena arena;
	struct diag diag;
	struct list list;
	struct cache cache;
	bool told, progress; /* lines and a table on standard output; how far it is */
	int nsettled;
};

static const char *
usage(void)
{
	return _(
	    "usage: brochure-links [--fix[=any]] [--text=ANNOUNCEMENT.md] [--timeout=S]\n"
	    "                      [--retries=N] [--concurrency=N] [--cache=FILE]\n"
	    "                      [--allow-private] [--diagnostics=text|github|json|sarif]\n"
	    "                      [--allow=RULE] [--werror] [-q] [CITIES.csv]\n");
}

static const char *
help(void)
{
	return _(
	    "Reports which links of a brochure are dead, have moved or will soon fail.  A link\n"
	    "takes at most S seconds, N + 1 times, with pauses of at most a minute.  The exit\n"
	    "status is 3 when there is no network, and 130 after Ctrl-C.\n"
	    "\n"
	    "  CITIES.csv          the cities and their links (default: data/cities.csv);\n"
	    "                      \"-\" is standard input\n"
	    "      --text=FILE     the text, whose links are checked but never changed\n"
	    "                      (default: announcement.md beside CITIES.csv, if there)\n"
	    "      --fix[=any]     write the new address into CITIES.csv where a page has moved\n"
	    "                      permanently within its domain; any: to any other domain too\n"
	    "      --timeout=S     give up on an answer after S seconds (default: 20)\n"
	    "      --retries=N     try again N times when a fault may pass (default: 2)\n"
	    "      --concurrency=N send at most N requests at a time (default: 32), and at\n"
	    "                      most 4 to one host\n"
	    "      --cache=FILE    keep the results; ask for a good link once a day only\n"
	    "      --allow-private check links to private networks too\n");
}

/* announcement.md beside the list of cities; NULL: it does not exist. */
static const char *
text_beside(const char *cities, struct arena *a)
{
	const char *slash = strrchr(cities, '/');
	int len = slash != NULL ? (int)(slash + 1 - cities) : 0;
	const char *path = arena_printf(a, "%.*sannouncement.md", len, cities);
	return strcmp(cities, "-") != 0 && access(path, F_OK) == 0 ? path : NULL;
}

static void
read_options(int argc, char **argv, struct job *job)
{
	static const char *const fixes[] = {"same", "any", NULL};
	*job = (struct job){.cities = "data/cities.csv",
	    .fix = -1,
	    .timeout = 20,
	    .retries = 2,
	    .concurrency = 32,
	    .diag.program = "brochure-links"};
	const struct argument list[] = {
	    {"fix", 0, ARGUMENT_MODE, &job->fix, fixes, 0, 0},
	    {"text", 0, ARGUMENT_TEXT, &job->announcement, NULL, 0, 0},
	    {"timeout", 0, ARGUMENT_COUNT, &job->timeout, NULL, 1, 600},
	    {"retries", 0, ARGUMENT_COUNT, &job->retries, NULL, 0, 10},
	    {"concurrency", 0, ARGUMENT_COUNT, &job->concurrency, NULL, 1, 32},
	    {"cache", 0, ARGUMENT_TEXT, &job->cache_path, NULL, 0, 0},
	    {"allow-private", 0, ARGUMENT_FLAG, &job->allow_private, NULL, 0, 0},
	};
	const struct arguments all = {argc, argv, list, sizeof list / sizeof list[0]};
	int i = arguments_read(&all, &job->common, &job->diag);
	if (i < argc)
		job->cities = argv[i++];
	for (; i < argc; i++)
		diag_report(&job->diag, RULE_USAGE_INPUT, (struct place){0},
		    _("only one list of cities can be given; remove \"%s\""), argv[i]);
	if (job->fix >= 0 && strcmp(job->cities, "-") == 0)
		diag_report(&job->diag, RULE_USAGE_INPUT, (struct place){0},
		    _("--fix needs the name of a file, not \"-\""));
	if (job->announcement == NULL)
		job->announcement = text_beside(job->cities, &job->arena);
}

static void
settled(void *context, const struct target *target)
{
	struct job *job = context;
	struct buffer line = {0};
	job->nsettled++;
	cache_keep(&job->cache, target);
	if (job->told && !job->progress)
		tell_line(target, &line);
	if (job->progress) {
		buffer_puts(&line, "\r");
		buffer_printf(
		    &line, _("%d of %d links"), job->nsettled, job->list.ntargets);
	}
	if (line.len > 0)
		fwrite(line.data, 1, line.len, stdout);
	fflush(stdout);
	buffer_free(&line);
}

/* Asks for the links and tells what came of them.  The exit status, as far as it does not
 * depend on diagnostics. */
static int
check(struct job *job)
{
	struct list *list = &job->list;
	struct diag *d = &job->diag;
	struct buffer text = {0};
	struct crawl crawl = {list->targets, list->ntargets, job->concurrency,
	    job->allow_private, {job->timeout, job->retries, time(NULL)}, settled, job};
	const char *authorities = getenv("SSL_CERT_FILE");
	job->cache.now = crawl.limits.now;
	/* told once, and not of each website */
	if (authorities != NULL && authorities[0] != '\0' &&
	    !source_read(authorities, LIST_MAX, &job->arena, d, &(struct source){0}))
		return EXIT_FAILURE;
	if (job->cache_path != NULL &&
	    !cache_open(&job->cache, job->cache_path, &job->arena, d))
		return EXIT_FAILURE;
	for (int i = 0; i < list->ntargets; i++) {
		cache_recall(&job->cache, &list->targets[i], &job->arena);
		if (list->targets[i].outcome.cached)
			settled(job, &list->targets[i]);
	}
	struct crawl_result result = crawl_run(&crawl, &job->arena);
	if (result.end == CRAWL_OFFLINE)
		diag_report(d, RULE_NETWORK_NONE, (struct place){0},
		    _("there is no network: none of the websites can be reached; check the connection, or the proxy, and try again"));
	if (result.end > 0)
		diag_report(d, RULE_RUN_INTERRUPTED, (struct place){0},
		    _("interrupted: %d of %d links were checked"), job->nsettled,
		    list->ntargets);
	if (result.end == 0 && job->fix >= 0)
		fix_write(list, job->cities, job->fix == 1, &job->arena, d);
	if (result.end != CRAWL_OFFLINE && job->cache_path != NULL)
		cache_save(&job->cache, job->cache_path, d);
	tell_diagnostics(list, &job->arena, d);
	if (job->progress)
		buffer_puts(&text, "\r");
	if (job->common.format == REPORT_JSON)
		tell_json(list, &text);
	else if (job->told && result.end != CRAWL_OFFLINE && list->ntargets > 0)
		tell_table(list, result.seconds, result.longest, &text);
	if (text.len > 0)
		program_print(text.data, text.len, d);
	buffer_free(&text);
	return result.end == CRAWL_OFFLINE ? EXIT_OFFLINE
	    : result.end > 0               ? EXIT_SIGNAL + result.end
					   : EXIT_SUCCESS;
}

static int
start(int argc, char **argv, struct job *job)
{
	struct diag *d = &job->diag;
	read_options(argc, argv, job);
	struct report about = {.format = job->common.format, .output = job->cities};
	if (job->common.help || job->common.version)
		return program_answer(
		    usage(), job->common.help ? help() : NULL, &about, d);
	if (d->nerrors > 0)
		return program_misused(usage(), &about, d);
	program_prepare(&about, d);
	job->told = job->common.format != REPORT_JSON && !d->quiet;
	job->progress = job->told && isatty(STDOUT_FILENO) == 1;
	list_read(job->cities, job->announcement, &job->arena, d, &job->list);
	about.status = check(job);
	diag_settle(d);
	if (about.status == EXIT_SUCCESS && d->nerrors > 0)
		about.status = EXIT_FAILURE;
	return program_finish(&about, NULL, d);
}

int
main(int argc, char **argv)
{
	struct job job;
	program_start("brochure-links");
	if (curl_global_init(CURL_GLOBAL_ALL) != CURLE_OK)
		memory_exhausted();
	int status = start(argc, argv, &job);
	curl_global_cleanup();
	diag_free(&job.diag);
	arena_free(&job.arena);
	return status;
}
