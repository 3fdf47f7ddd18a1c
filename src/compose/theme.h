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

/* The scale of sizes: points, in a font with the x-height of Source Sans 3.  In another
 * one all are scaled alike, so that its small letters are as tall. */
enum size_step {
	SIZE_ADDRESS,       /* 9 or more: where the link of a card leads */
	SIZE_TEXT,          /* 11.5: also labels, captions, footers */
	SIZE_SMALL_HEADING, /* 14 */
	SIZE_LEAD,          /* 17: also headings of the text */
	SIZE_TITLE_SMALL,   /* 20: only where the title leaves no choice */
	SIZE_HEADING,       /* 23: above the logos */
	SIZE_FIGURE,        /* 28: key figures, titles of three lines */
	SIZE_TITLE,         /* 34 */
	SIZE_COUNT
};

struct theme {
	double sizes[SIZE_COUNT];
	double page_w, page_h;
	double margin_x, margin_top, margin_bottom;
	double content_w;    /* between the margins */
	double measure;      /* of running text: some 70 characters a line, or less */
	double measure_wide; /* 75 */
	double column_w;     /* of running text on every page, panels included */
	bool landscape;      /* the band of page 1 stands at its left: */
	double band_w;       /* its width then */
	double strip_h;      /* the coloured strip at the top of the other pages, and
				the side of its tiles, an even number of them a page */

	struct palette colors;
	struct text_style kicker, title, lead, body;
	struct text_style heading[5]; /* levels 2 to 6 */
	struct text_style value, label, grid_heading, intro, footer, colophon;
	struct text_style caption, address; /* of a plain card */
};

/* Makes OUT for FROM, which SETTER sets. */
void
theme_make(const struct brochure *from, const struct setter *setter, struct theme *out);

#endif
