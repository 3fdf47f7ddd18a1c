/* pack.h - pixels packed for PDF, in the smallest of the forms that fit them.
 *
 * The only file of the folder that knows libdeflate.
 */
#ifndef LOGO_PACK_H
#define LOGO_PACK_H

#include "logo/image.h"
#include "logo/logo.h"
#include "logo/sniff.h"

struct packer; /* what is used again from logo to logo; belongs to one thread */

struct packer *packer_open(void);
void packer_close(struct packer *packer);

/* Packs the window of IMAGE.  Sets what describes the pixels in OUT, and data, which
 * free() releases. */
void pack_image(struct packer *packer, const struct image *image, struct logo *out);

/* Takes the compressed pixels of FILE as they are; IMAGE is FILE decoded, and copyable.
 */
void pack_copy(const struct png_file *file, const struct image *image, struct logo *out);

#endif
