#include "brochure/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/spelling.h"

enum { JOBS_MAX = 1024 };

/* values of long options without a letter; letters are below */
enum {
	OPTION_LOGOS = 256,
	OPTION_PDF,
	OPTION_CHECK,
	OPTION_DUMP,
	OPTION_DIAGNOSTICS,
	OPTION_ALLOW,
	OPTION_WERROR,
	OPTION_JOBS
};

static const struct option long_options[] = {
    {"cities", required_argument, NULL, 'c'},
    {"output", required_argument, NULL, 'o'},
    {"logos", required_argument, NULL, OPTION_LOGOS},
    {"pdf", required_argument, NULL, OPTION_PDF},
    {"check", no_argument, NULL, OPTION_CHECK},
    {"dump", required_argument, NULL, OPTION_DUMP},
    {"diagnostics", required_argument, NULL, OPTION_DIAGNOSTICS},
    {"allow", required_argument, NULL, OPTION_ALLOW},
    {"werror", no_argument, NULL, OPTION_WERROR},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

enum { NOPTIONS = sizeof long_options / sizeof long_options[0] - 1 };

const char *
options_usage(void)
{
	return _(
	    "usage: brochure [-c CITIES.csv] [-o OUT.pdf] [--logos=DIR]\n"
	    "                [--pdf=1.7|2.0] [--check] [--dump=layout|tags]\n"
	    "                [--diagnostics=text|github|json|sarif]\n"
	    "                [--allow=RULE] [--werror] [--jobs=N] [-q] [ANNOUNCEMENT.md]\n");
}

const char *
options_help(void)
{
	return _(
	    "Makes an accessible PDF from a text, a list of cities and their logos.\n"
	    "\n"
	    "  ANNOUNCEMENT.md     the text of page 1 (default: data/announcement.md)\n"
	    "  -c, --cities=FILE   the cities and their links (default: data/cities.csv)\n"
	    "  -o, --output=FILE   the PDF to write (default: out/brochure.pdf)\n"
	    "      --logos=DIR     the folder of the logos (default: logos)\n"
	    "      --pdf=VERSION   1.7: PDF/UA-1 and PDF/A-2a (default);\n"
	    "                      2.0: PDF/UA-2, PDF/A-4 and WTPDF 1.0\n"
	    "      --check         read and compose everything, write nothing\n"
	    "      --dump=WHAT     print the boxes (layout) or the tag tree (tags) instead\n"
	    "      --diagnostics=FORMAT\n"
	    "                      tell mistakes as text (default), as annotations of\n"
	    "                      GitHub Actions (github), or as one document: json, sarif\n"
	    "      --allow=RULE    silence a kind of warning or note; may be repeated\n"
	    "      --werror        count warnings as errors\n"
	    "      --jobs=N        load logos with N threads (default: one a processor)\n"
	    "  -q, --quiet         tell errors only\n"
	    "  -h, --help          print this help\n"
	    "  -V, --version       print the version\n"
	    "\n"
	    "\"-\" reads standard input, and as OUT.pdf writes standard output.\n"
	    "Exit status: 0 made (warnings included), 1 an error, 2 wrong usage.\n");
}

static const struct place nowhere = {0};

/* The index of VALUE among the N WORDS; 0 when it is none of them, which is reported. */
static int
choose(const char *option, const char *const *words, int n, struct diag *d)
{
	for (int i = 0; i < n; i++)
		if (strcmp(optarg, words[i]) == 0)
			return i;
	diag_report(d, RULE_USAGE_VALUE, nowhere, _("%s takes one of %s, not \"%s\""),
	    option, words_join(&d->arena, words, n), optarg);
	return 0;
}

static void
set_jobs(struct options *out, struct diag *d)
{
	char *end;
	long n = strtol(optarg, &end, 10);
	if (end == optarg || *end != '\0' || n < 1 || n > JOBS_MAX)
		diag_report(d, RULE_USAGE_VALUE, nowhere,
		    _("--jobs takes a number from 1 to %d, not \"%s\""), JOBS_MAX,
		    optarg);
	else
		out->jobs = (int)n;
}

/* Takes an option that has a value of a few. */
static void
take_choice(int option, struct options *out, struct diag *d)
{
	static const char *const versions[] = {"1.7", "2.0"};
	static const char *const dumps[] = {"layout", "tags"};
	static const char *const formats[] = {"text", "github", "json", "sarif"};
	if (option == OPTION_PDF)
		out->version = choose("--pdf", versions, 2, d) == 0 ? PDF_1_7 : PDF_2_0;
	else if (option == OPTION_DUMP)
		out->dump = choose("--dump", dumps, 2, d) == 0 ? DUMP_LAYOUT : DUMP_TAGS;
	else
		out->diagnostics =
		    (enum report_format)choose("--diagnostics", formats, 4, d);
}

/* The name, as it was written, of the option of value OPTOPT in ARGUMENT. */
static const char *
option_name(const char *argument, struct arena *a)
{
	for (int i = 0; i < NOPTIONS; i++)
		if (long_options[i].val == optopt && argument[1] == '-')
			return arena_printf(a, "--%s", long_options[i].name);
	return arena_printf(a, "-%c", optopt);
}

static void
report_unknown(const char *argument, struct diag *d)
{
	const char *names[NOPTIONS];
	for (int i = 0; i < NOPTIONS; i++)
		names[i] = arena_printf(&d->arena, "--%s", long_options[i].name);
	const char *name = arena_strndup(&d->arena, argument, strcspn(argument, "="));
	const char *nearest = words_nearest(name, names, NOPTIONS);
	if (nearest != NULL)
		diag_report(d, RULE_USAGE_OPTION, nowhere,
		    _("there is no option %s; did you mean %s?"), name, nearest);
	else
		diag_report(d, RULE_USAGE_OPTION, nowhere,
		    _("there is no option %s; \"brochure --help\" lists all"), name);
}

/* Reports an option that getopt did not take: OPTION is ':' when its value is missing.
 * ARGUMENT is the one it stands in, unless it is an unknown letter. */
static void
report_option(int option, const char *argument, struct diag *d)
{
	const char *name = option_name(argument, &d->arena);
	if (option == ':')
		diag_report(d, RULE_USAGE_VALUE, nowhere, _("%s needs a value"), name);
	else if (optopt == 0)
		report_unknown(argument, d);
	else if (name[1] == '-')
		diag_report(d, RULE_USAGE_VALUE, nowhere, _("%s takes no value"), name);
	else
		diag_report(d, RULE_USAGE_OPTION, nowhere,
		    _("there is no option %s; \"brochure --help\" lists all"), name);
}

/* The value of the option NAME, as long as there is something in it. */
static void
take_path(const char *name, const char **out, struct diag *d)
{
	if (optarg[0] == '\0')
		diag_report(d, RULE_USAGE_VALUE, nowhere, _("%s needs a value"), name);
	else
		*out = optarg;
}

static void
take_allow(struct diag *d)
{
	const char *fault = diag_allow(d, optarg);
	if (fault != NULL)
		diag_report(d, RULE_USAGE_VALUE, nowhere, "--allow: %s", fault);
}

/* Takes one option; ARGUMENT is the one it stands in. */
static void
take(int option, const char *argument, struct options *out, struct diag *d)
{
	switch (option) {
	case 'c':
		out->cities = optarg;
		break;
	case 'o':
		take_path("--output", &out->output, d);
		break;
	case 'q':
		d->quiet = true;
		break;
	case OPTION_LOGOS:
		take_path("--logos", &out->logos, d);
		break;
	case OPTION_CHECK:
		out->check = true;
		break;
	case OPTION_ALLOW:
		take_allow(d);
		break;
	case OPTION_WERROR:
		d->werror = true;
		break;
	case OPTION_JOBS:
		set_jobs(out, d);
		break;
	case 'h':
		out->help = true;
		break;
	case 'V':
		out->version_asked = true;
		break;
	case '?':
	case ':':
		report_option(option, argument, d);
		break;
	default:
		take_choice(option, out, d);
	}
}

static void
take_operands(int argc, char **argv, struct options *out, struct diag *d)
{
	if (optind < argc)
		out->announcement = argv[optind++];
	for (; optind < argc; optind++)
		diag_report(d, RULE_USAGE_INPUT, nowhere,
		    _("one text is enough; what is \"%s\"?"), argv[optind]);
	if (strcmp(out->announcement, "-") == 0 && strcmp(out->cities, "-") == 0)
		diag_report(d, RULE_USAGE_INPUT, nowhere,
		    _("only one input can come from standard input"));
}

bool
options_read(int argc, char **argv, struct options *out, struct diag *d)
{
	*out = (struct options){
	    .announcement = "data/announcement.md",
	    .cities = "data/cities.csv",
	    .output = "out/brochure.pdf",
	    .logos = "logos",
	};
	int option;
	while (!out->help && !out->version_asked &&
	    (option = getopt_long(argc, argv, ":c:o:qhV", long_options, NULL)) != -1)
		take(option, argv[optind - 1], out, d);
	if (!out->help && !out->version_asked)
		take_operands(argc, argv, out, d);
	return d->nerrors == 0;
}
