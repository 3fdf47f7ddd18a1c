#include "logo/resample.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Shares of a sum are counted in 1/32768, and light in 1/65535, so that sums of products
 * stay below 2 to the 31st and no rounding depends on a machine. */
enum { WHOLE = 32768, BLOCK = 16 };

/* Which of N pixels make up each pixel of a smaller row or column: for pixel I those from
 * first[I] on, as many as there are shares from start[I] to start[I + 1]. */
struct axis {
	int *first, *start;
	uint16_t *share;
};

/* How much light levels of sRGB are (IEC 61966-2-1), and back. */
struct light {
	uint16_t of[256];
	unsigned char level[65536];
};

/* How far K of PART are on a scale of WHOLE. */
static int
scaled(int64_t k, int64_t part)
{
	return (int)((k * WHOLE + part / 2) / part);
}

/* Shares of FROM pixels in TO; all those of a pixel add up to WHOLE. */
static struct axis
axis_open(int from, int to)
{
	struct axis axis = {
	    .first = memory_alloc((size_t)to * sizeof *axis.first),
	    .start = memory_alloc(((size_t)to + 1) * sizeof *axis.start),
	    .share = memory_alloc(((size_t)from + (size_t)to) * sizeof *axis.share),
	};
	int n = 0;
	for (int i = 0; i < to; i++) {
		/* in units of 1/TO of an old pixel, a new one is FROM units wide */
		int64_t left = (int64_t)i * from, right = left + from;
		int64_t k = left / to;
		axis.first[i] = (int)k;
		axis.start[i] = n;
		for (int64_t at = left; at < right; k++) {
			int64_t end = (k + 1) * to < right ? (k + 1) * to : right;
			axis.share[n++] = (uint16_t)(scaled(end - left, from) -
			    scaled(at - left, from));
			at = end;
		}
	}
	axis.start[to] = n;
	return axis;
}

static void
axis_close(struct axis *axis)
{
	free(axis->first);
	free(axis->start);
	free(axis->share);
}

