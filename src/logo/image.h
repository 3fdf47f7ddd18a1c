/* image.h - a decoded logo: opaque pixels in sRGB, 8 bits a component.
 *
 * Rows run from the top, one right after the other.  The only file of the folder that
 * knows zimg.
 */
#ifndef LOGO_IMAGE_H
#define LOGO_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/geometry.h"
#include "logo/orientation.h"

/* Pixels from X, Y on. */
struct window {
	int x, y, w, h;
};

struct image {
	int w, h;
	int channels; /* 1: gray levels, or indexes into the palette; 3: RGB */
	bool indexed;
	unsigned char
	    palette[768];      /* RGB triples: of the indexes or of the gray levels */
	int npalette;          /* of the indexes */
	unsigned char *memory; /* h rows of w * channels bytes, and h bytes to spare */
	enum orientation orientation;

	struct window window; /* the part that is used; the rest is margin */
	struct window ink; /* of that, what is plain to see, without the haze around it */

	bool opaque; /* the file has no transparency */
	bool noisy;  /* its levels are a little off: it is a JPEG */
	long hidden; /* opaque pixels that are hard to tell from the card, more or less */

	/* The file's own compressed pixels can stand for this image as they are. */
	bool copyable;
	int bits;   /* of a component in the file */
	bool ycbcr; /* the file's own pixels are not RGB, but that */
};

/* Room for W x H pixels of CHANNELS components, all of it the window.  Pair with
 * image_free. */
void image_init(struct image *image, int w, int h, int channels);
void image_free(struct image *image);

/* The first pixel of row Y of the window. */
unsigned char *image_row(const struct image *image, int y);

/* The colour, RGB, of the pixel X of ROW. */
static inline const unsigned char *
image_color(const struct image *image, const unsigned char *row, int x)
{
	return image->channels == 3 ? row + 3 * (ptrdiff_t)x
				    : &image->palette[3 * (ptrdiff_t)row[x]];
}

/* Whether each component of RGB differs from COLOR by LEVELS at most. */
static inline bool
image_is_near(const unsigned char *rgb, struct color color, int levels)
{
	return abs(rgb[0] - color.r) <= levels && abs(rgb[1] - color.g) <= levels &&
	    abs(rgb[2] - color.b) <= levels;
}

/* Makes the window the whole image; what is around it is lost. */
void image_crop(struct image *image);

/* Replaces IMAGE by its window at W x H pixels, both 1 or more and not above the
 * window's: averages of areas, in linear light.  The library keeps rows for two rows of
 * the result, in 16 bits and one component: less than IMAGE when H is 8 or more. */
void image_resample(struct image *image, int w, int h);

#endif
