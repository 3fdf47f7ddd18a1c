/* vector.h - an SVG drawn by librsvg, as pixels or as a page of PDF by cairo.
 *
 * The only file of the folder that knows the two.  They are loaded when the first SVG is
 * opened: linked, they would cost every run 6 ms and 10 MB, and who has no SVG does not
 * need them.
 */
#ifndef LOGO_VECTOR_H
#define LOGO_VECTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/geometry.h"
#include "logo/source.h"

/* Belongs to one thread. */
struct vector {
	const struct logo_source *file;
	void *handle;                  /* librsvg's */
	double viewport_w, viewport_h; /* CSS pixels: what percentages are of */
	struct rect canvas;            /* CSS pixels, from the top left, y down */
};

/* Loads the two, unless that was done. */
void vector_load(void);

/* Reads SVG, which svg_judge has passed; it is borrowed.  False: librsvg is not
 * installed, or cannot read it; reported.  Pair with vector_close, also after false. */
bool vector_open(const struct logo_source *file, struct bytes svg, struct vector *out);
void vector_close(struct vector *vector);

/* Draws PART, of the canvas, in W x H pixels: free() releases them.  NULL: reported. */
uint32_t *vector_paint(const struct vector *vector, struct rect part, int w, int h);

/* Draws PART as a page of SIZE (points), a PDF file, appended to OUT.  What cannot be
 * drawn by paths (filters, some masks) gets one pixel a point.  False: reported. */
bool vector_print(
    const struct vector *vector, struct rect part, struct size size, struct buffer *out);

#endif
