/* edge.h - pictures whose ground belongs to them, such as a flag's: where it meets the
 * card.
 */
#ifndef LOGO_EDGE_H
#define LOGO_EDGE_H

#include <stdbool.h>

#include "base/geometry.h"
#include "logo/image.h"

enum { EDGES_MAX = 16 };

/* Parts of the edge of a picture, each a line of pixels. */
struct edges {
	struct window list[EDGES_MAX]; /* one of w and h is 0 */
	int n;
};

/* Whether an opaque IMAGE fills its window to the edge with stripes or a cross, some of
 * them in the colour of CARD. */
bool edge_is_flag(const struct image *image, struct color card);

/* Finds where the edge of the window has nearly the colour of CARD. */
void edge_find(const struct image *image, struct color card, struct edges *out);

#endif