static double
light_of(double level)
{
	double v = level / 255;
	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static void
light_init(struct light *light)
{
	int from = 0;
	for (int i = 0; i < 256; i++) {
		int to = i < 255 ? (int)ceil(light_of(i + 0.5) * 65535) : 65536;
		light->of[i] = (uint16_t)lround(light_of(i) * 65535);
		memset(light->level + from, i, (size_t)(to - from));
		from = to;
	}
}

/* What the rows of a new image are made from. */
struct resampler {
	struct light light;
	struct axis x, y;
	const struct image *old, *new;
	int top;        /* the old row that LINE was made from; -1: none */
	uint16_t *line; /* light of an old row, as wide as the new ones */
	uint32_t *sum;
	size_t len; /* of both, a multiple of BLOCK */
};

/* How many bytes from P on are 255, of at most N; in steps of 8. */
static size_t
count_white(const unsigned char *p, size_t n)
{
	uint64_t eight;
	size_t white = 0;
	for (; n - white >= sizeof eight; white += sizeof eight) {
		memcpy(&eight, p + white, sizeof eight);
		if (eight != UINT64_MAX)
			break;
	}
	return white;
}

/* The first old pixel behind those that make up the new pixel I. */
static size_t
axis_end(const struct axis *axis, int i)
{
	return (size_t)(axis->first[i] + axis->start[i + 1] - axis->start[i]);
}

/* The light of pixel I of the new row, from gray levels at P. */
static void
average_gray(struct resampler *r, int i, const unsigned char *p)
{
	uint32_t v = WHOLE / 2;
	for (int k = r->x.start[i]; k < r->x.start[i + 1]; k++)
		v += (uint32_t)r->light.of[*p++] * r->x.share[k];
	r->line[i] = (uint16_t)(v / WHOLE);
}

/* The same from RGB. */
static void
average_rgb(struct resampler *r, int i, const unsigned char *p)
{
	const uint16_t *share = r->x.share + r->x.start[i];
	const uint16_t *end = r->x.share + r->x.start[i + 1], *of = r->light.of;
	uint32_t red = WHOLE / 2, green = WHOLE / 2, blue = WHOLE / 2;
	for (; share < end; share++, p += 3) {
		red += (uint32_t)of[p[0]] * *share;
		green += (uint32_t)of[p[1]] * *share;
		blue += (uint32_t)of[p[2]] * *share;
	}
	uint16_t *to = r->line + 3 * (size_t)i;
	to[0] = (uint16_t)(red / WHOLE);
	to[1] = (uint16_t)(green / WHOLE);
	to[2] = (uint16_t)(blue / WHOLE);
}

/* Makes the line from the old row Y. */
static void
make_line(struct resampler *r, int y)
{
	size_t channels = (size_t)r->old->channels;
	size_t len = (size_t)r->old->window.w * channels;
	const unsigned char *row = image_row(r->old, y);
	for (int i = 0; i < r->new->w; i++) {
		size_t at = (size_t)r->x.first[i] * channels;
		int from = i;
		/* as most of a logo is */
		size_t white =
		    at + (row[at] == 255 ? count_white(row + at, len - at) : 0);
		while (i < r->new->w && axis_end(&r->x, i) * channels <= white)
			i++;
		if (i > from)
			memset(r->line + (size_t)from * channels, 255,
			    (size_t)(i - from) * channels * sizeof *r->line);
		if (i < r->new->w && channels == 3)
			average_rgb(r, i, row + (size_t)r->x.first[i] * channels);
		else if (i < r->new->w)
			average_gray(r, i, row + (size_t)r->x.first[i] * channels);
	}
}

/* Whether the old row Y looks like the one above it. */
static bool
is_repeated(const struct image *old, int y)
{
	size_t len = (size_t)old->window.w * (size_t)old->channels;
	return memcmp(image_row(old, y), image_row(old, y - 1), len) == 0;
}

/* Makes row Y of the new image. */
static void
make_row(struct resampler *r, int y)
{
	int top = r->y.first[y];
	for (size_t i = 0; i < r->len; i++)
		r->sum[i] = WHOLE / 2;
	for (int k = r->y.start[y]; k < r->y.start[y + 1]; k++, top++) {
		/* an old row may belong to two new ones */
		if (top != r->top && (r->top < 0 || !is_repeated(r->old, top)))
			make_line(r, top);
		r->top = top;
		/* in blocks of a fixed size, which become vector instructions */
		for (size_t i = 0; i < r->len; i += BLOCK)
			for (size_t b = 0; b < BLOCK; b++)
				r->sum[i + b] += (uint32_t)r->line[i + b] * r->y.share[k];
	}
	unsigned char *row = image_row(r->new, y);
	size_t n = (size_t)r->new->w *(size_t)r->new->channels;
	for (size_t i = 0; i < n; i++)
		row[i] = r->light.level[r->sum[i] / WHOLE];
}

static struct resampler *
resampler_open(const struct image *old, const struct image *new)
{
	size_t n = (size_t) new->w *(size_t) new->channels;
	struct resampler *r = memory_alloc(sizeof *r);
	light_init(&r->light);
	r->x = axis_open(old->window.w, new->w);
	r->y = axis_open(old->window.h, new->h);
	r->old = old;
	r->new = new;
	r->top = -1;
	r->len = (n + BLOCK - 1) / BLOCK * BLOCK;
	r->line = memory_alloc(r->len * sizeof *r->line);
	r->sum = memory_alloc(r->len * sizeof *r->sum);
	memset(r->line, 0, r->len * sizeof *r->line);
	return r;
}

static void
resampler_close(struct resampler *r)
{
	axis_close(&r->x);
	axis_close(&r->y);
	free(r->line);
	free(r->sum);
	free(r);
}

void
image_resample(struct image *image, int w, int h)
{
	struct image new;
	if (image->indexed)
		image_expand(image);
	image_init(&new, w, h, image->channels);
	struct resampler *r = resampler_open(image, &new);
	for (int y = 0; y < h; y++)
		make_row(r, y);
	resampler_close(r);
	image_free(image);
	*image = new;
}
