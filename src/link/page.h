/* page.h - what a page of a website says of itself.  Pure. */
#ifndef LINK_PAGE_H
#define LINK_PAGE_H

#include <stdbool.h>

/* Whether HTML, the start of a page in any encoding that has ASCII in it, has a title
 * that says that the page was not found, in English, Dutch, French or German. */
bool page_is_not_found(const char *html);

#endif
