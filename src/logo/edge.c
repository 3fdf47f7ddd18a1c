#include "logo/edge.h"

enum { PALE = 24 }; /* levels */

enum side { TOP, BOTTOM, LEFT, RIGHT, SIDES };

/* What shares of pixels, in hundredths, are as good as all and as none, and what makes a
 * stripe. */
enum { ALL = 95, NONE = 5, STRIPE = 15, SHORT = 2 };

static int
length_of(const struct image *image, enum side side)
{
	return side <= BOTTOM ? image->window.w : image->window.h;
}

/* Whether the pixel I of SIDE, from the left or the top, is pale. */
static bool
is_pale(const struct image *image, struct color card, enum side side, int i)
{
	const struct window *in = &image->window;
	int x = side == RIGHT ? in->w - 1 : side == LEFT ? 0 : i;
	int y = side == BOTTOM ? in->h - 1 : side == TOP ? 0 : i;
	return image_is_near(image_color(image, image_row(image, y), x), card, PALE);
}

/* Of a side, about so many pixels are enough to judge by. */
enum { SAMPLES = 200 };

/* Hundredths of SIDE that are pale. */
static int
pale_share(const struct image *image, struct color card, enum side side)
{
	int n = 0, length = length_of(image, side), pale = 0;
	for (int i = 0; i < length; i += length / SAMPLES + 1, n++)
		pale += is_pale(image, card, side, i);
	return n > 0 ? pale * 100 / n : 0;
}

/* Whether SIDE and the one after it are pale in the same places. */
static bool
is_mirrored(const struct image *image, struct color card, enum side side)
{
	int n = 0, length = length_of(image, side), same = 0;
	for (int i = 0; i < length; i += length / SAMPLES + 1, n++)
		same += is_pale(image, card, side, i) ==
		    is_pale(image, card, (enum side)(side + 1), i);
	return same * 100 >= n * ALL;
}

static bool
is_plain(int share)
{
	return share >= ALL || share <= NONE;
}

bool
edge_is_flag(const struct image *image, struct color card)
{
	bool striped = false, pale = false;
	for (enum side side = TOP; side < SIDES; side += 2) {
		int one = pale_share(image, card, side);
		int other = pale_share(image, card, (enum side)(side + 1));
		if (!(is_plain(one) && is_plain(other)) &&
		    !is_mirrored(image, card, side))
			return false;
		bool mixed = one <= 100 - STRIPE && other <= 100 - STRIPE;
		striped |= mixed && one >= STRIPE && other >= STRIPE;
		pale |= one >= STRIPE || other >= STRIPE;
	}
	return striped && pale;
}

void
edge_find(const struct image *image, struct color card, struct edges *out)
{
	const struct window *in = &image->window;
	out->n = 0;
	for (enum side side = TOP; side < SIDES; side++) {
		int n = length_of(image, side), start = 0;
		int x = in->x + (side == RIGHT ? in->w : 0);
		int y = in->y + (side == BOTTOM ? in->h : 0);
		for (int i = 0; i <= n; i++) {
			if (i < n && is_pale(image, card, side, i))
				continue;
			if (i - start > n * SHORT / 100 && out->n < EDGES_MAX)
				out->list[out->n++] = side <= BOTTOM
				    ? (struct window){x + start, y, i - start, 0}
				    : (struct window){x, y + start, 0, i - start};
			start = i + 1;
		}
	}
}
