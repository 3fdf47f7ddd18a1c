/* dialects.h - text that other dialects of Markdown, or word processors, give a meaning
 * that CommonMark does not.  Belongs to markdown.c.
 */
#ifndef ANNOUNCEMENT_DIALECTS_H
#define ANNOUNCEMENT_DIALECTS_H

#include <cmark.h>

#include "announcement/inlines.h"

/* Warns of what BLOCK, the paragraph or heading that NODE is, prints as it stands. */
void
dialects_judge(struct markdown_reader *r, cmark_node *node, const struct block *block);

#endif
