/* embedded.h - a picture inside an SVG, as the URL that holds it (RFC 2397). */
#ifndef LOGO_EMBEDDED_H
#define LOGO_EMBEDDED_H

#include <stddef.h>

#include "base/arena.h"

struct embedded {
	enum { EMBEDDED_WHOLE, EMBEDDED_OTHER, EMBEDDED_LARGE, EMBEDDED_DAMAGED } is;
	size_t pixels_len; /* bytes that it takes decoded; 0: it is not whole */
};

/* Judges the picture that URL holds.  OTHER: it is not a PNG or JPEG; LARGE: it would
 * take more than ROOM bytes.  Where it names another type than the picture has, librsvg
 * would draw nothing: no type is left in the URL as it stands in TAG, a string. */
struct embedded embedded_judge(struct arena *a, const char *url, size_t room, char *tag);

#endif
