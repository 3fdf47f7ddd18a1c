/* markdown.h - CommonMark as blocks and runs (see announcement.h).
 *
 * The only file that knows libcmark.
 */
#ifndef ANNOUNCEMENT_MARKDOWN_H
#define ANNOUNCEMENT_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "diag/lines.h"
#include "model/announcement.h"

struct markdown {
	struct lines *lines; /* of the whole file */
	size_t start;        /* where its CommonMark begins, at the start of a line */
};

struct blocks {
	struct block *list;
	int n;
};

/* Reads TEXT.  What cannot be printed, or that there is nothing to print, is reported to
 * D.  The strings belong to A. */
struct blocks markdown_parse(struct markdown text, struct arena *a, struct diag *d);

#endif
