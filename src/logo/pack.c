#include "logo/pack.h"

#include <libdeflate.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "logo/filter.h"
#include "logo/reduce.h"

enum { LEVEL = 6 };

struct packer {
	struct libdeflate_compressor *compressor;
	struct buffer plain, filtered; /* one logo's rows */
};

/* A zlib stream. */
struct packed {
	void *data;
	size_t len;
};

struct packer *
packer_open(void)
{
	struct packer *packer = memory_alloc(sizeof *packer);
	*packer = (struct packer){.compressor = libdeflate_alloc_compressor(LEVEL)};
	if (packer->compressor == NULL)
		memory_exhausted();
	return packer;
}

void
packer_close(struct packer *packer)
{
	libdeflate_free_compressor(packer->compressor);
	buffer_free(&packer->plain);
	buffer_free(&packer->filtered);
	free(packer);
}

static struct packed
compress(struct packer *packer, const struct buffer *bytes)
{
	size_t bound = libdeflate_zlib_compress_bound(packer->compressor, bytes->len);
	struct packed packed = {.data = memory_alloc(bound)};
	packed.len = libdeflate_zlib_compress(
	    packer->compressor, bytes->data, bytes->len, packed.data, bound);
	packed.data = memory_resize(packed.data, packed.len);
	return packed;
}

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
pack_reduced(struct packer *packer, struct reduced *r, struct logo *out)
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
	packer->plain.len = 0;
	for (size_t y = 0; y < h; y++) {
		char *row = buffer_reserve(&packer->plain, len);
		pack_row(r->index + y * w, w, out->bits, (unsigned char *)row);
		packer->plain.len += len;
	}
}

static void
copy_rows(struct packer *packer, const struct image *image)
{
	size_t len = (size_t)image->window.w * (size_t)image->channels;
	packer->plain.len = 0;
	for (int y = 0; y < image->window.h; y++)
		buffer_append(&packer->plain, image_row(image, y), len);
}

/* Filters the plain rows of OUT, which are of 8 bits. */
static void
filter_plain(struct packer *packer, const struct logo *out)
{
	size_t step = out->space == LOGO_RGB ? 3 : 1, h = (size_t)out->height_px;
	struct rows rows = {.first = (unsigned char *)packer->plain.data,
	    .stride = (size_t)out->width_px * step,
	    .len = (size_t)out->width_px * step,
	    .n = h,
	    .step = step};
	packer->filtered.len = 0;
	filter_rows(&rows,
	    (unsigned char *)buffer_reserve(&packer->filtered, h * (1 + rows.len)));
	packer->filtered.len = h * (1 + rows.len);
}

void
pack_image(struct packer *packer, const struct image *image, struct logo *out)
{
	struct reduced reduced;
	out->width_px = image->window.w;
	out->height_px = image->window.h;
	out->visible.w = out->width_px;
	out->visible.h = out->height_px;
	if (image_reduce(image, &reduced)) {
		pack_reduced(packer, &reduced, out);
	} else {
		out->space = LOGO_RGB;
		out->bits = 8;
		copy_rows(packer, image);
	}
	reduced_free(&reduced);
	struct packed best = compress(packer, &packer->plain);
	if (out->bits == 8 && out->space != LOGO_INDEXED) {
		filter_plain(packer, out);
		struct packed filtered = compress(packer, &packer->filtered);
		out->predictor = filtered.len < best.len;
		free(out->predictor ? best.data : filtered.data);
		best = out->predictor ? filtered : best;
	}
	out->data = best.data;
	out->len = best.len;
}

static size_t
big_endian(const unsigned char *p)
{
	return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

/* The first IDAT chunks in a row, which hold all pixels of a whole file. */
static struct packed
collect_idat(const struct png_file *file)
{
	struct buffer idat = {0};
	size_t offset = 8;
	while (offset + 12 <= file->len) {
		const unsigned char *chunk = file->bytes + offset;
		size_t len = big_endian(chunk);
		if (len > file->len - offset - 12)
			break;
		if (memcmp(chunk + 4, "IDAT", 4) == 0)
			buffer_append(&idat, chunk + 8, len);
		else if (idat.len > 0)
			break;
		offset += 12 + len;
	}
	return (struct packed){memory_resize(idat.data, idat.len), idat.len};
}

void
pack_copy(const struct png_file *file, const struct image *image, struct logo *out)
{
	struct packed idat = collect_idat(file);
	out->width_px = image->w;
	out->height_px = image->h;
	out->space = image->indexed ? LOGO_INDEXED
	    : image->channels == 3  ? LOGO_RGB
				    : LOGO_GRAY;
	out->bits = image->bits;
	memcpy(out->palette, image->palette, sizeof out->palette);
	out->npalette = image->npalette;
	out->predictor = true;
	out->data = idat.data;
	out->len = idat.len;
	out->visible.x = image->window.x;
	out->visible.y = image->window.y;
	out->visible.w = image->window.w;
	out->visible.h = image->window.h;
}
