/* markup.h - Markdown and HTML in a text that is printed as it stands.  Pure. */
#ifndef INPUT_MARKUP_H
#define INPUT_MARKUP_H

#include "base/arena.h"

/* TEXT without the stars, tags and entities that are in it; NULL: none is. */
const char *markup_without(struct arena *a, const char *text);

#endif
