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

/* Writes the filter type and the filtered row to OUT; TRIAL has room for one too. */
static void
filter_row(const struct row_pair *p, unsigned char *out, unsigned char *trial)
{
	static void (*const filters[])(const struct row_pair *, unsigned char *) = {
	    [FILTER_SUB] = filter_sub,
	    [FILTER_UP] = filter_up,
	    [FILTER_PAETH] = filter_paeth,
	};
	out[0] = FILTER_NONE;
	memcpy(out + 1, p->row, p->len);
	size_t best = cost(p->row, p->len);
	for (size_t i = FILTER_SUB; i <= FILTER_PAETH; i++) {
		if (filters[i] == NULL)
			continue;
		filters[i](p, trial);
		size_t sum = cost(trial, p->len);
		if (sum >= best)
			continue;
		best = sum;
		out[0] = (unsigned char)i;
		memcpy(out + 1, trial, p->len);
	}
}

void
filter_rows(const struct rows *rows, unsigned char *out)
{
	unsigned char *trial = memory_alloc(2 * rows->len);
	unsigned char *zeros = memset(trial + rows->len, 0, rows->len);
	struct row_pair pair = {.above = zeros, .len = rows->len, .step = rows->step};
	for (size_t y = 0; y < rows->n; y++) {
		pair.row = rows->first + y * rows->stride;
		filter_row(&pair, out + y * (1 + rows->len), trial);
		pair.above = pair.row;
	}
	free(trial);
}
