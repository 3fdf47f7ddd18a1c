#include "diag/arguments.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/spelling.h"

enum { COMMON = 6, LONG = 256 /* what getopt makes of options: this and their index */ };

static const struct place nowhere = {0};

/* Reports the unknown option NAME. */
static void
report_unknown(const struct arguments *all, const char *name, struct diag *d)
{
	const char **names = arena_alloc(&d->arena, (size_t)all->n * sizeof *names);
	for (int i = 0; i < all->n; i++)
		names[i] = arena_printf(&d->arena, "--%s", all->list[i].name);
	const char *nearest = spelling_nearest(name, names, all->n);
	if (nearest != NULL)
		diag_report(d, RULE_USAGE_OPTION, nowhere,
		    _("there is no option %s; did you mean %s?"), name, nearest);
	else
		diag_report(d, RULE_USAGE_OPTION, nowhere,
		    _("there is no option %s; \"%s --help\" lists them all"), name,
		    diag_program(d));
}

/* Reports what getopt did not take: OPTION is ':' where a value is missing. */
static void
report_option(const struct arguments *all, int option, struct diag *d)
{
	const char *last = all->argv[optind - 1];
	const char *name = optopt >= LONG
	    ? arena_printf(&d->arena, "--%s", all->list[optopt - LONG].name)
	    : optopt > 0 ? arena_printf(&d->arena, "-%c", optopt)
			 : arena_strndup(&d->arena, last, strcspn(last, "="));
	if (option == ':')
		diag_report(d, RULE_USAGE_VALUE, nowhere, _("%s needs a value"), name);
	else if (optopt >= LONG)
		diag_report(d, RULE_USAGE_VALUE, nowhere, _("%s takes no value"), name);
	else
		report_unknown(all, name, d);
}

static void
take_choice(const struct argument *argument, struct diag *d)
{
	const char *const *words = argument->words;
	const char *value = optarg != NULL ? optarg : words[0];
	int n = 0;
	for (; words[n] != NULL; n++)
		if (strcmp(value, words[n]) == 0) {
			*(int *)argument->to = n;
			return;
		}
	diag_report(d, RULE_USAGE_VALUE, nowhere, _("--%s takes one of %s, not \"%s\""),
	    argument->name, spelling_join(&d->arena, words, n), value);
}

static void
take_count(const struct argument *argument, struct diag *d)
{
	char *end;
	long n = strtol(optarg, &end, 10);
	if (end == optarg || *end != '\0' || n < argument->least || n > argument->most)
		diag_report(d, RULE_USAGE_VALUE, nowhere,
		    _("--%s takes a number from %d to %d, not \"%s\""), argument->name,
		    argument->least, argument->most, optarg);
	else
		*(int *)argument->to = (int)n;
}

static void
take(const struct argument *argument, struct diag *d)
{
	const char *fault;
	switch (argument->kind) {
	case ARGUMENT_FLAG:
		*(bool *)argument->to = true;
		break;
	case ARGUMENT_TEXT:
		if (optarg[0] == '\0')
			diag_report(d, RULE_USAGE_VALUE, nowhere, _("%s needs a value"),
			    arena_printf(&d->arena, "--%s", argument->name));
		else
			*(const char **)argument->to = optarg;
		break;
	case ARGUMENT_MODE:
	case ARGUMENT_CHOICE:
		take_choice(argument, d);
		break;
	case ARGUMENT_COUNT:
		take_count(argument, d);
		break;
	case ARGUMENT_RULE:
		fault = diag_allow(d, optarg);
		if (fault != NULL)
			diag_report(d, RULE_USAGE_VALUE, nowhere, "--%s: %s",
			    argument->name, fault);
		break;
	}
}

/* The option that getopt calls OPTION; NULL: it did not take it. */
static const struct argument *
find(const struct arguments *all, int option)
{
	for (int i = 0; i < all->n; i++)
		if (option == LONG + i ||
		    (option < LONG && all->list[i].letter == option))
			return &all->list[i];
	return NULL;
}

/* Goes through ALL, until one of the two is set. */
static void
read_options(const struct arguments *all, struct common *common, struct diag *d)
{
	struct option *options =
	    arena_alloc(&d->arena, ((size_t)all->n + 1) * sizeof *options);
	char *letters = arena_alloc(&d->arena, 2 * (size_t)all->n + 2);
	size_t n = 0;
	letters[n++] = ':';
	for (int i = 0; i < all->n; i++) {
		const struct argument *argument = &all->list[i];
		bool value = argument->kind != ARGUMENT_FLAG;
		int takes = argument->kind == ARGUMENT_MODE ? optional_argument
		    : value                                 ? required_argument
							    : no_argument;
		options[i] = (struct option){argument->name, takes, NULL, LONG + i};
		if (argument->letter != 0)
			letters[n++] = argument->letter;
		if (argument->letter != 0 && value)
			letters[n++] = ':';
	}
	optind = 0; /* to start over, in glibc and musl */
	while (!common->help && !common->version) {
		int option = getopt_long(all->argc, all->argv, letters, options, NULL);
		const struct argument *argument = find(all, option);
		if (option == -1)
			break;
		if (argument != NULL)
			take(argument, d);
		else
			report_option(all, option, d);
	}
}

int
arguments_read(const struct arguments *own, struct common *out, struct diag *d)
{
	static const char *const formats[] = {"text", "github", "json", "sarif", NULL};
	int format = REPORT_TEXT;
	*out = (struct common){0};
	const struct argument common[COMMON] = {
	    {"diagnostics", 0, ARGUMENT_CHOICE, &format, formats, 0, 0},
	    {"allow", 0, ARGUMENT_RULE, NULL, NULL, 0, 0},
	    {"werror", 0, ARGUMENT_FLAG, &d->werror, NULL, 0, 0},
	    {"quiet", 'q', ARGUMENT_FLAG, &d->quiet, NULL, 0, 0},
	    {"help", 'h', ARGUMENT_FLAG, &out->help, NULL, 0, 0},
	    {"version", 'V', ARGUMENT_FLAG, &out->version, NULL, 0, 0},
	};
	size_t n = (size_t)own->n;
	struct argument *list = arena_alloc(&d->arena, (n + COMMON) * sizeof *list);
	memcpy(list, own->list, n * sizeof *list);
	memcpy(list + n, common, sizeof common);
	struct arguments all = {own->argc, own->argv, list, own->n + COMMON};
	read_options(&all, out, d);
	out->format = (enum report_format)format;
	return optind;
}

const char *
arguments_help(void)
{
	return _(
	    "      --diagnostics=FORMAT\n"
	    "                      report mistakes as text (default), as annotations of\n"
	    "                      GitHub Actions (github) or as one document (json, sarif)\n"
	    "      --allow=RULE    silence a kind of warning or note; may be repeated\n"
	    "      --werror        treat warnings as errors\n"
	    "  -q, --quiet         report errors only\n"
	    "  -h, --help          print this help\n"
	    "  -V, --version       print the version\n"
	    "\n"
	    "Exit status: 0 done (even with warnings), 1 an error, 2 wrong usage.\n");
}
