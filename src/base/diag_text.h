/* diag_text.h - diagnostics as text, for people and for editors that jump to a place.
 *
 * A line each: "file:line:column: error: message".  On a terminal the line of the source
 * follows, with a caret below the place.
 */
#ifndef BASE_DIAG_TEXT_H
#define BASE_DIAG_TEXT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/diag.h"

struct diag_look {
	bool snippets, color;
	int width;             /* of the terminal, in columns; for snippets */
	const char *unchanged; /* the output that was left as it was, which a summary then
				  says at the end; NULL: no summary */
};

/* Sorts D and prints it to TO, with snippets when TO is a terminal, in colour there
 * unless NO_COLOR is set.  UNCHANGED as in struct diag_look.  A failure to write stays in
 * TO (ferror). */
void diag_print(struct diag *d, FILE *to, const char *unchanged);

/* The same as bytes behind OUT. */
void diag_render(struct diag *d, struct diag_look look, struct buffer *out);

#endif
