/* inlines.h - the inside of a paragraph or heading as runs.  Belongs to markdown.c. */
#ifndef ANNOUNCEMENT_INLINES_H
#define ANNOUNCEMENT_INLINES_H

#include <stdbool.h>

#include <cmark.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "diag/lines.h"
#include "model/announcement.h"

/* What reading a text needs all along. */
struct markdown_reader {
	struct lines *lines;
	int first_line; /* in the file, of the first line that libcmark sees */
	struct arena *a;
	struct diag *d;
	int nlinks;
	int level;     /* of the last heading */
	bool has_text; /* something can be seen of it */
};

/* Where NODE begins; libcmark counts bytes and loses track in some nested texts, so that
 * the column is a good guess only. */
struct place markdown_place(struct markdown_reader *r, cmark_node *node);

/* Reports RULE of NODE. */
void markdown_report(
    struct markdown_reader *r, cmark_node *node, enum rule rule, const char *message);

/* Reports that NODE is of a kind that cannot be printed, if it is of one. */
void markdown_refuse(struct markdown_reader *r, cmark_node *node);

/* The runs of NODE, a paragraph or heading, in BLOCK. */
void inlines_read(struct markdown_reader *r, cmark_node *node, struct block *block);

#endif
