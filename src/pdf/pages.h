/* pages.h - page objects, their contents, and the page tree (ISO 32000-1, 7.7.3). */
#ifndef PDF_PAGES_H
#define PDF_PAGES_H

#include "pdf/objects.h"

/* Fills libharu's page tree. */
void pages_build(struct pdf *pdf);

/* Writes pages and contents. */
void pages_write(struct pdf *pdf);

#endif
