/* build.h - put a document together: pages, boxes, elements, links.
 *
 * Pages are filled one after the other: everything is added to the last page.  Boxes are
 * drawn, and elements read, in the order in which they are added.
 */
#ifndef COMPOSE_BUILD_H
#define COMPOSE_BUILD_H

#include "base/arena.h"
#include "compose/document.h"

/* A and DOC are the caller's; the rest is all zero at first. */
struct builder {
	struct arena *a;
	struct document *doc;
	struct box *boxes; /* of the last page, while it grows; not A's */
	int cap;
};

/* Adds an empty page of W x H points and its index. */
int page_add(struct builder *b, double w, double h);

/* A new element without a parent. */
struct element *element_new(struct builder *b, enum role role);

/* Makes CHILD the last kid of PARENT. */
void element_attach(struct builder *b, struct element *parent, struct element *child);

/* A new element, the last kid of PARENT. */
struct element *element_add(struct builder *b, struct element *parent, enum role role);

/* A new marked-content sequence of ELEMENT on the last page: its MCID. */
int mark_add(struct builder *b, struct element *element);

/* A new box on the last page.  The address is good until the next box is added. */
struct box *box_add(struct builder *b, enum box_kind kind, int mark);

/* A filled rectangle without a stroke. */
void area_add(struct builder *b, int mark, struct rect rect, struct color fill);

/* A new link on the last page, a kid of its Link element. */
struct link *link_add(struct builder *b, struct element *element, struct rect rect);

/* Lets links and bookmarks lead to ELEMENT: to the point X, Y of the last page. */
void anchor_set(struct builder *b, struct element *element, double x, double y);

/* Ends the document: its last page is whole, its elements and links get their numbers.
 * The builder holds no memory any more. */
void document_finish(struct builder *b);

#endif
