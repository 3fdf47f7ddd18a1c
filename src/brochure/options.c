#include "brochure/options.h"

#include <string.h>

#include "base/i18n.h"

enum { JOBS_MAX = 1024 };

const char *
options_usage(void)
{
	return _(
	    "usage: brochure [-c CITIES.csv] [-o OUT.pdf] [--logos=DIR]\n"
	    "                [--force] [--pdf=1.7|2.0] [--for=print] [--check]\n"
	    "                [--dump=layout|tags|speech]\n"
	    "                [--diagnostics=text|github|json|sarif]\n"
	    "                [--allow=RULE] [--werror] [--jobs=N] [-q] [ANNOUNCEMENT.md]\n"
	    "       brochure --new=DIR\n");
}

const char *
options_help(void)
{
	return _(
	    "Makes an accessible PDF from a text, a list of cities and their logos.\n"
	    "\n"
	    "  ANNOUNCEMENT.md     the text of page 1 (default: data/announcement.md)\n"
	    "  -c, --cities=FILE   the cities and their links (default: data/cities.csv);\n"
	    "                      \"-\" for one of these two is standard input\n"
	    "  -o, --output=FILE   the PDF to write (default: out/brochure.pdf);\n"
	    "                      \"-\" is standard output\n"
	    "      --force         replace that file even if it is not a PDF\n"
	    "      --logos=DIR     the folder of the logos (default: logos)\n"
	    "      --pdf=VERSION   1.7: PDF/UA-1 and PDF/A-2a (default);\n"
	    "                      2.0: PDF/UA-2, PDF/A-4 and WTPDF 1.0\n"
	    "      --for=print     make the edition for print, with bleed, crop marks and a\n"
	    "                      QR code on each card (default: out/brochure-print.pdf)\n"
	    "      --check         read and compose everything, but write nothing\n"
	    "      --dump=WHAT     print the boxes (layout), the tag tree (tags) or what a\n"
	    "                      screen reader says (speech) instead\n"
	    "      --jobs=N        load logos with N threads (default: one per processor)\n"
	    "      --new=DIR       lay out a folder to begin a brochure of your own in\n");
}

static void
take_operands(int first, int argc, char **argv, struct options *out, struct diag *d)
{
	const struct place nowhere = {0};
	if (first < argc)
		out->announcement = argv[first];
	for (int i = first + 1; i < argc; i++)
		diag_report(d, RULE_USAGE_INPUT, nowhere,
		    _("only one text can be given; remove \"%s\""), argv[i]);
	if (strcmp(out->announcement, "-") == 0 && strcmp(out->cities, "-") == 0)
		diag_report(d, RULE_USAGE_INPUT, nowhere,
		    _("only one input can be \"-\", standard input"));
}

bool
options_read(int argc, char **argv, struct options *out, struct diag *d)
{
	static const char *const versions[] = {"1.7", "2.0", NULL};
	static const char *const purposes[] = {"screen", "print", NULL};
	static const char *const dumps[] = {"layout", "tags", "speech", NULL};
	*out = (struct options){
	    .announcement = "data/announcement.md",
	    .cities = "data/cities.csv",
	    .logos = "logos",
	};
	int version = 0, dump = -1, purpose = 0;
	const struct argument list[] = {
	    {"cities", 'c', ARGUMENT_TEXT, &out->cities, NULL, 0, 0},
	    {"output", 'o', ARGUMENT_TEXT, &out->output, NULL, 0, 0},
	    {"force", 0, ARGUMENT_FLAG, &out->force, NULL, 0, 0},
	    {"logos", 0, ARGUMENT_TEXT, &out->logos, NULL, 0, 0},
	    {"pdf", 0, ARGUMENT_CHOICE, &version, versions, 0, 0},
	    {"for", 0, ARGUMENT_CHOICE, &purpose, purposes, 0, 0},
	    {"check", 0, ARGUMENT_FLAG, &out->check, NULL, 0, 0},
	    {"dump", 0, ARGUMENT_CHOICE, &dump, dumps, 0, 0},
	    {"new", 0, ARGUMENT_TEXT, &out->new_folder, NULL, 0, 0},
	    {"jobs", 0, ARGUMENT_COUNT, &out->jobs, NULL, 1, JOBS_MAX},
	};
	const struct arguments arguments = {
	    argc, argv, list, sizeof list / sizeof list[0]};
	int first = arguments_read(&arguments, &out->common, d);
	out->print = purpose == 1;
	if (out->output == NULL)
		out->output = out->print ? "out/brochure-print.pdf" : "out/brochure.pdf";
	out->version = version == 0 ? PDF_1_7 : PDF_2_0;
	out->dump = dump < 0 ? DUMP_NONE : (enum dump)(DUMP_LAYOUT + dump);
	if (!out->common.help && !out->common.version)
		take_operands(first, argc, argv, out, d);
	return d->nerrors == 0;
}
