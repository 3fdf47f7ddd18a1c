/* draw.h - lines of text on the last page, with their links and marks.
 */
#ifndef COMPOSE_DRAW_H
#define COMPOSE_DRAW_H

#include "compose/composer.h"

/* Where the text of an element goes on; all zero at its start. */
struct pen {
	struct element *element;
	struct runs runs; /* its whole text */
	bool open;        /* a marked-content sequence is open: */
	int page, mark;
	int link_id;          /* of the link that the pen is in, 0: none */
	struct element *link; /* its Link element */
};

/* Draws LINE of STYLE as text of the pen's element; X, Y is the start of its baseline. */
struct line_place {
	double x, y;
	const struct text_style *style;
};
void line_draw(
    struct composer *c, struct pen *pen, const struct line *line, struct line_place at);

/* Draws PARAGRAPH with PEN, whose first line has its top at AT.y; the y below the last.
 */
double paragraph_draw(struct composer *c, struct pen pen,
    const struct paragraph *paragraph, struct line_place at);

/* Draws LINE as an artifact. */
void line_draw_artifact(
    struct composer *c, int mark, const struct line *line, struct line_place at);

#endif
