/* unseen.h - what of a transparent logo cannot be told from its card.
 */
#ifndef LOGO_UNSEEN_H
#define LOGO_UNSEEN_H

#include <stdbool.h>

#include "base/geometry.h"
#include "logo/image.h"

enum unseen {
	UNSEEN_NOTHING, /* or as good as nothing; or what stands inside something else */
	UNSEEN_PARTS,   /* white lettering on a white card, most often, or on a yellow one
			 */
	UNSEEN_GROUND   /* the logo stands on a rectangle of that colour, and is seen */
};

/* Whether CARD is not the white ground that logos are made for, nor as good as that.  On
 * one that is, pale ink is as its designer meant it: only white is looked for. */
bool unseen_is_chosen(struct color card);

/* A colour on which a logo shows what it hides on CARD. */
struct color unseen_contrary(struct color card);

/* Compares a logo on CARD, and on the contrary of that.  FAINT: on a card that is chosen,
 * also looks for ink that is hardly lighter or darker. */
enum unseen unseen_find(const struct image *image, const struct image *contrary,
    struct color card, bool faint);

#endif
