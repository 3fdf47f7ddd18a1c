/* dump.h - a composed document as text, for people and for golden files. */
#ifndef COMPOSE_DUMP_H
#define COMPOSE_DUMP_H

#include "base/buffer.h"
#include "compose/document.h"

/* Every page with its boxes and links in drawing order, a line each; lengths in points
 * with at most 3 decimals. */
void dump_layout(const struct document *doc, struct buffer *out);

/* The tag tree, an element a line, children indented below it, with the text of each
 * piece; then the bookmarks, with where each leads. */
void dump_tags(const struct document *doc, struct buffer *out);

#endif
