/* gridpage.h - the pages of logos: heading, introduction, and a card a city.
 */
#ifndef COMPOSE_GRIDPAGE_H
#define COMPOSE_GRIDPAGE_H

#include <stdbool.h>

#include "compose/compose.h"
#include "compose/grid.h"
#include "compose/typeset.h"

struct gridpage {
	struct grid grid;
	struct paragraph heading, intro;
	struct paragraph *captions; /* one a city */
	int caption_lines;          /* of the tallest */
	double area_top;            /* of the cells, on every page */
};

/* Plans the cells.  False: a caption or the heading leaves no room; reported. */
bool gridpage_plan(struct composer *c);

/* Draws all pages of logos; their elements become kids of SECT. */
void gridpage_draw(struct composer *c, struct element *sect, struct outline *outline);

/* The points that a logo may take in a cell. */
struct logo_box gridpage_logo_box(const struct composer *c);

#endif
