/* theme.h - the look of the document: page, margins, sizes of type, colours.
 *
 * Lengths are points.  Vertical distances are multiples of GRID_UNIT, half a line of body
 * text.
 */
#ifndef COMPOSE_THEME_H
#define COMPOSE_THEME_H

#include <stdbool.h>

#include "compose/typeset.h"
#include "diag/diag.h"
#include "model/announcement.h"

#define GRID_UNIT 8.25

/* WCAG 2.1, 1.4.3 */
#define CONTRAST_TEXT 4.5

struct theme {
	double page_w, page_h;
	double margin_x, margin_top, margin_bottom;
	double content_w; /* between the margins */
	double measure;   /* of running text: 60 to 75 characters */
	double column_w;  /* of running text on every page, panels included */
	bool landscape;   /* the band of page 1 stands at its left: */
	double band_w;    /* its width then */
	double strip_h;   /* the coloured strip at the top of the other pages */

	struct color accent, text, paper;
	struct color quiet;   /* small print: contrast with the paper is checked */
	struct color panel;   /* behind a block quote */
	struct color hair;    /* frame of a card */
	struct color bars[2]; /* of the skyline on the band */

	struct text_style kicker, title, lead, body, strong_body,
	    heading[5]; /* levels 2 to 6 */
	struct text_style value, label, grid_heading, intro, caption, footer;
};

/* Derives the theme from the front matter.  False: two colours that meet are too alike
 * (WCAG 2.1, 1.4.3); reported to D. */
bool theme_make(const struct announcement *from, struct diag *d, struct theme *out);

/* The contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance). */
double color_contrast(struct color a, struct color b);

/* SHARE of A, the rest of B. */
struct color color_mix(struct color a, struct color b, double share);

#endif
