/* filter.h - PNG filters: rows as differences, which pack better (PNG, third edition,
 * clause 9). */
#ifndef LOGO_FILTER_H
#define LOGO_FILTER_H

#include <stddef.h>

/* Rows of bytes, one right behind the other. */
struct rows {
	size_t len; /* of a row */
	size_t n;
	size_t step; /* bytes a pixel */
};

/* Filters the rows at BYTES in place, from rows.n * rows.len bytes to rows.n more of
 * them: each gets its filter type in front.  Each row gets the filter with the least sum
 * of absolute differences (12.7). */
void filter_rows(unsigned char *bytes, struct rows rows);

#endif
