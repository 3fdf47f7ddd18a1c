/* initials.h - the bookmarks of many cities, below one for each letter.
 */
#ifndef COMPOSE_INITIALS_H
#define COMPOSE_INITIALS_H

#include "compose/composer.h"

/* Whether there are so many cities that a letter is found more quickly, and they are in
 * its order. */
bool initials_wanted(struct composer *c);

/* What the bookmark of the city NAME, which leads to LINKED, stands below: that of its
 * letter, below ALL. */
struct outline *initial_outline(struct composer *c, struct outline *all, const char *name,
    const struct element *linked);

#endif
