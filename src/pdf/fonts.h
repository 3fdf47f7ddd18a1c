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

/* Appends the CMap that gives the text of a font's codes back (9.10.3): TEXTS are UTF-8
 * by glyph number, empty where a glyph has none; .notdef is left out. */
void tounicode_put(struct buffer *out, const struct bytes *texts, int nglyphs);

#endif
