/* report.h - how a run is to be told, to a person or to a program.
 *
 * Text is for people and editors.  GitHub annotations mark the lines of a pull request.
 * JSON and SARIF 2.1.0 are one document, always, also when there is nothing to tell.
 */
#ifndef DIAG_REPORT_H
#define DIAG_REPORT_H

#include <stdbool.h>

enum { EXIT_USAGE = 2 };

enum report_format { REPORT_TEXT, REPORT_GITHUB, REPORT_JSON, REPORT_SARIF };

struct report {
	enum report_format format;
	int status;            /* of the program when it ends: 0, 1 or 2 */
	const char *output;    /* the file to be written, as the user named it */
	bool written;          /* it was */
	const char *unchanged; /* what a failed run left as it was; NULL: unknown */
};

#endif
