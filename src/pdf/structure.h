/* structure.h - the tag tree: structure elements, and the parent tree that leads from
 * pages and annotations back to them (ISO 32000-1, 14.7).
 *
 * Keys of the parent tree: a page's is its number; a link's is the number of pages plus
 * the link's number.
 */
#ifndef PDF_STRUCTURE_H
#define PDF_STRUCTURE_H

#include "pdf/objects.h"

/* The structure type that an element of ROLE has, without a slash. */
const char *structure_type(const struct pdf *pdf, enum role role);

/* How many leaves the parent tree has. */
int structure_count_leaves(const struct document *doc);

/* Builds the structure tree's root: pdf->tree, and the namespaces of PDF 2.0. */
void structure_build(struct pdf *pdf);

/* Writes all elements and the leaves of the parent tree. */
void structure_write(struct pdf *pdf);

#endif
