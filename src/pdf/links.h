/* links.h - what leads somewhere: link annotations (ISO 32000-1, 12.5.6.5) and bookmarks
 * (12.3.3).
 */
#ifndef PDF_LINKS_H
#define PDF_LINKS_H

#include "pdf/objects.h"

/* The root of the outline, as libharu's object. */
HPDF_Dict outline_build(struct pdf *pdf);

void annotations_write(struct pdf *pdf);
void bookmarks_write(struct pdf *pdf);

#endif
