/* drawing.h - one SVG: pictures of it to be looked at, and it printed as a form.
 *
 * The only file of the folder that knows librsvg and cairo.  They are loaded when the
 * first SVG is opened: linked, they would cost every run 6 ms and 10 MB, and who has no
 * SVG does not need them.
 */
#ifndef LOGO_DRAWING_H
#define LOGO_DRAWING_H

#include <stdbool.h>

#include "logo/image.h"
#include "logo/logo.h"
#include "logo/svg.h"

/* Belongs to one thread. */
struct drawing {
	const struct logo_source *file;
	struct buffer svg;
	struct svg_shape first;
	void *handle;         /* librsvg's */
	struct size viewport; /* CSS pixels: what percentages are of */
	struct rect canvas;   /* CSS pixels, from the top left, y down, as all parts */
};

/* Loads the two libraries, unless that was done. */
void drawing_load(void);

/* False: FILE cannot be used, or librsvg is not installed; reported.  Pair with
 * drawing_close, also after false. */
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

/* Makes OUT of PART, for being shown at SIZE (points); what cannot be drawn by paths
 * (filters, some masks) gets PPI pixels to the inch.  False: reported.  Pair with
 * form_free, also after false. */
bool drawing_print(const struct drawing *drawing, struct rect part, struct size size,
    int ppi, struct form *out);

#endif
