/* options.h - the command line.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "write/pdf.h"

enum dump { DUMP_NONE, DUMP_LAYOUT, DUMP_TAGS };

struct options {
	const char *announcement, *cities, *output, *logos;
	enum pdf_version version;
	enum dump dump;
	bool check; /* compose everything, write nothing */
	bool quiet; /* no warnings, no notes */
};

/* Reads the command line.  False: the program is to exit with *STATUS at once, because
 * help or the version was asked for (0), or the usage was wrong and has been reported
 * (2). */
bool options_read(int argc, char **argv, struct options *out, int *status);

#endif
