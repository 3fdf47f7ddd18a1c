/* orientation.h - how the pixels of a file have to be turned and mirrored to be seen
 * right (Exif 2.32, 4.6.4, tag 274).
 */
#ifndef LOGO_ORIENTATION_H
#define LOGO_ORIENTATION_H

#include <stddef.h>

#include "base/geometry.h"

/* Exif's numbers less 1.  From ORIENTATION_SIDES on, rows become columns. */
enum orientation { ORIENTATION_NORMAL = 0, ORIENTATION_SIDES = 4, ORIENTATION_LAST = 7 };

/* The orientation in LEN bytes of Exif data, which begin with a TIFF header;
 * ORIENTATION_NORMAL where there is none or the data is damaged. */
enum orientation orientation_read(const unsigned char *exif, size_t len);

/* The matrix that turns the unit square of an image onto itself (ISO 32000-1, 8.9.5.1:
 * the first row of pixels is at the top). */
const double *orientation_matrix(enum orientation orientation);

/* Where a part of that square comes to lie. */
struct rect orientation_turn(enum orientation orientation, struct rect part);

#endif
