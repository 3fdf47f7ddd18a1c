/* png.h - a PNG file in memory turned into an image.
 *
 * The only file of the folder that knows libpng.
 */
#ifndef LOGO_PNG_H
#define LOGO_PNG_H

#include <stdbool.h>

#include "logo/image.h"
#include "logo/source.h"

/* Decodes FILE: every colour type and depth, flattened onto its card, in sRGB.  False: it
 * is damaged; reported.  Pair with image_free, also after false. */
bool png_decode(const struct logo_source *file, struct image *out);

#endif
