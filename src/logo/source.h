/* source.h - a logo's file in memory, as its decoders take it.
 */
#ifndef LOGO_SOURCE_H
#define LOGO_SOURCE_H

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
	bool on_paper;    /* there is no card, but the paper */
	const char *path; /* as messages show it */
	struct place at;
	struct diag *d;
};

/* Tells that FILE ends before its picture does. */
void source_cut_off(const struct logo_source *file);

#endif
