#include "logo/pack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "logo/filter.h"
#include "logo/reduce.h"

/* A picture that packs to more than one byte of this many is more like a photo than like
 * drawn shapes, and filters may help. */
enum { FILTER_RATIO = 8 };

/* The fewest bits in which every level of gray in R can be said exactly. */
static int
gray_bits(const struct reduced *r)
{
	for (int bits = 1; bits < 8; bits *= 2) {
		int unit = 255 / ((1 << bits) - 1), fitting = 0;
		while (fitting < r->n && r->palette[3 * fitting] % unit == 0)
			fitting++;
		if (fitting == r->n)
			return bits;
	}
	return 8;
}

static int
index_bits(const struct reduced *r)
{
	int bits = 1;
	while (bits < 8 && r->n > 1 << bits)
		bits *= 2;
	return bits;
}

/* Packs N values of BITS bits into OUT, the first one in the highest bits. */
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

/* Rows of few colours, as indexes or levels of gray, whichever takes fewer bits. */
static void
pack_reduced(struct codec *codec, struct reduced *r, struct logo *out)
{
	size_t w = (size_t)out->width_px, h = (size_t)out->height_px;
	int as_gray = r->gray ? gray_bits(r) : 9, as_index = index_bits(r);
	out->space = as_gray <= as_index ? LOGO_GRAY : LOGO_INDEXED;
	out->bits = as_gray <= as_index ? as_gray : as_index;
	if (out->space == LOGO_GRAY) {
		unsigned char level[256];
		for (int i = 0; i < r->n; i++)
			level[i] = (unsigned char)(r->palette[3 * i] >> (8 - out->bits));
		for (size_t i = 0; i < w * h; i++)
			r->index[i] = level[r->index[i]];
	} else {
		memcpy(out->palette, r->palette, sizeof out->palette);
		out->npalette = r->n;
	}
	size_t len = (w * (size_t)out->bits + 7) / 8;
	codec->plain.len = 0;
	for (size_t y = 0; y < h; y++) {
		char *row = buffer_reserve(&codec->plain, len);
		pack_row(r->index + y * w, w, out->bits, (unsigned char *)row);
		codec->plain.len += len;
	}
}

static void
copy_rows(struct codec *codec, const struct image *image)
{
	size_t len = (size_t)image->window.w * (size_t)image->channels;
	codec->plain.len = 0;
	for (int y = 0; y < image->window.h; y++)
		buffer_append(&codec->plain, image_row(image, y), len);
}

/* Filters the plain rows of OUT, which are of 8 bits. */
static void
filter_plain(struct codec *codec, const struct logo *out)
{
	size_t step = out->space == LOGO_RGB ? 3 : 1, h = (size_t)out->height_px;
	struct rows rows = {.first = (unsigned char *)codec->plain.data,
	    .stride = (size_t)out->width_px * step,
	    .len = (size_t)out->width_px * step,
	    .n = h,
	    .step = step};
	codec->other.len = 0;
	filter_rows(
	    &rows, (unsigned char *)buffer_reserve(&codec->other, h * (1 + rows.len)));
	codec->other.len = h * (1 + rows.len);
}

/* The smaller one of PLAIN and the same rows filtered. */
static struct packed
try_filters(struct codec *codec, struct packed plain, struct logo *out)
{
	filter_plain(codec, out);
	struct packed filtered = codec_pack(codec, codec->other.data, codec->other.len);
	out->predictor = filtered.len < plain.len;
	free(out->predictor ? plain.data : filtered.data);
	return out->predictor ? filtered : plain;
}

void
pack_image(struct codec *codec, const struct image *image, struct logo *out)
{
	struct reduced reduced;
	out->width_px = image->window.w;
	out->height_px = image->window.h;
	out->visible.w = out->width_px;
	out->visible.h = out->height_px;
	if (image_reduce(image, &reduced)) {
		pack_reduced(codec, &reduced, out);
	} else {
		out->space = LOGO_RGB;
		out->bits = 8;
		copy_rows(codec, image);
	}
	reduced_free(&reduced);
	struct packed best = codec_pack(codec, codec->plain.data, codec->plain.len);
	bool filterable = out->bits == 8 && out->space != LOGO_INDEXED;
	if (filterable && best.len > codec->plain.len / FILTER_RATIO)
		best = try_filters(codec, best, out);
	out->data = best.data;
	out->len = best.len;
}

void
pack_copy(struct packed *pixels, const struct image *image, struct logo *out)
{
	out->width_px = image->w;
	out->height_px = image->h;
	out->space = image->indexed ? LOGO_INDEXED
	    : image->channels == 3  ? LOGO_RGB
				    : LOGO_GRAY;
	out->bits = image->bits;
	memcpy(out->palette, image->palette, sizeof out->palette);
	out->npalette = image->npalette;
	out->predictor = true;
	out->data = pixels->data;
	out->len = pixels->len;
	*pixels = (struct packed){0};
	out->visible.x = image->window.x;
	out->visible.y = image->window.y;
	out->visible.w = image->window.w;
	out->visible.h = image->window.h;
}
