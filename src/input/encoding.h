/* encoding.h - the bytes of an input as UTF-8 text. */
#ifndef INPUT_ENCODING_H
#define INPUT_ENCODING_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "input/source.h"

/* Turns SOURCE into UTF-8 without byte order mark, its line ends kept: UTF-8, UTF-16 with
 * byte order mark, and else Windows-1252, with a note.  False: it is not text; reported
 * to D.  Lets D show the lines of the text. */
bool encoding_any(struct source *source, struct arena *a, struct diag *d);

/* The same for text that has to be UTF-8, with or without byte order mark. */
bool encoding_utf8(struct source *source, struct diag *d);

/* Where the byte at OFFSET of SOURCE, which encoding_any decoded, is in the file. */
size_t encoding_offset(const struct source *source, size_t offset);

/* TEXT, UTF-8, as bytes of SOURCE's file, *LEN of them.  NULL: its encoding lacks a
 * character of TEXT. */
const char *encoding_encode(
    const struct source *source, const char *text, struct arena *a, size_t *len);

/* What S was before it was opened as Windows-1252 although it was UTF-8: "LiÃ¨ge" gives
 * "Liège".  NULL: it was not. */
const char *encoding_repair(struct arena *a, const char *s);

/* Whether S was opened as Windows-1252 although an old PC (CP850, CP852), a Mac or
 * Windows-1250 wrote it: it has symbols or capitals where no word has them ("LiŠge",
 * "K”ln"), and has none when it is read as that.  In a NAME a symbol has no place beside
 * a letter either. */
bool encoding_lost(struct arena *a, const char *s, bool name);

#endif
