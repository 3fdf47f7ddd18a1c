/* fonts.h - the document's fonts, cut down to the glyphs that it shows: Type0 fonts with
 * Identity-H, whose codes are glyph numbers (ISO 32000-1, 9.7.4).
 */
#ifndef PDF_FONTS_H
#define PDF_FONTS_H

#include "pdf/objects.h"

/* Cuts the fonts to the glyphs of all text boxes and builds their objects.  False: a font
 * could not be cut; reported. */
bool fonts_build(struct pdf *pdf);
void fonts_free(struct pdf *pdf);

/* The text that glyph I of RUN stands for; empty where an earlier glyph of its cluster
 * has it all. */
struct bytes glyph_text(const struct glyph_run *run, int i);

#endif
