/* colophon.h - the foot of the first page: who publishes the document, when, and where
 * they are reached; and the page's number.
 */
#ifndef COMPOSE_COLOPHON_H
#define COMPOSE_COLOPHON_H

#include "compose/draw.h"

/* Lines of text, one below the other. */
struct colophon_column {
	struct colophon_item {
		struct paragraph set;
		struct pen pen;
	} * items;
	int nitems;
	double lines; /* its height */
};

struct colophon {
	struct colophon_column columns[2]; /* who, and when; where, or when */
	double column_w;                   /* from the left of one to that of the other */
	double width, leading;
	double lines; /* of the higher column */
	double foot;  /* the baseline of its last line */
	double top;   /* as high as it reaches */
};

/* Sets the colophon in WIDTH. */
struct colophon colophon_set(struct composer *c, double width);

/* How low the text above it may go. */
double colophon_top(const struct colophon *colophon);

/* Draws it on the last page, from X to the right; its elements become kids of SECT. */
void colophon_draw(
    struct composer *c, struct element *sect, struct colophon *colophon, double x);

#endif
