/* snippet.h - the line that a diagnostic is about, with a caret below the place. */
#ifndef DIAG_SNIPPET_H
#define DIAG_SNIPPET_H

#include <stdbool.h>

#include "base/buffer.h"
#include "diag/diag.h"

/* How to show them, and where the last one was: places in order are found without
 * starting over. */
struct snippets {
	const struct diag *d;
	bool color;
	int width; /* of the terminal, in columns */

	/* all zero at first */
	const struct diag_source *source;
	size_t line_start, offset;
	int line, column;
};

/* Appends two lines to OUT: as much of the line at AT as fits, and a caret; nothing where
 * the text is not known.  Places have to come sorted. */
void snippet_render(struct snippets *snippets, struct place at, struct buffer *out);

#endif
