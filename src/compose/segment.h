/* segment.h - a text cut where its lines may end, and shaped.
 *
 * The break opportunities are those of UAX #14 (libunibreak), with our own opinion of
 * which are good ones.
 */
#ifndef COMPOSE_SEGMENT_H
#define COMPOSE_SEGMENT_H

#include "compose/linebreak.h"
#include "compose/typeset.h"

/* An atom of the paragraph and its glyphs. */
struct segment {
	struct glyph_run glyphs;
	const struct run *run;
	bool fragment; /* of a word that was cut without a break opportunity */
	bool hyphen;   /* shows a hyphen when a line ends behind it */
};

struct segments {
	struct segment *list; /* side by side with atoms */
	struct atom *atoms;
	int n;
};

/* Indexes the line-breaking data of Unicode, once a run; without it segments_make is slow
 * where characters beyond Latin are. */
void segments_init(void);

/* Cuts RUNS; a word wider than MEASURE is cut between its characters.  Characters that
 * the fonts lack are reported. */
struct segments segments_make(const struct setter *setter, struct runs runs,
    const struct text_style *style, double measure);

/* The face of STYLE for a run's emphasis. */
const struct font *style_font(
    const struct setter *setter, const struct text_style *style, unsigned run_style);

/* Shapes LEN bytes at TEXT, tracking included. */
struct glyph_run style_shape(const struct setter *setter, const struct text_style *style,
    const struct font *font, struct span span);

#endif
