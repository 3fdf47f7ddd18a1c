#include "logo/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void
image_init(struct image *image, int w, int h, int channels)
{
	*image = (struct image){.w = w, .h = h, .channels = channels};
	image->ink = image->window = (struct window){0, 0, w, h};
	image->memory = memory_alloc((1 + (size_t)w * (size_t)channels) * (size_t)h);
}

void
image_free(struct image *image)
{
	free(image->memory);
	image->memory = NULL;
}

static size_t
row_len(const struct image *image, int w)
{
	return (size_t)w * (size_t)image->channels;
}

unsigned char *
image_row(const struct image *image, int y)
{
	size_t top = (size_t)(image->window.y + y);
	return image->memory + top * row_len(image, image->w) +
	    row_len(image, image->window.x);
}

void
image_pixel(const struct image *image, int x, int y, unsigned char rgb[3])
{
	const unsigned char *p = image_row(image, y) + row_len(image, x);
	if (image->indexed)
		p = &image->palette[3 * p[0]];
	for (int c = 0; c < 3; c++)
		rgb[c] = p[image->channels == 3 || image->indexed ? c : 0];
}

bool
image_is_near(const struct image *image, int x, int y, struct color color, int levels)
{
	unsigned char rgb[3];
	image_pixel(image, x, y, rgb);
	return abs(rgb[0] - color.r) <= levels && abs(rgb[1] - color.g) <= levels &&
	    abs(rgb[2] - color.b) <= levels;
}

void
image_crop(struct image *image)
{
	size_t len = row_len(image, image->window.w);
	for (int y = 0; y < image->window.h; y++)
		memmove(image->memory + (size_t)y * len, image_row(image, y), len);
	image->w = image->window.w;
	image->h = image->window.h;
	image->window.x = image->window.y = 0;
}
