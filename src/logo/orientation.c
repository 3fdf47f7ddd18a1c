#include "logo/orientation.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { HEADER_LEN = 8, ENTRY_LEN = 12, TAG = 274, TYPE_SHORT = 3 };

struct tiff {
	const unsigned char *bytes;
	size_t len;
	bool little; /* the low byte of a number comes first */
};

/* The number of SIZE bytes at OFFSET, which lies within. */
static size_t
number(const struct tiff *tiff, size_t offset, size_t size)
{
	size_t n = 0;
	for (size_t i = 0; i < size; i++)
		n = n << 8 | tiff->bytes[offset + (tiff->little ? size - 1 - i : i)];
	return n;
}

enum orientation
orientation_read(const unsigned char *exif, size_t len)
{
	struct tiff tiff = {.bytes = exif, .len = len};
	if (len < HEADER_LEN)
		return ORIENTATION_NORMAL;
	tiff.little = memcmp(exif, "II*\0", 4) == 0;
	size_t at = number(&tiff, 4, 4);
	if ((!tiff.little && memcmp(exif, "MM\0*", 4) != 0) || at > len || len - at < 2)
		return ORIENTATION_NORMAL;
	size_t n = number(&tiff, at, 2);
	for (at += 2; n > 0 && len - at >= ENTRY_LEN; n--, at += ENTRY_LEN) {
		size_t value = number(&tiff, at + 8, 2);
		if (number(&tiff, at, 2) == TAG &&
		    number(&tiff, at + 2, 2) == TYPE_SHORT && value >= 1 &&
		    value <= ORIENTATION_LAST + 1)
			return (enum orientation)(value - 1);
	}
	return ORIENTATION_NORMAL;
}

const double *
orientation_matrix(enum orientation orientation)
{
	static const double matrices[ORIENTATION_LAST + 1][6] = {
	    {1, 0, 0, 1, 0, 0},
	    {-1, 0, 0, 1, 1, 0},
	    {-1, 0, 0, -1, 1, 1},
	    {1, 0, 0, -1, 0, 1},
	    {0, -1, -1, 0, 1, 1},
	    {0, -1, 1, 0, 0, 1},
	    {0, 1, 1, 0, 0, 0},
	    {0, 1, -1, 0, 1, 0},
	};
	return matrices[orientation];
}

struct rect
orientation_turn(enum orientation orientation, struct rect part)
{
	const double *m = orientation_matrix(orientation);
	double x = m[0] * part.x + m[2] * part.y + m[4];
	double y = m[1] * part.x + m[3] * part.y + m[5];
	double w = m[0] * part.w + m[2] * part.h, h = m[1] * part.w + m[3] * part.h;
	return (struct rect){fmin(x, x + w), fmin(y, y + h), fabs(w), fabs(h)};
}
