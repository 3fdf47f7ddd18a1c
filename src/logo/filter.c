#include "logo/filter.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

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

static void
filter_sub(const struct filterer *f, unsigned char *restrict out)
{
	const unsigned char *row = f->row, *left = f->row - f->step;
	for (size_t i = 0; i < f->len; i += BLOCK)
		for (size_t k = 0; k < BLOCK; k++)
			out[i + k] = (unsigned char)(row[i + k] - left[i + k]);
}

static void
filter_up(const struct filterer *f, unsigned char *restrict out)
{
	const unsigned char *row = f->row, *above = f->above;
	for (size_t i = 0; i < f->len; i += BLOCK)
		for (size_t k = 0; k < BLOCK; k++)
			out[i + k] = (unsigned char)(row[i + k] - above[i + k]);
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

/* Filters the row with each filter that is worth a try, into BEST.  Returns its type. The
 * average filter was never the best one on logos. */
static enum filter
filter_row(struct filterer *f)
{
	static void (*const filters[])(
	    const struct filterer *, unsigned char *restrict) = {
	    [FILTER_SUB] = filter_sub,
	    [FILTER_UP] = filter_up,
	    [FILTER_PAETH] = filter_paeth,
	};
	enum filter type = FILTER_NONE;
	size_t least = cost(f->row, f->len);
	memcpy(f->best, f->row, f->len);
	for (int i = FILTER_SUB; i <= FILTER_PAETH; i++) {
		if (filters[i] == NULL)
			continue;
		filters[i](f, f->trial);
		memset(f->trial + f->len, 0, BLOCK);
		size_t sum = cost(f->trial, f->len);
		if (sum >= least)
			continue;
		least = sum;
		type = (enum filter)i;
		unsigned char *other = f->best;
		f->best = f->trial;
		f->trial = other;
	}
	return type;
}

static void
filterer_open(struct filterer *f, const struct rows *rows)
{
	size_t room =
	    rows->len + 2 * BLOCK; /* a block before, and the rest of the last */
	f->len = rows->len;
	f->step = rows->step;
	f->memory = memory_alloc(4 * room);
	memset(f->memory, 0, 4 * room);
	f->row = f->memory + BLOCK;
	f->above = f->row + room;
	f->best = f->above + room;
	f->trial = f->best + room;
}

void
filter_rows(unsigned char *bytes, struct rows rows)
{
	struct filterer f;
	filterer_open(&f, &rows);
	if (rows.n > 0)
		memcpy(f.above, bytes + (rows.n - 1) * rows.len, rows.len);
	/* from the last row, which has nothing behind it to be written over */
	for (size_t y = rows.n; y-- > 0;) {
		unsigned char *row = f.above, *to = bytes + y * (1 + rows.len);
		f.above = f.row;
		f.row = row;
		if (y > 0)
			memcpy(f.above, bytes + (y - 1) * rows.len, rows.len);
		else
			memset(f.above, 0, rows.len);
		unsigned char type = (unsigned char)filter_row(&f);
		memcpy(to + 1, f.best, rows.len);
		to[0] = type;
	}
	free(f.memory);
}
