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

/* What white looks like in the bytes of an image. */
struct white {
	bool is[256];           /* by value of a component, or of an index */
	unsigned char many[16]; /* the commonest white */
};

static void
white_init(struct white *white, const struct image *image)
{
	int commonest = 255;
	for (int i = 255; i >= 0; i--) {
		const unsigned char *rgb = &image->palette[3 * i];
		white->is[i] = image->indexed
		    ? rgb[0] >= WHITE_FROM && rgb[1] >= WHITE_FROM && rgb[2] >= WHITE_FROM
		    : i >= WHITE_FROM;
		if (image->indexed && white->is[i])
			commonest = i;
	}
	memset(white->many, commonest, sizeof white->many);
}

/* The first byte from FROM on that is not white, before END; END if all are. */
static size_t
skip_white(const struct white *white, const unsigned char *row, size_t from, size_t end)
{
	while (from < end && white->is[row[from]]) {
		/* most white is alike: many bytes at a time */
		while (end - from >= sizeof white->many &&
		    memcmp(row + from, white->many, sizeof white->many) == 0)
			from += sizeof white->many;
		if (from < end && white->is[row[from]])
			from++;
	}
	return from;
}

/* The end of what is not white between FROM and END; FROM if all is. */
static size_t
skip_white_back(
    const struct white *white, const unsigned char *row, size_t from, size_t end)
{
	while (end > from && white->is[row[end - 1]]) {
		while (end - from >= sizeof white->many &&
		    memcmp(row + end - sizeof white->many, white->many,
			sizeof white->many) == 0)
			end -= sizeof white->many;
		if (end > from && white->is[row[end - 1]])
			end--;
	}
	return end;
}

/* Cuts white rows off the top and the bottom of the window.  False: all are. */
static bool
trim_rows(struct image *image, const struct white *white, size_t len)
{
	int top = 0, bottom = image->window.h;
	while (top < bottom && skip_white(white, image_row(image, top), 0, len) == len)
		top++;
	while (bottom > top &&
	    skip_white(white, image_row(image, bottom - 1), 0, len) == len)
		bottom--;
	image->window.y += top;
	image->window.h = bottom - top;
	return bottom > top;
}

bool
image_trim(struct image *image)
{
	struct white white;
	white_init(&white, image);
	size_t channels = (size_t)image->channels;
	size_t len = (size_t)image->window.w * channels;
	if (!trim_rows(image, &white, len))
		return false;
	size_t left = len, right = 0;
	for (int y = 0; y < image->window.h; y++) {
		const unsigned char *row = image_row(image, y);
		left = skip_white(&white, row, 0, left);
		right = skip_white_back(&white, row, right, len);
	}
	int x = (int)(left / channels), end = (int)((right + channels - 1) / channels);
	image->window.x += x;
	image->window.w = end - x;
	return true;
}
