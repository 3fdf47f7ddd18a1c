/* dialects.h - text that other dialects of Markdown, or word processors, give a meaning
 * that CommonMark does not.
 */
#ifndef ANNOUNCEMENT_DIALECTS_H
#define ANNOUNCEMENT_DIALECTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/pattern.h"
#include "diag/diag.h"
#include "diag/lines.h"
#include "model/announcement.h"

enum { DIALECTS_MAX = 20 };

/* What looking needs all along; what is not set begins as zero. */
struct dialects {
	struct arena *a;
	struct diag *d;
	struct pattern patterns[DIALECTS_MAX];
	int nlooked; /* texts that were looked for in the source */
};

/* A paragraph or heading in its file. */
struct dialect_text {
	struct lines *lines;
	struct place at; /* of its first character */
	int last;        /* its last line */
	bool in_item;    /* right below an item of a list */
};

/* Warns of what BLOCK, read from TEXT, prints as it is, though it was meant as something
 * else. */
void dialects_judge(struct dialects *dialects, const struct dialect_text *text,
    const struct block *block);

void dialects_close(struct dialects *dialects);

#endif
