/* embedded.h - a picture inside an SVG, as the URL that holds it (RFC 2397). */
#ifndef LOGO_EMBEDDED_H
#define LOGO_EMBEDDED_H

#include <stddef.h>

#include "base/arena.h"

struct embedded {
	enum { EMBEDDED_WHOLE, EMBEDDED_OTHER, EMBEDDED_LARGE, EMBEDDED_DAMAGED } is;
	size_t pixels_len; /* bytes that it takes decoded; 0: it is not whole */

	/* The URL up to the picture's bytes, where librsvg draws nothing, since another
	 * type is named there than the picture has; else NULL. */
	const char *false_start;
};

/* Judges the picture that URL holds.  OTHER: it is not a PNG or JPEG; LARGE: it would
 * take more than ROOM bytes. */
struct embedded embedded_judge(struct arena *a, const char *url, size_t room);

#endif
