/* reduce.h - the few colours of an image, where they are few. */
#ifndef LOGO_REDUCE_H
#define LOGO_REDUCE_H

#include <stdbool.h>

#include "logo/image.h"

/* The window of an image as indexes into a palette. */
struct reduced {
	unsigned char palette[768]; /* RGB triples, in the order of their first pixels */
	int n;                      /* colours */
	bool gray;                  /* red, green and blue are equal in all of them */
	unsigned char *index;       /* window.w * window.h of them */
};

/* False: IMAGE has more than 256 colours.  Pair with reduced_free, also after false. */
bool image_reduce(const struct image *image, struct reduced *out);
void reduced_free(struct reduced *reduced);

#endif
