#include "logo/reduce.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { SLOTS = 1024, COLORS_MAX = 256, EMPTY = -1 };

/* Colours found so far, by hash. */
struct colors {
	struct reduced *out;
	uint32_t rgb[SLOTS];
	int16_t index[SLOTS];
};

/* The index of a colour, added if new; below 0 when that would be one too many. */
static int
color_index(struct colors *colors, uint32_t rgb)
{
	uint32_t slot = (rgb * 2654435761U) >> 22;
	while (colors->index[slot] != EMPTY && colors->rgb[slot] != rgb)
		slot = (slot + 1) % SLOTS;
	if (colors->index[slot] != EMPTY)
		return colors->index[slot];
	struct reduced *out = colors->out;
	if (out->n == COLORS_MAX)
		return -1;
	unsigned char *entry = &out->palette[3 * out->n];
	entry[0] = (unsigned char)(rgb >> 16);
	entry[1] = (unsigned char)(rgb >> 8);
	entry[2] = (unsigned char)rgb;
	out->gray = out->gray && entry[0] == entry[1] && entry[1] == entry[2];
	colors->rgb[slot] = rgb;
	colors->index[slot] = (int16_t)out->n;
	return out->n++;
}

static uint32_t
rgb_at(const unsigned char *p)
{
	return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

static bool
reduce_rgb_row(
    struct colors *colors, const unsigned char *row, int w, unsigned char *index)
{
	uint32_t last = rgb_at(row);
	int last_index = color_index(colors, last);
	for (int x = 0; x < w && last_index >= 0; x++) {
		uint32_t rgb = rgb_at(row + 3 * (size_t)x);
		if (rgb != last) {
			last = rgb;
			last_index = color_index(colors, rgb);
		}
		index[x] = (unsigned char)last_index;
	}
	return last_index >= 0;
}

/* Rows of one byte a pixel: gray levels, or indexes of which some may be unused or
 * the same colour. */
static void
reduce_byte_rows(struct colors *colors, const struct image *image)
{
	int known[COLORS_MAX];
	unsigned char *index = colors->out->index;
	for (int i = 0; i < COLORS_MAX; i++)
		known[i] = EMPTY;
	for (int y = 0; y < image->window.h; y++) {
		const unsigned char *row = image_row(image, y);
		for (int x = 0; x < image->window.w; x++) {
			int v = row[x];
			if (known[v] == EMPTY)
				known[v] = color_index(colors,
				    image->indexed ? rgb_at(&image->palette[3 * v])
						   : (uint32_t)v * 0x10101);
			*index++ = (unsigned char)known[v];
		}
	}
}

bool
image_reduce(const struct image *image, struct reduced *out)
{
	size_t w = (size_t)image->window.w, h = (size_t)image->window.h;
	struct colors colors = {.out = out};
	for (int i = 0; i < SLOTS; i++)
		colors.index[i] = EMPTY;
	out->n = 0;
	out->gray = true;
	out->index = memory_alloc(w * h);
	if (image->channels == 1) {
		reduce_byte_rows(&colors, image);
		return true;
	}
	for (size_t y = 0; y < h; y++)
		if (!reduce_rgb_row(
			&colors, image_row(image, (int)y), (int)w, out->index + y * w))
			return false;
	return true;
}

void
reduced_free(struct reduced *reduced)
{
	free(reduced->index);
	reduced->index = NULL;
}
