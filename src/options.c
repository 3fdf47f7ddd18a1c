#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

enum { EXIT_USAGE = 2 };

/* values of long options without a letter; letters are below */
enum { OPTION_LOGOS = 256, OPTION_PDF, OPTION_CHECK, OPTION_DUMP };

static const struct option long_options[] = {
    {"cities", required_argument, NULL, 'c'},
    {"output", required_argument, NULL, 'o'},
    {"logos", required_argument, NULL, OPTION_LOGOS},
    {"pdf", required_argument, NULL, OPTION_PDF},
    {"check", no_argument, NULL, OPTION_CHECK},
    {"dump", required_argument, NULL, OPTION_DUMP},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

static const char usage[] =
    N_("usage: brochure [-c CITIES.csv] [-o OUT.pdf] [--logos=DIR]\n"
       "                [--pdf=1.7|2.0] [--check] [--dump=layout|tags]\n"
       "                [-q] [ANNOUNCEMENT.md]\n");

static const char help[] =
    N_("\n"
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
       "  -q, --quiet         print errors only\n"
       "  -h, --help          print this help\n"
       "  -V, --version       print the version\n"
       "\n"
       "\"-\" reads standard input, and as OUT.pdf writes standard output.\n"
       "Exit status: 0 made (warnings included), 1 an error, 2 wrong usage.\n");

static bool
usage_error(int *status)
{
	fputs(_(usage), stderr);
	fputs(_("\"brochure --help\" tells more\n"), stderr);
	*status = EXIT_USAGE;
	return false;
}

/* Reports that VALUE is none of what OPTION takes. */
static bool
value_error(const char *option, const char *value, const char *expected, int *status)
{
	fprintf(
	    stderr, _("brochure: %s takes %s, not \"%s\"\n"), option, expected, value);
	return usage_error(status);
}

static bool
set_version(const char *value, struct options *out, int *status)
{
	if (strcmp(value, "1.7") == 0)
		out->version = PDF_1_7;
	else if (strcmp(value, "2.0") == 0)
		out->version = PDF_2_0;
	else
		return value_error("--pdf", value, "1.7, 2.0", status);
	return true;
}

static bool
set_dump(const char *value, struct options *out, int *status)
{
	if (strcmp(value, "layout") == 0)
		out->dump = DUMP_LAYOUT;
	else if (strcmp(value, "tags") == 0)
		out->dump = DUMP_TAGS;
	else
		return value_error("--dump", value, "layout, tags", status);
	return true;
}

/* Takes one option.  False: the program ends with *STATUS. */
static bool
option_take(int option, struct options *out, int *status)
{
	switch (option) {
	case 'c':
		out->cities = optarg;
		return true;
	case 'o':
		out->output = optarg;
		return true;
	case 'q':
		out->quiet = true;
		return true;
	case OPTION_LOGOS:
		out->logos = optarg;
		return true;
	case OPTION_PDF:
		return set_version(optarg, out, status);
	case OPTION_CHECK:
		out->check = true;
		return true;
	case OPTION_DUMP:
		return set_dump(optarg, out, status);
	case 'h':
		fputs(_(usage), stdout);
		fputs(_(help), stdout);
		return false;
	case 'V':
		puts("brochure " BROCHURE_VERSION);
		return false;
	default:
		return usage_error(status);
	}
}

bool
options_read(int argc, char **argv, struct options *out, int *status)
{
	*out = (struct options){
	    .announcement = "data/announcement.md",
	    .cities = "data/cities.csv",
	    .output = "out/brochure.pdf",
	    .logos = "logos",
	};
	*status = 0;
	int option;
	while ((option = getopt_long(argc, argv, "c:o:qhV", long_options, NULL)) != -1)
		if (!option_take(option, out, status))
			return false;
	if (optind < argc)
		out->announcement = argv[optind++];
	if (optind < argc) {
		fprintf(stderr, _("brochure: one text is enough; what is \"%s\"?\n"),
		    argv[optind]);
		return usage_error(status);
	}
	if (strcmp(out->announcement, "-") == 0 && strcmp(out->cities, "-") == 0) {
		fputs(_("brochure: only one input can be read from standard input\n"),
		    stderr);
		return usage_error(status);
	}
	return true;
}
