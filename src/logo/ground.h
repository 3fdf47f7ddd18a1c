/* ground.h - what of an image is only the ground that its logo stands on, and where one
 * that belongs to it, such as a flag's, meets the card.
 */
#ifndef LOGO_GROUND_H
#define LOGO_GROUND_H

#include <stdbool.h>

#include "base/geometry.h"
#include "logo/image.h"

/* Makes the ground of IMAGE the colour of its card where it is another one but nearly the
 * same, or noisy; what stands on it is shifted as much.  The image is not copyable then.
 * One that is copyable stays as it is if only the noise of JPEG beside what stands on it
 * is not the colour of the card. */
void ground_clear(struct image *image, struct color card);

/* Whether IMAGE stands on a ground, of the colour OUT, that differs from its card, but
 * too little for that to be meant. */
bool ground_is_off(const struct image *image, struct color card, unsigned char out[3]);

/* Draws in the window of IMAGE, and its ink, to leave out margins of the colour of CARD
 * or as good as that, stray specks, and noise.  False: nothing else is there. */
bool ground_trim(struct image *image, struct color card);

enum { EDGES_MAX = 16 };

/* Parts of the edge of a picture, each a line of pixels. */
struct edges {
	struct window list[EDGES_MAX]; /* one of w and h is 0 */
	int n;
};

/* Whether an opaque IMAGE fills its window to the edge with stripes or a cross, some of
 * them in the colour of CARD. */
bool ground_is_flag(const struct image *image, struct color card);

/* Finds where the edge of the window has nearly the colour of CARD. */
void ground_find_edges(const struct image *image, struct color card, struct edges *out);

#endif
