/* draw.h - lines of text on the last page, with their links and marks. */
#ifndef COMPOSE_DRAW_H
#define COMPOSE_DRAW_H

#include "compose/composer.h"

/* Where the text of an element goes on, or an artifact's. */
struct pen {
	struct element *element; /* NULL: an artifact, of MARK */
	struct runs runs;        /* the element's whole text */
	int mark;

	/* all zero at first: of the marked-content sequence that is open */
	int page;
	const struct run *run; /* of its text */
	struct element *part;  /* what of the element the pen is in: that link, a Span */
};

/* Draws LINE; X, Y is the start of its baseline. */
void line_draw(
    struct composer *c, struct pen *pen, const struct line *line, double x, double y);

/* Draws PARAGRAPH, whose first line has its top at TOP; the y below the last. */
double paragraph_draw(struct composer *c, struct pen *pen,
    const struct paragraph *paragraph, double x, double top);

#endif
