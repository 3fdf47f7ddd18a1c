/* sniff.h - what a logo's file is, by its first bytes. */
#ifndef LOGO_SNIFF_H
#define LOGO_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"
#include "diag/diag.h"

/* A file's bytes, the card that it is shown on, and where to report what is wrong. */
struct logo_source {
	const unsigned char *bytes;
	size_t len;
	bool checked; /* its check sums are known to be right */
	struct color card;
	const char *path; /* as messages show it */
	struct place at;
	struct diag *d;
};

enum logo_format { FORMAT_OTHER, FORMAT_PNG };

/* What FILE begins as (PNG, third edition, 5.2 and 11.2.1).  FORMAT_OTHER: it cannot be
 * taken, also for its size; reported. */
enum logo_format sniff(const struct logo_source *file);

/* Bytes that the pixels of FILE take once they are decoded, by its header; 0: none. */
size_t sniff_pixels_len(const struct logo_source *file);

#endif
