/* ornament.h - the document's one ornament: a frieze of tiles, which shows nothing.
 *
 * Its shapes are those of tiled floors, and as many whatever the text says, so that
 * nobody takes them for a chart.
 */
#ifndef COMPOSE_ORNAMENT_H
#define COMPOSE_ORNAMENT_H

#include "compose/composer.h"

struct frieze {
	double x, y; /* of its lower left corner */
	double tile; /* the side of one */
	int ncolumns;
	double height; /* that it may take; if less than a tile, it stays empty */
	double free_x; /* to the right of it */
	double free_h; /* it may be so high */
};

/* Draws a row of tiles, and at its right end some more above it where there is room, as
 * an artifact. */
void frieze_draw(struct composer *c, const struct frieze *frieze);

#endif
