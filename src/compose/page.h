/* page.h - what every page has: paper, a coloured strip, a footer. */
#ifndef COMPOSE_PAGE_H
#define COMPOSE_PAGE_H

#include "compose/composer.h"

/* Fills the last page with the paper colour unless that is white. */
void page_paper(struct composer *c);

/* The baseline of the last line at the foot of every page. */
double page_foot(const struct theme *theme);

/* Draws the last page's number, "2 / 2", at its foot; it ends at RIGHT. */
void page_number(struct composer *c, double right);

/* Starts a page after the first: paper, coloured strip, footer. */
void page_start(struct composer *c);

#endif
