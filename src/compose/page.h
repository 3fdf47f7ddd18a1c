/* page.h - what every page has: paper, the ornament, a footer.
 */
#ifndef COMPOSE_PAGE_H
#define COMPOSE_PAGE_H

#include "compose/composer.h"

/* The document's one ornament: a skyline of bars, as many as there are cities. */
struct skyline {
	struct rect ground; /* of the bars, which end at its right edge */
	double free_x;      /* bars to the right of it */
	double free_h;      /* may be so high */
	double tallest;     /* of a bar, where there is room */
};

/* Draws at most 24 bars, as an artifact. */
void skyline_draw(struct composer *c, const struct skyline *skyline);

/* Fills the last page with the paper colour unless that is white. */
void page_paper(struct composer *c);

/* Starts a page after the first: paper, coloured strip, footer. */
void page_start(struct composer *c);

#endif
