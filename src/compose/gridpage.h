/* gridpage.h - the pages of logos: heading, introduction, and a card a city. */
#ifndef COMPOSE_GRIDPAGE_H
#define COMPOSE_GRIDPAGE_H

#include <stdbool.h>

#include "compose/composer.h"

/* Plans the cells: c->grid.  False: a caption or the heading leaves no room; reported. */
bool gridpage_plan(struct composer *c);

/* The pages that are planned. */
int gridpage_count(const struct composer *c);

/* The points that a logo may take in a cell. */
struct size gridpage_logo_box(const struct composer *c);

/* Draws LOGO, what can be seen of it in INK, as a figure below PARENT. */
void logo_show(struct composer *c, struct element *parent, const struct logo *logo,
    struct rect ink, const char *alt);

/* Draws all pages of logos; their elements become kids of SECT, and bookmarks of the
 * cities those of OUTLINE. */
void gridpage_draw(struct composer *c, struct element *sect, struct outline *outline);

#endif
