/* closing.h - the closing panel: what is said after the last logo, in the cells that its
 * row leaves free, or below it.
 */
#ifndef COMPOSE_CLOSING_H
#define COMPOSE_CLOSING_H

#include "compose/composer.h"

/* Set for one width; without lines where the text has no closing panel. */
struct closing {
	struct paragraph heading, text, link;
	const struct code *code; /* of the link; NULL: none */
	double height;           /* that it takes; 0: there is none */
};

/* The code that the panel has; NULL: none. */
const struct code *closing_code(struct composer *c);

struct closing closing_set(struct composer *c, double width, const struct code *code);

/* Draws CLOSING from the top of AT down, as an aside below SECT, which a bookmark in
 * OUTLINE leads to if it has a heading. */
void closing_draw(struct composer *c, struct element *sect, struct outline *outline,
    const struct closing *closing, struct rect at);

#endif
