#include "logo/filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum filter { FILTER_NONE, FILTER_SUB, FILTER_UP, FILTER_AVERAGE, FILTER_PAETH };

/* The bytes from which a row is predicted, padded to the left by zeros. */
struct row_pair {
	const unsigned char *row, *above;
	size_t len, step;
};

static int
paeth(int left, int above, int corner)
{
	int to_left = abs(above - corner), to_above = abs(left - corner),
	    to_corner = abs(left + above - 2 * corner);
	if (to_left <= to_above && to_left <= to_corner)
		return left;
	return to_above <= to_corner ? above : corner;
}

static void
filter_sub(const struct row_pair *p, unsigned char *out)
{
	memcpy(out, p->row, p->step);
	for (size_t i = p->step; i < p->len; i++)
		out[i] = (unsigned char)(p->row[i] - p->row[i - p->step]);
}

static void
filter_up(const struct row_pair *p, unsigned char *out)
{
	for (size_t i = 0; i < p->len; i++)
		out[i] = (unsigned char)(p->row[i] - p->above[i]);
}

static void
filter_paeth(const struct row_pair *p, unsigned char *out)
{
	for (size_t i = 0; i < p->step; i++)
		out[i] = (unsigned char)(p->row[i] - p->above[i]);
	for (size_t i = p->step; i < p->len; i++)
		out[i] = (unsigned char)(p->row[i] -
		    paeth(p->row[i - p->step], p->above[i], p->above[i - p->step]));
}

/* The sum of the differences as signed numbers, without their signs. */
static size_t
cost(const unsigned char *row, size_t len)
{
	size_t sum = 0;
	for (size_t i = 0; i < len; i++)
		sum += row[i] < 128 ? row[i] : 256U - row[i];
	return sum;
}

/* Filters a row into BEST, behind its filter type; TRIAL has room for it too. */
static void
filter_row(const struct row_pair *p, unsigned char *best, unsigned char *trial)
{
	static void (*const filters[])(const struct row_pair *, unsigned char *) = {
	    [FILTER_SUB] = filter_sub,
	    [FILTER_UP] = filter_up,
	    [FILTER_PAETH] = filter_paeth,
	};
	best[0] = FILTER_NONE;
	memcpy(best + 1, p->row, p->len);
	size_t least = cost(p->row, p->len);
	for (size_t i = FILTER_SUB; i <= FILTER_PAETH; i++) {
		if (filters[i] == NULL)
			continue;
		filters[i](p, trial);
		size_t sum = cost(trial, p->len);
		if (sum >= least)
			continue;
		least = sum;
		best[0] = (unsigned char)i;
		memcpy(best + 1, trial, p->len);
	}
}

void
filter_rows(unsigned char *bytes, struct rows rows)
{
	unsigned char *best = memory_alloc(3 * rows.len + 1);
	unsigned char *trial = best + rows.len + 1;
	unsigned char *zeros = memset(trial + rows.len, 0, rows.len);
	struct row_pair pair = {.len = rows.len, .step = rows.step};
	/* from the last row, which has nothing behind it to be written over */
	for (size_t y = rows.n; y-- > 0;) {
		pair.row = bytes + y * rows.len;
		pair.above = y > 0 ? pair.row - rows.len : zeros;
		filter_row(&pair, best, trial);
		memcpy(bytes + y * (1 + rows.len), best, 1 + rows.len);
	}
	free(best);
}
