#include "logo/reduce.h"

#include <stdint.h>
#include <string.h>

enum { SLOTS = 1024, COLORS_MAX = 256, EMPTY = -1 };

/* Colours found so far, by hash. */
struct colors {
	unsigned char palette[3 * COLORS_MAX];
	int n;
	uint32_t rgb[SLOTS];
	int16_t index[SLOTS];
};

static void
colors_init(struct colors *colors)
{
	memset(colors->palette, 0, sizeof colors->palette);
	colors->n = 0;
	for (int i = 0; i < SLOTS; i++)
		colors->index[i] = EMPTY;
}

/* The index of a colour, added if new; below 0 when that would be one too many. */
static int
color_index(struct colors *colors, uint32_t rgb)
{
	uint32_t slot = (rgb * 2654435761U) >> 22;
	while (colors->index[slot] != EMPTY && colors->rgb[slot] != rgb)
		slot = (slot + 1) % SLOTS;
	if (colors->index[slot] != EMPTY)
		return colors->index[slot];
	if (colors->n == COLORS_MAX)
		return -1;
	unsigned char *entry = &colors->palette[3 * colors->n];
	entry[0] = (unsigned char)(rgb >> 16);
	entry[1] = (unsigned char)(rgb >> 8);
	entry[2] = (unsigned char)rgb;
	colors->rgb[slot] = rgb;
	colors->index[slot] = (int16_t)colors->n;
	return colors->n++;
}

static uint32_t
rgb_at(const unsigned char *p)
{
	return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

/* Finds the colours of N pixels and, unless OUT is NULL, writes their indexes there.
 * False: they are too many. */
static bool
index_rgb(struct colors *colors, const unsigned char *p, size_t n, unsigned char *out)
{
	uint32_t last = rgb_at(p);
	int index = color_index(colors, last);
	for (size_t i = 0; i < n && index >= 0; i++) {
		uint32_t rgb = rgb_at(p + 3 * i);
		if (rgb != last) {
			last = rgb;
			index = color_index(colors, rgb);
		}
		if (out != NULL)
			out[i] = (unsigned char)index;
	}
	return index >= 0;
}

/* The same for gray levels, or for indexes of which some may be unused or the same
 * colour. */
static void
index_bytes(struct colors *colors, const struct image *image)
{
	int known[COLORS_MAX];
	size_t n = (size_t)image->w * (size_t)image->h;
	for (int i = 0; i < COLORS_MAX; i++)
		known[i] = EMPTY;
	for (size_t i = 0; i < n; i++) {
		int v = image->memory[i];
		if (known[v] == EMPTY)
			known[v] = color_index(colors,
			    image->indexed ? rgb_at(&image->palette[3 * v])
					   : (uint32_t)v * 0x10101);
		image->memory[i] = (unsigned char)known[v];
	}
}

bool
image_reduce(struct image *image)
{
	struct colors colors;
	colors_init(&colors);
	size_t n = (size_t)image->w * (size_t)image->h;
	if (image->channels == 1) {
		index_bytes(&colors, image);
	} else {
		/* most images of many colours show it in their first rows */
		if (!index_rgb(&colors, image->memory, n, NULL))
			return false;
		index_rgb(&colors, image->memory, n, image->memory);
	}
	image->channels = 1;
	image->indexed = true;
	memcpy(image->palette, colors.palette, sizeof image->palette);
	image->npalette = colors.n;
	return true;
}
