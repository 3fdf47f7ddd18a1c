/* theme.h - the look of the document: page, margins, sizes of type.
 *
 * Lengths are points.  Vertical distances are multiples of GRID_UNIT, half a line of body
 * text.
 */
#ifndef COMPOSE_THEME_H
#define COMPOSE_THEME_H

#include <stdbool.h>

#include "compose/typeset.h"
#include "model/brochure.h"

#define GRID_UNIT 8.25

struct theme {
	double page_w, page_h;
	double margin_x, margin_top, margin_bottom;
	double content_w; /* between the margins */
	double measure;   /* of running text: 60 to 75 characters */
	double column_w;  /* of running text on every page, panels included */
	bool landscape;   /* the band of page 1 stands at its left: */
	double band_w;    /* its width then */
	double strip_h;   /* the coloured strip at the top of the other pages */

	struct palette colors;
	struct text_style kicker, title, lead, body;
	struct text_style heading[5]; /* levels 2 to 6 */
	struct text_style value, label, grid_heading, intro, caption, footer;
};

void theme_make(const struct brochure *from, struct theme *out);

#endif
