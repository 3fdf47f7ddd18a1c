#include "logo/pack.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "logo/filter.h"
#include "logo/reduce.h"

/* A picture that packs to more than one byte of this many is more like a photo than like
 * drawn shapes, and filters may help. */
enum { FILTER_RATIO = 8 };

static bool
is_gray(const struct image *image)
{
	for (int i = 0; i < image->npalette; i++) {
		const unsigned char *rgb = &image->palette[3 * i];
		if (rgb[0] != rgb[1] || rgb[1] != rgb[2])
			return false;
	}
	return true;
}

/* The fewest bits in which every gray level in the palette can be said exactly. */
static int
gray_bits(const struct image *image)
{
	for (int bits = 1; bits < 8; bits *= 2) {
		int unit = 255 / ((1 << bits) - 1), fitting = 0;
		while (
		    fitting < image->npalette && image->palette[3 * fitting] % unit == 0)
			fitting++;
		if (fitting == image->npalette)
			return bits;
	}
	return 8;
}

static int
index_bits(const struct image *image)
{
	int bits = 1;
	while (bits < 8 && image->npalette > 1 << bits)
		bits *= 2;
	return bits;
}

/* Packs N values of BITS bits into OUT, the first one in the highest bits.  OUT may be
 * VALUES or stand before it. */
static void
pack_row(const unsigned char *values, size_t n, int bits, unsigned char *out)
{
	size_t per_byte = 8 / (size_t)bits;
	for (size_t i = 0; i < n; i += per_byte) {
		unsigned byte = 0;
		for (size_t k = 0; k < per_byte; k++)
			byte = byte << bits | (i + k < n ? values[i + k] : 0U);
		*out++ = (unsigned char)byte;
	}
}

/* No more than its colours: thousands of logos are held at once. */
static void
keep_palette(const struct image *image, struct logo *out)
{
	size_t len = 3 * (size_t)image->npalette;
	out->palette = memory_alloc(len);
	memcpy(out->palette, image->palette, len);
	out->npalette = image->npalette;
}

/* Makes rows of the indexes of IMAGE, in place: of indexes or of gray levels, whichever
 * take fewer bits.  Returns the length of a row. */
static size_t
choose_form(struct image *image, struct logo *out)
{
	size_t w = (size_t)image->w, h = (size_t)image->h;
	int as_gray = is_gray(image) ? gray_bits(image) : 9, as_index = index_bits(image);
	if (as_gray <= as_index) {
		out->space = LOGO_GRAY;
		out->bits = as_gray;
		unsigned char level[256] = {0};
		for (int i = 0; i < image->npalette; i++)
			level[i] =
			    (unsigned char)(image->palette[3 * i] >> (8 - as_gray));
		for (size_t i = 0; i < w * h; i++)
			image->memory[i] = level[image->memory[i]];
	} else {
		out->space = LOGO_INDEXED;
		out->bits = as_index;
		keep_palette(image, out);
	}
	size_t len = (w * (size_t)out->bits + 7) / 8;
	if (out->bits < 8)
		for (size_t y = 0; y < h; y++)
			pack_row(
			    image->memory + y * w, w, out->bits, image->memory + y * len);
	return len;
}

/* The smaller one of PLAIN and the same rows filtered. */
static struct packed
try_filters(
    struct codec *codec, struct image *image, struct packed plain, bool *predictor)
{
	size_t step = (size_t)image->channels, h = (size_t)image->h;
	struct rows rows = {.len = (size_t)image->w * step, .n = h, .step = step};
	filter_rows(image->memory, rows);
	struct packed filtered = codec_pack(codec, image->memory, h * (1 + rows.len));
	*predictor = filtered.len < plain.len;
	free(*predictor ? plain.data : filtered.data);
	return *predictor ? filtered : plain;
}

void
pack_image(struct codec *codec, struct image *image, struct logo *out)
{
	image_crop(image);
	out->width_px = out->visible.w = image->w;
	out->height_px = out->visible.h = image->h;
	out->space = LOGO_RGB;
	out->bits = 8;
	size_t len = image_reduce(image) ? choose_form(image, out) : 3 * (size_t)image->w;
	len *= (size_t)image->h;
	struct packed best = codec_pack(codec, image->memory, len);
	if (out->bits == 8 && out->space != LOGO_INDEXED && best.len > len / FILTER_RATIO)
		best = try_filters(codec, image, best, &out->predictor);
	out->data = best.data;
	out->len = best.len;
}

void
pack_copy(struct packed *pixels, const struct image *image, struct logo *out)
{
	out->width_px = image->w;
	out->height_px = image->h;
	out->space = image->channels == 3 ? LOGO_RGB : LOGO_GRAY;
	if (image->indexed)
		out->space = LOGO_INDEXED;
	out->bits = image->bits;
	if (image->indexed)
		keep_palette(image, out);
	out->predictor = true;
	out->data = pixels->data;
	out->len = pixels->len;
	*pixels = (struct packed){0};
	out->visible.x = image->window.x;
	out->visible.y = image->window.y;
	out->visible.w = image->window.w;
	out->visible.h = image->window.h;
}
