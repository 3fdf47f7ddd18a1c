#include "logo/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Two levels below white cannot be seen, but colour conversion and lossy optimisers
 * leave such levels behind. */
enum { WHITE_FROM = 253 };

void
image_init(struct image *image, int w, int h, int channels)
{
	*image = (struct image){.w = w, .h = h, .channels = channels};
	image->window.w = w;
	image->window.h = h;
	image->stride = 1 + (size_t)w * (size_t)channels;
	image->memory = memory_alloc(image->stride * (size_t)h);
}

void
image_free(struct image *image)
{
	free(image->memory);
	image->memory = NULL;
}

unsigned char *
image_row(const struct image *image, int y)
{
	size_t top = (size_t)(image->window.y + y);
	size_t left = (size_t)image->window.x * (size_t)image->channels;
	return image->memory + top * image->stride + 1 + left;
}

/* Which byte values are white: of a component, or of an index into the palette. */
static void
white_table(const struct image *image, bool white[256])
{
	for (int i = 0; i < 256; i++)
		white[i] = i >= WHITE_FROM;
	if (!image->indexed)
		return;
	for (int i = 0; i < 256; i++) {
		const unsigned char *rgb = &image->palette[3 * i];
		white[i] =
		    rgb[0] >= WHITE_FROM && rgb[1] >= WHITE_FROM && rgb[2] >= WHITE_FROM;
	}
}

/* The first byte from FROM on that is not white, before END; END if all are. */
static size_t
skip_white(const unsigned char *row, size_t from, size_t end, const bool white[256])
{
	while (from < end && white[row[from]])
		from++;
	return from;
}

static size_t
skip_white_back(const unsigned char *row, size_t from, size_t end, const bool white[256])
{
	while (end > from && white[row[end - 1]])
		end--;
	return end;
}

bool
image_trim(struct image *image)
{
	bool white[256];
	white_table(image, white);
	size_t channels = (size_t)image->channels;
	size_t len = (size_t)image->window.w * channels;
	size_t left = len, right = 0;
	int top = -1, bottom = -1;
	for (int y = 0; y < image->window.h; y++) {
		const unsigned char *row = image_row(image, y);
		size_t first = skip_white(row, 0, len, white);
		if (first == len)
			continue;
		top = top < 0 ? y : top;
		bottom = y;
		left = first < left ? first : left;
		right = skip_white_back(row, right, len, white);
	}
	if (top < 0)
		return false;
	int x = (int)(left / channels), end = (int)((right + channels - 1) / channels);
	image->window.x += x;
	image->window.w = end - x;
	image->window.y += top;
	image->window.h = bottom - top + 1;
	return true;
}
