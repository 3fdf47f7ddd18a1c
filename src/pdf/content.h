/* content.h - a page's boxes as a content stream (ISO 32000-1, 7.8.2 and 14.6). */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "pdf/objects.h"

/* Appends the operators that draw PAGE.  Fonts are named /F and their face, images /I and
 * their number. */
void content_put(const struct pdf *pdf, const struct page *page, struct buffer *out);

#endif
