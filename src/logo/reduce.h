/* reduce.h - the few colours of an image, where they are few. */
#ifndef LOGO_REDUCE_H
#define LOGO_REDUCE_H

#include <stdbool.h>

#include "logo/image.h"

/* Turns IMAGE into indexes into a palette, in place; the palette has the colours that are
 * used, each once, in the order of their first pixels.  False: it has more than 256, and
 * stays as it is.  IMAGE has been cropped. */
bool image_reduce(struct image *image);

#endif
