#include "logo/ink.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* of city logos, about; the larger the power, the more alike all look */
static const double USUAL = 0.22, POWER = 0.125;
static const double SMALLEST = 0.85, LARGEST = 1.2;

/* so many rows are enough to judge by */
enum { ROWS = 256 };

enum { BLOCK = 96 };

/* How far the pixel value at P is from CARD: 3 x 255 at most. */
static int
distance(const unsigned char *p, struct color card)
{
	return abs(p[0] - card.r) + abs(p[1] - card.g) + abs(p[2] - card.b);
}

/* How far N pixels of RGB at P are from CARD, in blocks of a fixed size, which compilers
 * turn into vector instructions. */
static int64_t
distance_rgb(const unsigned char *p, int n, struct color card)
{
	unsigned char to[BLOCK];
	int64_t sum = 0;
	for (int k = 0; k < BLOCK; k++)
		to[k] = k % 3 == 0 ? card.r : k % 3 == 1 ? card.g : card.b;
	for (; n >= BLOCK / 3; n -= BLOCK / 3, p += BLOCK) {
		int block = 0;
		for (int k = 0; k < BLOCK; k++)
			block += abs(p[k] - to[k]);
		sum += block;
	}
	for (; n > 0; n--, p += 3)
		sum += distance(p, card);
	return sum;
}

/* How far N pixels of a byte at P are from the card, each as OF says; eight at a time
 * where they are alike, as most are. */
static int64_t
distance_bytes(const unsigned char *p, int n, const int of[256])
{
	int64_t sum = 0;
	int i = 0;
	while (n - i >= 8) {
		uint64_t eight;
		memcpy(&eight, p + i, 8);
		if (eight == p[i] * UINT64_C(0x0101010101010101))
			sum += 8 * of[p[i]];
		else
			for (int k = 0; k < 8; k++)
				sum += of[p[i + k]];
		i += 8;
	}
	for (; i < n; i++)
		sum += of[p[i]];
	return sum;
}

double
ink_density(const struct image *image, struct color card)
{
	int of[256], n = 0, w = image->window.w;
	int64_t sum = 0;
	for (int i = 0; i < 256; i++)
		of[i] = distance(&image->palette[3 * i], card);
	int step = (image->window.h + ROWS - 1) / ROWS;
	for (int y = 0; y < image->window.h; y += step, n++) {
		const unsigned char *row = image_row(image, y);
		sum += image->channels == 3 ? distance_rgb(row, w, card)
					    : distance_bytes(row, w, of);
	}
	return (double)sum / (3.0 * 255 * n * w);
}

double
ink_scale(double density)
{
	return fmin(fmax(pow(USUAL / fmax(density, 1e-6), POWER), SMALLEST), LARGEST);
}
