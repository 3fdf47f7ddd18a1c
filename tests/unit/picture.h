/* picture.h - PNG files made for tests, and what they have to look like. */
#ifndef TESTS_PICTURE_H
#define TESTS_PICTURE_H

#include <png.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "logo/sniff.h"

enum { PICTURE_SAMPLES = 4096 };

/* A picture as it stands in a PNG file.  Where no samples are given, they are made up. */
struct picture {
	int w, h, depth, type; /* type: PNG_COLOR_TYPE_... */
	bool interlaced, has_key;
	size_t idat_len; /* at most so many bytes an IDAT chunk; 0: all in one */
	int npalette;    /* colours that the file lists */
	int nalpha;      /* of them have an alpha value */
	uint16_t key[3]; /* tRNS of gray levels or RGB */
	png_color palette[256];
	png_byte alpha[256];
	uint16_t samples[PICTURE_SAMPLES];   /* as many a pixel as the type says */
	void (*tag)(png_structp, png_infop); /* adds chunks; or NULL */
};

static inline int
picture_channels(const struct picture *p)
{
	static const int channels[7] = {1, 0, 3, 1, 2, 0, 4};
	return channels[p->type];
}

/* Fills P with values that a generator makes up, all of them in range. */
static inline void
picture_fill(struct picture *p)
{
	uint32_t state = (uint32_t)(p->type * 64 + p->depth) + 1;
	bool indexed = p->type == PNG_COLOR_TYPE_PALETTE;
	int max = (1 << p->depth) - 1, n = p->w * p->h * picture_channels(p);
	if (indexed)
		p->npalette = p->npalette > 0 ? p->npalette : max + 1;
	for (int i = 0; i < n; i++) {
		state = state * 1664525 + 1013904223;
		int v = (int)(state >> 16) % (max + 1);
		/* often the ends of the range, so that all and nothing is covered too */
		v = state % 5 == 0 ? max : state % 5 == 1 ? 0 : v;
		p->samples[i] = (uint16_t)(indexed ? v % p->npalette : v);
	}
	for (int i = 0; i < p->npalette; i++) {
		p->palette[i] = (png_color){
		    (png_byte)(i * 37), (png_byte)(255 - i * 11), (png_byte)(i * 101)};
		p->alpha[i] = (png_byte)(i * 53);
	}
}

/* The colour that pictures are shown on. */
static struct color picture_card = {255, 255, 255};

/* The colour of pixel I over that of the card, in exact sRGB levels from 0 to 255. */
static inline void
picture_expected(const struct picture *p, int i, double rgb[3])
{
	int channels = picture_channels(p);
	const uint16_t *s = &p->samples[i * channels];
	const unsigned char card[] = {picture_card.r, picture_card.g, picture_card.b};
	double max = (1 << p->depth) - 1, alpha = 1;
	bool color = (p->type & PNG_COLOR_MASK_COLOR) != 0, keyed = p->has_key;
	for (int c = 0; c < 3; c++) {
		uint16_t v = s[color && channels >= 3 ? c : 0];
		rgb[c] = v / max;
		keyed = keyed && v == p->key[color ? c : 0];
	}
	if (p->type == PNG_COLOR_TYPE_PALETTE) {
		rgb[0] = p->palette[s[0]].red / 255.0;
		rgb[1] = p->palette[s[0]].green / 255.0;
		rgb[2] = p->palette[s[0]].blue / 255.0;
		alpha = s[0] < p->nalpha ? p->alpha[s[0]] / 255.0 : 1;
	} else if (p->type & PNG_COLOR_MASK_ALPHA) {
		alpha = s[channels - 1] / max;
	} else if (keyed) {
		alpha = 0;
	}
	for (int c = 0; c < 3; c++)
		rgb[c] = 255 * alpha * rgb[c] + (1 - alpha) * card[c];
}

static inline void
picture_write(png_structp png, png_bytep data, size_t len)
{
	buffer_append(png_get_io_ptr(png), data, len);
}

static inline void
picture_write_rows(png_structp png, const struct picture *p)
{
	png_byte row[2 * PICTURE_SAMPLES];
	int channels = picture_channels(p), passes = png_set_interlace_handling(png);
	for (int pass = 0; pass < passes; pass++) {
		for (int y = 0; y < p->h; y++) {
			const uint16_t *s = &p->samples[y * p->w * channels];
			for (int i = 0; i < p->w * channels; i++) {
				if (p->depth < 16) {
					row[i] = (png_byte)s[i];
				} else {
					row[2 * i] = (png_byte)(s[i] >> 8);
					row[2 * i + 1] = (png_byte)s[i];
				}
			}
			png_write_row(png, row);
		}
	}
}

/* Appends P as a PNG file to OUT.  libpng ends the program when P is not possible. */
static inline void
picture_encode(const struct picture *p, struct buffer *out)
{
	png_structp png =
	    png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_color_16 key = {0, p->key[0], p->key[1], p->key[2], p->key[0]};
	png_set_write_fn(png, out, picture_write, NULL);
	png_set_check_for_invalid_index(png, -1); /* files to be refused have such */
	png_set_IHDR(png, info, (png_uint_32)p->w, (png_uint_32)p->h, p->depth, p->type,
	    p->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
	    PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
	if (p->npalette > 0)
		png_set_PLTE(png, info, p->palette, p->npalette);
	if (p->has_key || p->nalpha > 0)
		png_set_tRNS(png, info, p->alpha, p->nalpha, &key);
	if (p->tag != NULL)
		p->tag(png, info);
	if (p->idat_len > 0)
		png_set_compression_buffer_size(png, p->idat_len);
	png_set_filter(png, 0, PNG_ALL_FILTERS);
	png_write_info(png, info);
	png_set_packing(png);
	picture_write_rows(png, p);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
}

/* BYTES as a file to be decoded, whose faults go to D. */
static inline struct logo_source
picture_file(const struct buffer *bytes, struct diag *d)
{
	return (struct logo_source){.bytes = (const unsigned char *)bytes->data,
	    .len = bytes->len,
	    .card = picture_card,
	    .path = "logos/gent.png",
	    .at = {"data/cities.csv", 7, 9},
	    .d = d};
}

#endif
