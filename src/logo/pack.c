#include "logo/pack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* A picture that packs to more than one byte of this many is more like a photo than like
 * drawn shapes, and filters may help. */
enum { FILTER_RATIO = 8 };

/* --- few colours -------------------------------------------------------------- */

enum { SLOTS = 1024, COLORS_MAX = 256, UNKNOWN = -1 };

/* Colours found so far, by hash.  All zero: none. */
struct colors {
	unsigned char palette[3 * COLORS_MAX];
	int n;
	uint32_t rgb[SLOTS];
	int number[SLOTS]; /* of the colour, from 1; 0: the slot is empty */
};

static uint32_t
rgb_at(const unsigned char *p)
{
	return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

/* The index of the colour P, added if new; below 0 when that would be one too many. */
static int
color_index(struct colors *colors, const unsigned char *p)
{
	uint32_t rgb = rgb_at(p), slot = (rgb * 2654435761U) >> 22;
	while (colors->number[slot] != 0 && colors->rgb[slot] != rgb)
		slot = (slot + 1) % SLOTS;
	if (colors->number[slot] == 0) {
		if (colors->n == COLORS_MAX)
			return -1;
		memcpy(&colors->palette[3 * colors->n], p, 3);
		colors->rgb[slot] = rgb;
		colors->number[slot] = ++colors->n;
	}
	return colors->number[slot] - 1;
}

/* Finds the colours of N pixels and, unless OUT is NULL, writes their indexes there.
 * False: they are too many. */
static bool
index_rgb(struct colors *colors, const unsigned char *p, size_t n, unsigned char *out)
{
	uint32_t last = rgb_at(p);
	int index = color_index(colors, p);
	for (size_t i = 0; i < n && index >= 0; i++) {
		uint32_t rgb = rgb_at(p + 3 * i);
		if (rgb != last) {
			last = rgb;
			index = color_index(colors, p + 3 * i);
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
		known[i] = UNKNOWN;
	for (size_t i = 0; i < n; i++) {
		int v = image->memory[i];
		if (known[v] == UNKNOWN)
			known[v] = color_index(colors, &image->palette[3 * v]);
		image->memory[i] = (unsigned char)known[v];
	}
}

/* Turns IMAGE into indexes into a palette, in place; the palette has the colours that are
 * used, each once, in the order of their first pixels.  False: it has more than 256, and
 * stays as it is. */
static bool
image_reduce(struct image *image)
{
	struct colors colors = {0};
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

/* --- filters ------------------------------------------------------------------ */

/* Loops over rows run in blocks of a fixed size, which compilers turn into vector
 * instructions: hence rows are copied to where they have zeros at both ends. */
enum { BLOCK = 16 };

enum filter { FILTER_NONE, FILTER_SUB, FILTER_UP, FILTER_AVERAGE, FILTER_PAETH };

/* A row, the one above it, and room to filter. */
struct filterer {
	size_t len;  /* of a row */
	size_t step; /* bytes a pixel, BLOCK at most */
	unsigned char *memory, *row, *above;
	unsigned char *best, *trial; /* filtered */
};

/* The row less OTHER, byte by byte. */
static void
filter_less(
    const struct filterer *f, const unsigned char *other, unsigned char *restrict out)
{
	const unsigned char *row = f->row;
	for (size_t i = 0; i < f->len; i += BLOCK)
		for (size_t k = 0; k < BLOCK; k++)
			out[i + k] = (unsigned char)(row[i + k] - other[i + k]);
}

static void
filter_paeth(const struct filterer *f, unsigned char *restrict out)
{
	const unsigned char *row = f->row, *left = f->row - f->step;
	const unsigned char *above = f->above, *corner = f->above - f->step;
	for (size_t i = 0; i < f->len; i += BLOCK) {
		for (size_t k = 0; k < BLOCK; k++) {
			int16_t a = left[i + k], b = above[i + k], c = corner[i + k];
			int16_t p = (int16_t)(b - c), q = (int16_t)(a - c);
			int16_t to_a = (int16_t)(p < 0 ? -p : p);
			int16_t to_b = (int16_t)(q < 0 ? -q : q);
			int16_t to_c = (int16_t)(p + q < 0 ? -p - q : p + q);
			int16_t b_or_c = to_b <= to_c ? b : c;
			int16_t nearer = to_b <= to_c ? to_b : to_c;
			int16_t predicted = to_a <= nearer ? a : b_or_c;
			out[i + k] = (unsigned char)(row[i + k] - predicted);
		}
	}
}

/* The sum of N differences, as signed numbers without their signs; zeros follow them up
 * to a whole block. */
static size_t
cost(const unsigned char *row, size_t n)
{
	size_t sum = 0;
	for (size_t i = 0; i < n; i += BLOCK) {
		unsigned block = 0;
		for (size_t k = 0; k < BLOCK; k++) {
			unsigned char v = row[i + k], minus = (unsigned char)(256 - v);
			block += v < minus ? v : minus;
		}
		sum += block;
	}
	return sum;
}

/* Filters the row with each filter that is worth a try, into BEST.  Returns its type. */
static enum filter
filter_row(struct filterer *f)
{
	enum filter best = FILTER_NONE;
	size_t least = cost(f->row, f->len);
	memcpy(f->best, f->row, f->len);
	for (enum filter type = FILTER_SUB; type <= FILTER_PAETH; type++) {
		if (type == FILTER_AVERAGE) /* was never the best one on logos */
			continue;
		if (type == FILTER_PAETH)
			filter_paeth(f, f->trial);
		else
			filter_less(
			    f, type == FILTER_UP ? f->above : f->row - f->step, f->trial);
		memset(f->trial + f->len, 0, BLOCK);
		size_t sum = cost(f->trial, f->len);
		if (sum >= least)
			continue;
		least = sum;
		best = type;
		unsigned char *other = f->best;
		f->best = f->trial;
		f->trial = other;
	}
	return best;
}

static void
filterer_open(struct filterer *f)
{
	size_t room = f->len + 2 * BLOCK; /* a block before, and the rest of the last */
	f->memory = memory_alloc(4 * room);
	memset(f->memory, 0, 4 * room);
	f->row = f->memory + BLOCK;
	f->above = f->row + room;
	f->best = f->above + room;
	f->trial = f->best + room;
}

/* Filters N rows of LEN bytes in place, those of a pixel being STEP, to N bytes more:
 * each row gets its filter type in front, the one with the least sum of absolute
 * differences (PNG, third edition, clause 9 and 12.7). */
static void
filter_rows(unsigned char *bytes, size_t n, size_t len, size_t step)
{
	struct filterer f = {.len = len, .step = step};
	filterer_open(&f);
	if (n > 0)
		memcpy(f.above, bytes + (n - 1) * len, len);
	/* from the last row, which has nothing after it to be written over */
	for (size_t y = n; y-- > 0;) {
		unsigned char *row = f.above, *to = bytes + y * (1 + len);
		f.above = f.row;
		f.row = row;
		if (y > 0)
			memcpy(f.above, bytes + (y - 1) * len, len);
		else
			memset(f.above, 0, len);
		unsigned char type = (unsigned char)filter_row(&f);
		memcpy(to + 1, f.best, len);
		to[0] = type;
	}
	free(f.memory);
}

/* --- forms -------------------------------------------------------------------- */

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
keep_palette(const struct image *image, struct raster *out)
{
	size_t len = 3 * (size_t)image->npalette;
	out->palette = memory_alloc(len);
	memcpy(out->palette, image->palette, len);
	out->npalette = image->npalette;
}

/* Makes rows of the indexes of IMAGE, in place: of indexes or of gray levels, whichever
 * take fewer bits.  Returns the length of a row. */
static size_t
choose_form(struct image *image, struct raster *out)
{
	size_t w = (size_t)image->w, h = (size_t)image->h;
	int as_gray = is_gray(image) ? gray_bits(image) : 9, as_index = index_bits(image);
	if (as_gray <= as_index) {
		out->space = RASTER_GRAY;
		out->bits = as_gray;
		unsigned char level[256] = {0};
		for (int i = 0; i < image->npalette; i++)
			level[i] =
			    (unsigned char)(image->palette[3 * i] >> (8 - as_gray));
		for (size_t i = 0; i < w * h; i++)
			image->memory[i] = level[image->memory[i]];
	} else {
		out->space = RASTER_INDEXED;
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
	size_t len = (size_t)image->w * step;
	filter_rows(image->memory, h, len, step);
	struct packed filtered = codec_pack(codec, image->memory, h * (1 + len));
	*predictor = filtered.len < plain.len;
	free(*predictor ? plain.data : filtered.data);
	return *predictor ? filtered : plain;
}

void
pack_image(struct codec *codec, struct image *image, struct raster *out)
{
	image_crop(image);
	*out = (struct raster){.width_px = image->w,
	    .height_px = image->h,
	    .orientation = image->orientation};
	out->space = RASTER_RGB;
	out->bits = 8;
	size_t len = image_reduce(image) ? choose_form(image, out) : 3 * (size_t)image->w;
	len *= (size_t)image->h;
	struct packed best = codec_pack(codec, image->memory, len);
	if (out->bits == 8 && out->space != RASTER_INDEXED &&
	    best.len > len / FILTER_RATIO)
		best = try_filters(codec, image, best, &out->predictor);
	out->data = best.data;
	out->len = best.len;
}

void
pack_copy(struct packed *pixels, const struct image *image, struct raster *out)
{
	*out = (struct raster){
	    .width_px = image->w,
	    .height_px = image->h,
	    .space = image->indexed    ? RASTER_INDEXED
		: image->channels == 3 ? RASTER_RGB
				       : RASTER_GRAY,
	    .bits = image->bits,
	    .predictor = !image->noisy,
	    .jpeg = image->noisy,
	    .ycbcr = image->ycbcr,
	    .orientation = image->orientation,
	    .data = pixels->data,
	    .len = pixels->len,
	};
	if (image->indexed)
		keep_palette(image, out);
	*pixels = (struct packed){0};
}

void
raster_free(struct raster *raster)
{
	free(raster->data);
	free(raster->palette);
	*raster = (struct raster){0};
}
