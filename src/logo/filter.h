/* filter.h - PNG filters: rows as differences, which pack better (PNG, third edition,
 * clause 9). */
#ifndef LOGO_FILTER_H
#define LOGO_FILTER_H

#include <stddef.h>

/* Rows of bytes, STRIDE apart. */
struct rows {
	const unsigned char *first;
	size_t stride, len; /* of a row */
	size_t n;
	size_t step; /* bytes a pixel */
};

/* Filters ROWS into OUT: rows->n times a filter type and rows->len bytes.  Each row gets
 * the filter with the least sum of absolute differences (12.7). */
void filter_rows(const struct rows *rows, unsigned char *out);

#endif
