/* svg.h - whether an SVG file is a drawing and nothing else (SVG 2; SVG 1.1, second
 * edition), judged before anything draws it.
 *
 * The only file of the folder that knows expat.
 */
#ifndef LOGO_SVG_H
#define LOGO_SVG_H

#include <stdbool.h>

#include "base/buffer.h"
#include "logo/source.h"

/* The first shape that an SVG draws: its name, empty if that is none of a ground, and how
 * many bytes precede it in the start tag and the end tag; 0: it has none. */
struct svg_shape {
	char name[8];
	size_t start, end;
};

/* Appends to OUT what is to be drawn of FILE: its bytes, links being plain groups. False:
 * FILE is not well-formed XML or not an SVG; holds text, a script, an animation, an
 * entity, something else than SVG, or a reference to what is not in it; or is made to
 * take long; reported, each kind once, with the first element of it and its line. */
bool
svg_judge(const struct logo_source *file, struct buffer *out, struct svg_shape *first);

/* Makes SHAPE, of SVG, draw nothing, or unless HIDDEN as before. */
void svg_hide(struct buffer *svg, const struct svg_shape *shape, bool hidden);

#endif
