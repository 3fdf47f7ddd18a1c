/* unseen.h - what of a transparent logo cannot be told from its card.
 */
#ifndef LOGO_UNSEEN_H
#define LOGO_UNSEEN_H

#include <stdbool.h>

#include "base/geometry.h"
#include "logo/image.h"

enum unseen {
	UNSEEN_NOTHING, /* or as good as nothing; or what stands inside something else */
	UNSEEN_PARTS,   /* white lettering on a white card, most often */
	UNSEEN_GROUND   /* the logo stands on a rectangle of that colour, and is seen */
};

/* A colour on which a logo shows what it hides on CARD. */
struct color unseen_contrary(struct color card);

/* Compares a logo on CARD, and on the contrary of that. */
enum unseen
unseen_find(const struct image *image, const struct image *contrary, struct color card);

#endif
