/* words.h - the known word that a misspelt one was probably meant to be. */
#ifndef READ_WORDS_H
#define READ_WORDS_H

#include "base/arena.h"

/* The one of the N WORDS that is nearest to WORD, apart from case: at most a third of its
 * characters inserted, left out, changed or swapped with their neighbour, and three in
 * all.  The first of several equally near.  NULL: none is near. */
const char *words_nearest(const char *word, const char *const *words, int n);

/* The N WORDS as a list: "a, b, c". */
const char *words_join(struct arena *a, const char *const *words, int n);

#endif
