/* jpeg.h - a JPEG file in memory turned into an image.
 *
 * The only file of the folder that knows libjpeg.
 */
#ifndef LOGO_JPEG_H
#define LOGO_JPEG_H

#include <stdbool.h>

#include "logo/image.h"
#include "logo/source.h"

/* Decodes FILE: gray, RGB, YCbCr, CMYK and YCCK, in sRGB.  It is copyable when a
 * PDF can hold it as it is.  False: it is damaged, or a JPEG that hardly any program
 * reads (arithmetic, lossless, 12 bits); reported.  Pair with image_free, also after
 * false. */
bool jpeg_decode(const struct logo_source *file, struct image *out);

#endif
