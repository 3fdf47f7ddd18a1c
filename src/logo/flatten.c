#include "logo/flatten.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void
flattener_open(struct flattener *f, size_t w)
{
	f->wide = memory_alloc(w * (size_t)f->channels * sizeof *f->wide);
	f->alpha = memory_alloc(w * sizeof *f->alpha);
}

void
flattener_close(struct flattener *f)
{
	free(f->wide);
	free(f->alpha);
	f->wide = f->alpha = NULL;
}

/* A value of 8 bits over white. */
static unsigned char
over_white(unsigned value, unsigned alpha)
{
	return (unsigned char)((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

/* How many of the N pixels of RGBA at ROW are wholly transparent, up to the first that is
 * not; counted by fours. */
static size_t
count_clear(const unsigned char *row, size_t n)
{
	static const unsigned char alphas[8] = {0, 0, 0, 255, 0, 0, 0, 255};
	uint64_t mask, two[2];
	size_t i = 0;
	memcpy(&mask, alphas, sizeof mask);
	for (; n - i >= 4; i += 4) {
		memcpy(two, row + 4 * i, sizeof two);
		if (((two[0] | two[1]) & mask) != 0)
			break;
	}
	return i;
}

/* RGBA of 8 bits, which most logos are. */
static void
flatten_rgba(struct flattener *f, const unsigned char *row, size_t n, unsigned char *out)
{
	for (size_t i = 0; i < n; i++) {
		const unsigned char *p = row + 4 * i;
		unsigned alpha = p[3];
		f->seen_transparency |= alpha != 255;
		if (alpha == 255) {
			memcpy(out + 3 * i, p, 3);
		} else if (alpha == 0) {
			size_t clear = count_clear(p, n - i);
			clear = clear > 0 ? clear : 1;
			memset(out + 3 * i, 255, 3 * clear);
			i += clear - 1;
		} else {
			for (size_t c = 0; c < 3; c++)
				out[3 * i + c] = over_white(p[c], alpha);
		}
	}
}

/* The sample I of ROW as it stands in the file. */
static unsigned
sample(const struct flattener *f, const unsigned char *row, size_t i)
{
	return f->depth == 16 ? (unsigned)row[2 * i] << 8 | row[2 * i + 1] : row[i];
}

/* Spreads ROW over f->wide and f->alpha, 16 bits each. */
static void
widen(struct flattener *f, const unsigned char *row, size_t n)
{
	unsigned scale = 65535 / ((1U << f->depth) - 1);
	size_t channels = (size_t)f->channels, stride = channels + f->has_alpha;
	for (size_t i = 0; i < n; i++) {
		unsigned matches = 0;
		for (size_t c = 0; c < channels; c++) {
			unsigned v = sample(f, row, i * stride + c);
			matches += v == f->key[c];
			f->wide[i * channels + c] = (uint16_t)(v * scale);
		}
		f->alpha[i] = f->has_key && matches == channels ? 0 : 65535;
		if (f->has_alpha)
			f->alpha[i] =
			    (uint16_t)(sample(f, row, i * stride + channels) * scale);
	}
}

/* A value of 16 bits over white, as 8 bits. */
static unsigned char
narrow_over_white(uint64_t value, uint64_t alpha)
{
	const uint64_t unit = 65535 * 257;
	if (alpha == 65535)
		return (unsigned char)(((uint32_t)value + 128) / 257);
	if (alpha == 0)
		return 255;
	uint64_t sum = value * alpha + 65535 * (65535 - alpha);
	return (unsigned char)((sum + unit / 2) / unit);
}

static void
flatten_wide(struct flattener *f, const unsigned char *row, size_t n, unsigned char *out)
{
	size_t channels = (size_t)f->channels;
	widen(f, row, n);
	if (f->conversion != NULL)
		color_convert(f->conversion, f->wide, n);
	for (size_t i = 0; i < n; i++) {
		f->seen_transparency |= f->alpha[i] != 65535;
		for (size_t c = 0; c < channels; c++)
			out[i * channels + c] =
			    narrow_over_white(f->wide[i * channels + c], f->alpha[i]);
	}
}

void
flatten_row(struct flattener *f, const unsigned char *row, size_t n, unsigned char *out)
{
	bool plain = f->conversion == NULL && !f->has_key && f->depth == 8;
	if (plain && !f->has_alpha)
		memcpy(out, row, n * (size_t)f->channels);
	else if (plain && f->channels == 3)
		flatten_rgba(f, row, n, out);
	else
		flatten_wide(f, row, n, out);
}
