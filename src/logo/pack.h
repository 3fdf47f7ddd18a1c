/* pack.h - pixels packed for PDF, in the smallest of the forms that fit them. */
#ifndef LOGO_PACK_H
#define LOGO_PACK_H

#include "logo/codec.h"
#include "logo/image.h"
#include "logo/logo.h"

/* Packs the window of IMAGE, which becomes the whole of it; its pixels are lost.  Pair
 * with raster_free. */
void pack_image(struct codec *codec, struct image *image, struct raster *out);

/* Takes the compressed PIXELS of a file as they are, or the whole of a JPEG; IMAGE is the
 * file decoded, and copyable.  Pair with raster_free. */
void pack_copy(struct packed *pixels, const struct image *image, struct raster *out);

#endif
