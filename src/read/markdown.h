/* markdown.h - CommonMark as blocks and runs (see announcement.h).
 *
 * The only file that knows libcmark.
 */
#ifndef READ_MARKDOWN_H
#define READ_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "read/announcement.h"
#include "read/lines.h"

struct markdown {
	struct lines *lines; /* of the whole file */
	size_t start;        /* where its CommonMark begins, at the start of a line */
};

struct blocks {
	struct block *list;
	int n;
};

/* Reads TEXT.  False: it holds what cannot be printed, or nothing at all; reported to D.
 * The strings belong to A. */
bool
markdown_parse(struct markdown text, struct arena *a, struct diag *d, struct blocks *out);

#endif
