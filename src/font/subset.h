/* subset.h - a font cut down to the glyphs that a document uses. */
#ifndef FONT_SUBSET_H
#define FONT_SUBSET_H

#include "font/font.h"

struct subset {
	/* no layout, names, hints and variations, glyphs renumbered: a TrueType file, or
	 * a CFF table whose CIDs, if it has any, are the glyph numbers */
	char *data;
	size_t len;
	int nglyphs;      /* in the cut font, .notdef included */
	int *widths;      /* by new glyph id, without kerning: what /W has to say */
	uint32_t *old_id; /* by new glyph id: the id in the whole font; nglyphs of them */
	uint32_t *new_id; /* by old glyph id, nold of them; 0: not in the cut font */
	uint32_t nold;
};

/* Cuts FONT to the N glyphs IDS (any order, repeats allowed; .notdef is added).  False:
 * HarfBuzz refused.  The same set gives the same bytes.  Pair with subset_free. */
bool font_subset(const struct font *font, const uint32_t *ids, int n, struct subset *out);
void subset_free(struct subset *subset);

#endif
