/* drawing.h - one SVG: pictures of it to be looked at, and it printed as a form. */
#ifndef LOGO_DRAWING_H
#define LOGO_DRAWING_H

#include <stdbool.h>

#include "logo/image.h"
#include "logo/logo.h"
#include "logo/svg.h"
#include "logo/vector.h"

struct drawing {
	struct buffer svg;
	struct svg_shape first;
	struct vector vector;
	struct rect canvas; /* CSS pixels, y down, as all parts */
};

/* False: FILE cannot be used; reported.  Pair with drawing_close, also after false. */
bool drawing_open(const struct logo_source *file, struct drawing *out);
void drawing_close(struct drawing *drawing);

/* Paints PART on its card and, unless it is opaque, on a contrary one; either image may
 * be freed first or after.  False: reported. */
bool drawing_paint(const struct drawing *drawing, struct rect part, struct image *image,
    struct image *contrary);

/* Leaves out the ground that DRAWING stands on, where it is as good as the card's colour
 * and the first shape, and all else looks the same without it.  IMAGE, a picture of PART,
 * and CONTRARY become those without it.  False: reported. */
bool drawing_drop_ground(struct drawing *drawing, struct rect part, struct image *image,
    struct image *contrary);

/* Whether a picture of PART, found in one of the canvas, would be much finer than that;
 * PART grows by its uncertainty. */
bool drawing_widen(const struct drawing *drawing, struct rect *part);

/* Makes OUT of PART, for being shown at SIZE (points); what has to become pixels gets PPI
 * of them to the inch.  False: reported.  Pair with form_free, also after false. */
bool drawing_print(const struct drawing *drawing, struct rect part, struct size size,
    int ppi, struct form *out);

#endif
