/* image.h - a decoded logo: opaque pixels in sRGB, 8 bits a component.
 *
 * Rows run from the top, one right after the other.
 */
#ifndef LOGO_IMAGE_H
#define LOGO_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

struct image {
	int w, h;
	int channels; /* 1: gray levels, or indexes into the palette; 3: RGB */
	bool indexed;
	unsigned char palette[768]; /* RGB triples */
	int npalette;
	unsigned char *memory; /* h rows of w * channels bytes, and h bytes to spare */

	/* The window that is used, in pixels; the rest is margin. */
	struct {
		int x, y, w, h;
	} window;

	/* The file's own compressed pixels can stand for this image as they are. */
	bool copyable;
	int bits; /* of a component in the file */
};

/* Room for W x H pixels of CHANNELS components, all of it the window.  Pair with
 * image_free. */
void image_init(struct image *image, int w, int h, int channels);
void image_free(struct image *image);

/* The first pixel of row Y of the window. */
unsigned char *image_row(const struct image *image, int y);

/* Makes the window the whole image; what is around it is lost. */
void image_crop(struct image *image);

/* Draws in the window to leave out margins that are white, or nearly so.  False: nothing
 * else is there. */
bool image_trim(struct image *image);

#endif
