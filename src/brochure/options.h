/* options.h - the command line. */
#ifndef BROCHURE_OPTIONS_H
#define BROCHURE_OPTIONS_H

#include <stdbool.h>

#include "diag/arguments.h"
#include "pdf/version.h"

enum dump { DUMP_NONE, DUMP_LAYOUT, DUMP_TAGS, DUMP_SPEECH };

struct options {
	struct common common;
	const char *announcement, *cities, *output, *logos;
	const char *new_folder; /* to be laid out, and nothing else done; NULL: none */
	enum pdf_version version;
	enum dump dump;
	int jobs;   /* threads that load logos; 0: as many as there are processors */
	bool print; /* the edition for print, not for the screen */
	bool check; /* compose everything, write nothing */
	bool force; /* replace any file but an input */
};

/* Reads the command line as far as the first --help or --version.  False: the usage is
 * wrong; all that is wrong is reported to D. */
bool options_read(int argc, char **argv, struct options *out, struct diag *d);

/* How the program is called, and what its own options mean. */
const char *options_usage(void);
const char *options_help(void);

#endif
