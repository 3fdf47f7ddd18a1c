/* report.h - all diagnostics of a run, told to a person or to a program.
 *
 * Text is for people and editors.  GitHub annotations mark the lines of a pull request.
 * JSON and SARIF 2.1.0 are one document, always, also when there is nothing to tell.
 */
#ifndef DIAG_REPORT_H
#define DIAG_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buffer.h"
#include "diag/diag.h"

enum { EXIT_USAGE = 2 };

enum report_format { REPORT_TEXT, REPORT_GITHUB, REPORT_JSON, REPORT_SARIF };

struct report {
	enum report_format format;
	int status;         /* of the program when it ends: 0, 1 or 2 */
	const char *output; /* the file to be written, as the user named it */
	bool written;       /* it was */
	const char
	    *unchanged; /* the file that a failed run left as it was; NULL: unknown */
};

/* Settles D and appends what is told of it to OUT; text has snippets and colour when TO,
 * where it is to go, is a terminal.  TO may be NULL. */
void
report_render(struct diag *d, const struct report *about, FILE *to, struct buffer *out);

#endif
