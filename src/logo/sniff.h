/* sniff.h - what a file is that calls itself a PNG, by its first bytes. */
#ifndef LOGO_SNIFF_H
#define LOGO_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

/* A file's bytes, and where to report what is wrong with them. */
struct png_file {
	const unsigned char *bytes;
	size_t len;
	bool checked;     /* its check sums are known to be right */
	const char *path; /* as messages show it */
	struct place at;
	struct diag *d;
};

/* Whether FILE begins as a PNG of a size that can be taken (PNG, third edition, 5.2 and
 * 11.2.1).  False: it is something else, or its size is out of the limits; reported. */
bool sniff_png(const struct png_file *file);

/* Bytes that the pixels of FILE take once they are decoded, by its header; 0: none. */
size_t sniff_pixels_len(const struct png_file *file);

#endif
