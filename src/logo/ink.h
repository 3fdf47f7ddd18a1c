/* ink.h - how much ink a logo takes, and so how heavy it looks. */
#ifndef LOGO_INK_H
#define LOGO_INK_H

#include "base/geometry.h"
#include "logo/image.h"

/* The share of the window of IMAGE that would be ink if all of it were as far from CARD
 * as black is from white: 0 to 1. */
double ink_density(const struct image *image, struct color card);

/* By how much a logo of that DENSITY is drawn larger than a usual one: a thin drawing
 * looks smaller than a heavy one of the same box.  0.85 to 1.2. */
double ink_scale(double density);

#endif
