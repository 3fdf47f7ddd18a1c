/* options.h - the command line.
 */
#ifndef BROCHURE_OPTIONS_H
#define BROCHURE_OPTIONS_H

#include <stdbool.h>

#include "diag/diag.h"
#include "diag/report.h"
#include "pdf/pdf.h"

enum dump { DUMP_NONE, DUMP_LAYOUT, DUMP_TAGS };

struct options {
	const char *announcement, *cities, *output, *logos;
	enum pdf_version version;
	enum dump dump;
	enum report_format diagnostics;
	int jobs;   /* threads that load logos; 0: as many as there are processors */
	bool check; /* compose everything, write nothing */
	bool help, version_asked; /* print that and do nothing else */
};

/* Reads the command line as far as the first --help or --version; what it says about
 * diagnostics goes to D.  False: the usage is wrong; all that is wrong is reported to D.
 */
bool options_read(int argc, char **argv, struct options *out, struct diag *d);

/* How the program is called, in one sentence and in full. */
const char *options_usage(void);
const char *options_help(void);

#endif
