/* resample.h - fewer pixels for a logo that is finer than can be printed. */
#ifndef LOGO_RESAMPLE_H
#define LOGO_RESAMPLE_H

#include "logo/image.h"

/* Replaces IMAGE by its window at W x H pixels, both 1 or more and not above the
 * window's: averages of areas, in linear light.  The library keeps rows for two rows of
 * the result, in 16 bits and one component: less than IMAGE when H is 8 or more. */
void image_resample(struct image *image, int w, int h);

#endif
