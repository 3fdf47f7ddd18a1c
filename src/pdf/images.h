/* images.h - the logos as image XObjects (ISO 32000-1, 8.9.5), each distinct one once. */
#ifndef PDF_IMAGES_H
#define PDF_IMAGES_H

#include "pdf/objects.h"

/* Finds the distinct logos of the document's image boxes. */
void images_collect(struct pdf *pdf);

/* The index of LOGO in images.list, which has it. */
int image_index(const struct images *images, const struct logo *logo);

/* Writes them all; their pixels go from the logo to the file without a copy. */
void images_write(struct pdf *pdf);

#endif
