/* flatten.h - rows of a PNG turned into opaque 8-bit rows: colours into sRGB, then
 * transparency onto white.
 *
 * Blending is done with encoded sRGB values, as viewers do.  A result is the exact value
 * rounded, also from 16 bits.
 */
#ifndef LOGO_FLATTEN_H
#define LOGO_FLATTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "logo/color.h"

/* How rows look: gray levels or RGB, perhaps with alpha behind (PNG, third edition,
 * 11.2.1).  Samples of up to 8 bits take a byte each, larger ones two, high byte first.
 */
struct flattener {
	int channels; /* 1: gray, 3: RGB; alpha not counted */
	int depth;    /* bits a sample: 1, 2, 4, 8 or 16 */
	bool has_alpha;
	bool has_key; /* pixels of the colour KEY are transparent (tRNS) */
	uint16_t key[3];
	struct color_conversion *conversion; /* borrowed; NULL: the pixels are sRGB */
	uint16_t *wide, *alpha; /* scratch of a row, set up by flattener_open */
	bool seen_transparency; /* a pixel was not quite opaque */
};

/* Makes F, whose fields describe the rows, ready for rows of up to W pixels.  Pair with
 * flattener_close. */
void flattener_open(struct flattener *f, size_t w);
void flattener_close(struct flattener *f);

/* Flattens the N pixels at ROW into OUT: f->channels bytes each. */
void
flatten_row(struct flattener *f, const unsigned char *row, size_t n, unsigned char *out);

#endif
