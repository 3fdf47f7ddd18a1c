/* skyline.h - the document's one ornament: a skyline of bars, as many as there are
 * cities.
 */
#ifndef COMPOSE_SKYLINE_H
#define COMPOSE_SKYLINE_H

#include "compose/composer.h"

struct skyline {
	struct rect ground; /* bars stand on its foot, end at its right edge, stay below
			       its top */
	double free_x;      /* bars to the right of it */
	double free_h;      /* may be so high */
	double tallest;     /* of a bar, where there is room */
};

/* Draws at most 24 bars, as an artifact. */
void skyline_draw(struct composer *c, const struct skyline *skyline);

#endif
