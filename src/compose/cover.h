/* cover.h - the first page: a band with the title and the lead, key figures, then the
 * text.
 */
#ifndef COMPOSE_COVER_H
#define COMPOSE_COVER_H

#include <stdbool.h>

#include "compose/composer.h"

/* Draws the first page and what follows of the text; its elements become kids of SECT.
 * TITLE becomes the H1.  False: the page is too small for what has to stand on it;
 * reported. */
bool cover_draw(struct composer *c, struct element *sect, struct element *title);

#endif
