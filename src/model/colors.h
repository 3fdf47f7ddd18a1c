/* colors.h - the colours of a brochure: those that its front matter chooses, and those
 * that follow from them.
 */
#ifndef MODEL_COLORS_H
#define MODEL_COLORS_H

#include <stdbool.h>

#include "diag/diag.h"
#include "model/announcement.h"
#include "model/cities.h"

/* WCAG 2.1, 1.4.3 */
#define CONTRAST_TEXT 4.5

struct palette {
	struct color accent, text, paper;
	struct color card;     /* behind a logo, where the list has no other */
	struct color quiet;    /* small print on the paper */
	struct color kicker;   /* small print on the accent colour */
	struct color panel;    /* behind a block quote */
	struct color tones[3]; /* of the ornament on the accent colour, palest last */
};

/* Makes OUT from the front matter.  False: two colours that meet cannot be told apart
 * well enough to be read; reported to D. */
bool palette_make(const struct announcement *from, struct diag *d, struct palette *out);

/* Reads "#rrggbb" or "#rgb". */
bool color_read(const char *s, struct color *out);

/* What a card of one colour is drawn in: the first of the palette's colours, else of
 * black and white, that can be read on it. */
struct card_colors {
	struct color card, hair, caption;
	struct color quiet; /* small print below the caption */
};

struct card_colors card_colors(const struct palette *palette, struct card_choice card);

/* WCAG 2.1, "relative luminance": 0 to 1. */
double color_luminance(struct color c);

/* The contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance). */
double color_contrast(struct color a, struct color b);

#endif
