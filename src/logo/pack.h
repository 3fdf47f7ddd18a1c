/* pack.h - pixels packed for PDF, in the smallest of the forms that fit them. */
#ifndef LOGO_PACK_H
#define LOGO_PACK_H

#include "logo/codec.h"
#include "logo/image.h"
#include "logo/logo.h"

/* Packs the window of IMAGE, whose pixels are lost.  Sets what describes them in OUT, and
 * data, which free() releases. */
void pack_image(struct codec *codec, struct image *image, struct logo *out);

/* Takes the compressed PIXELS of a file as they are; IMAGE is the file decoded, and
 * copyable.  The data is OUT's from then on. */
void pack_copy(struct packed *pixels, const struct image *image, struct logo *out);

#endif
