/* images.h - the logos as XObjects (ISO 32000-1, 8.8), each distinct one once. */
#ifndef PDF_IMAGES_H
#define PDF_IMAGES_H

#include "pdf/objects.h"

/* Finds the distinct logos of the document's image boxes, which show them in the order of
 * their numbers. */
void images_collect(struct pdf *pdf);

/* Writes them all; their bytes go from the logo to the file without a copy. */
void images_write(struct pdf *pdf);

/* The matrix for "cm" with which LOGO's XObject fills FRAME. */
void image_matrix(const struct logo *logo, struct rect frame, double matrix[6]);

#endif
