/* spelling.h - words: which known one a misspelt one was meant to be, endings, lists. */
#ifndef BASE_SPELLING_H
#define BASE_SPELLING_H

#include <stdbool.h>

#include "base/arena.h"

/* The one of the N WORDS that is nearest to WORD, apart from case: at most a third of
 * the characters of the longer (hyphens before it are none), and three, inserted, left
 * out, changed or swapped with their neighbour.  The first of several equally near. NULL:
 * none is near. */
const char *spelling_nearest(const char *word, const char *const *words, int n);

/* The same for NAMES of files: the ending may be wrong or missing, and does not count as
 * characters. */
const char *spelling_nearest_file(const char *name, const char *const *names, int n);

/* Whether S ends in END, apart from the case of a to z, and holds more than that. */
bool spelling_ends(const char *s, const char *end);

/* The N WORDS as a list: "a, b, c". */
const char *spelling_join(struct arena *a, const char *const *words, int n);

#endif
