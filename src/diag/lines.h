/* lines.h - a text and where its lines begin: byte offsets to places and back. */
#ifndef DIAG_LINES_H
#define DIAG_LINES_H

#include <stddef.h>

#include "base/arena.h"

/* A place in an input.  Line and column count from 1, columns in characters; 0: not
 * known. */
struct place {
	const char *file; /* as the user named it; NULL: the program as a whole */
	int line, column;
};

/* Lines end at LF, CR LF or CR. */
struct lines {
	const char *file;
	const char *s; /* UTF-8, a NUL after it; borrowed */
	size_t len;
	size_t *starts; /* offset of each line's first byte */
	int n;          /* 1 or more */

	/* where the last place was counted, so that places in order cost no rescan */
	struct {
		size_t offset;
		int line, column;
	} last;
};

struct lines lines_index(struct arena *a, const char *file, const char *s, size_t len);

/* The place of the byte at OFFSET, of the end where it lies after that. */
struct place lines_place(struct lines *lines, size_t offset);

/* The offset of the byte COLUMN (from 1) of LINE (from 1), within that line. */
size_t lines_offset(const struct lines *lines, int line, int column);

/* The same for a place of these lines, whose column counts characters. */
size_t lines_offset_of(struct lines *lines, struct place at);

/* The offset after the last byte of LINE, its line end left out. */
size_t lines_end(const struct lines *lines, int line);

/* LINE without its line end, as a string of A. */
char *lines_text(const struct lines *lines, int line, struct arena *a);

#endif
