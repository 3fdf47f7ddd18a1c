/* closing.h - the closing panel: what is said after the last logo, in the cells that its
 * row leaves free, or below it.
 *
 * In free cells it is made like a card: a picture where the others have their logos, with
 * the code or an ornament, and the text below that, beside the names and further down
 * than these cells if it is long.  No line of it stands higher than a name of its row:
 * pdf.js ties a link to the last text above it or left of it, and would take the one
 * before the panel for that of the last cards (docs/accessibility.md).
 */
#ifndef COMPOSE_CLOSING_H
#define COMPOSE_CLOSING_H

#include "compose/composer.h"

/* Between its picture and its text. */
#define CLOSING_GAP 9.0

/* Set for one width. */
struct closing {
	struct paragraph heading, text, link;
	const struct code *code; /* of the link; NULL: none */
	bool code_at_right;      /* of the text; else in the picture */
	/* In free cells, what is at least above its text: it has to be as high as logos,
	 * and what is above and below them.  0: the panel has a row of its own. */
	double head;
	double height; /* of the rest; 0: there is none */
};

/* The code that the panel has; NULL: none. */
const struct code *closing_code(struct composer *c);

/* Sets the panel that the text has, in WIDTH: in cells BESIDE the last cards, or not. */
struct closing
closing_set(struct composer *c, double width, const struct code *code, bool beside);

/* Draws CLOSING in AT, as an aside below SECT, which a bookmark in OUTLINE leads to if it
 * has a heading. */
void closing_draw(struct composer *c, struct element *sect, struct outline *outline,
    const struct closing *closing, struct rect at);

#endif
