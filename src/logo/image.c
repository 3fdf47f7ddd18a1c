#include "logo/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void
image_init(struct image *image, int w, int h, int channels)
{
	*image = (struct image){.w = w, .h = h, .channels = channels};
	image->ink = image->window = (struct window){0, 0, w, h};
	for (int i = 0; channels == 1 && i < 768; i++)
		image->palette[i] = (unsigned char)(i / 3);
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
image_crop(struct image *image)
{
	size_t len = row_len(image, image->window.w);
	for (int y = 0; y < image->window.h; y++)
		memmove(image->memory + (size_t)y * len, image_row(image, y), len);
	image->w = image->window.w;
	image->h = image->window.h;
	image->window.x = image->window.y = 0;
}
