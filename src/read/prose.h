/* prose.h - text for people: one line, composed letters, no control characters.  Pure. */
#ifndef READ_PROSE_H
#define READ_PROSE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* S with every run of spaces, tabs and line breaks as a single space, none at its ends,
 * in NFC.  No-break spaces stay. */
const char *prose_clean(struct arena *a, const char *s);

/* The offset of the first character of the LEN bytes at S that is no text (see
 * utf8_is_control), which *U is then; LEN: there is none. */
size_t prose_control(const char *s, size_t len, int32_t *u);

#endif
