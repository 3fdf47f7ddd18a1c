/* tounicode.h - the CMap that gives the text of a font's codes back (ISO
 * 32000-1, 9.10.3). */
#ifndef PDF_TOUNICODE_H
#define PDF_TOUNICODE_H

#include "pdf/serialize.h"

/* Appends the CMap of a font with Identity-H: TEXTS are UTF-8 by glyph number, empty
 * where a glyph has none; .notdef is left out. */
void tounicode_put(struct buffer *out, const struct bytes *texts, int nglyphs);

#endif
