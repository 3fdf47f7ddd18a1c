/* metadata.h - what the file says of itself: XMP, /Info, and the output intent
 * (ISO 32000-1, 14.3 and 14.11.5).
 */
#ifndef PDF_METADATA_H
#define PDF_METADATA_H

#include "pdf/objects.h"

/* Each builds its object; the catalog refers to it. */
HPDF_Dict metadata_build(struct pdf *pdf);
HPDF_Dict output_intent_build(struct pdf *pdf);

/* Fills libharu's /Info with the same as the XMP. */
void info_build(struct pdf *pdf);

#endif
