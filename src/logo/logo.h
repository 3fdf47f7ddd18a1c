/* logo.h - the cities' logos: from PNG files to pixels packed for PDF.
 *
 * A logo is decoded, flattened onto white, trimmed, fitted to its box, resampled when it
 * is much finer than it can be printed, and packed, in one go; no raw pixels stay in
 * memory.
 */
#ifndef LOGO_LOGO_H
#define LOGO_LOGO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "diag/diag.h"

enum logo_space { LOGO_GRAY, LOGO_RGB, LOGO_INDEXED };

/* An image XObject to be (ISO 32000-1, 8.9.5): opaque, sRGB, rows from the top. */
struct logo {
	int width_px, height_px;
	enum logo_space space;
	int bits;               /* a component: 1, 2, 4 or 8 */
	unsigned char *palette; /* RGB triples of LOGO_INDEXED, else NULL */
	int npalette;           /* colours in the palette, 1 to 256 */
	bool predictor;         /* data has PNG filters (/Predictor 15) */
	void *data;             /* a zlib stream (/FlateDecode) */
	size_t len;

	/* What is left when empty margins are cut off, in pixels from the top left
	 * corner; the whole image where the margins were cut out already. */
	struct {
		int x, y, w, h;
	} visible;

	/* Size in points at which the visible part is to be shown: fits the box that was
	 * asked for, and looks as large as the other logos (equal area within limits). */
	double w, h;
};

struct logo_request {
	struct text name; /* file name below the folder, and where it was asked for */
};

struct logo_options {
	const char *folder;
	double box_w, box_h; /* points that a logo may take */
	int max_ppi; /* finer than this at its printed size is resampled to 300 ppi (or
			max_ppi if that is lower); 0: never */
	int jobs;    /* threads; 0: as many as there are processors */
};

struct logo_store; /* owns the logos */

struct logos {
	/* A logo a request, in their order; equal ones share an address. */
	const struct logo **list;
	int n;
	struct logo_store *store;
};

/* Loads N logos.  False: at least one cannot be had; each is reported to D at the place
 * of its request.  Pair with logos_close, also after false.  The order of what is
 * reported and all bytes are the same for any number of jobs. */
struct logo_requests {
	const struct logo_request *list;
	int n;
};
bool logos_open(struct logo_requests requests, const struct logo_options *options,
    struct diag *d, struct logos *out);

void logos_close(struct logos *logos);

#endif
