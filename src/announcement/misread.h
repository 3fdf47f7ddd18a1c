/* misread.h - what people mean by YAML that libyaml cannot read.
 *
 * Looks at the lines around the place where libyaml gave up, so that a message can tell
 * the very line to write.
 */
#ifndef ANNOUNCEMENT_MISREAD_H
#define ANNOUNCEMENT_MISREAD_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "input/lines.h"

struct misread {
	const char *problem; /* libyaml's words */
	int line, column;    /* where it gave up; the line from 1, the column from 0 */
	struct place at;     /* the same place in the file, or where that began */
};

/* The front matter, and where its first line is in the file. */
struct misread_text {
	const struct lines *lines;
	int first_line;
	struct arena *a;
	struct diag *d;
};

/* Tells of an error of libyaml. */
void misread_report(const struct misread_text *text, const struct misread *what);

/* What stands behind a " #" that comes at or behind COLUMN (from 0) of LINE, after white
 * space only; s is NULL: nothing. */
struct text misread_comment(const struct misread_text *text, int line, int column);

/* Tells of the quote at AT, in line N of the front matter, that is never closed. */
void misread_unclosed(const struct misread_text *text, int n, struct place at);

/* Whether a quote that closes before COLUMN (from 0) of LINE seems to open a value there:
 * "key: \"". */
bool misread_opens_value(const struct misread_text *text, int line, int column);

/* Tells of lines "key:value" without a space from LINE on, and of those right above it.
 * False: there are none. */
bool misread_tight(const struct misread_text *text, int line);

/* LINE as the first one of a new item: "  - value: 14", in line with the item that begins
 * in line ITEM; NULL: no item does. */
const char *misread_item(const struct misread_text *text, int line, int item);

#endif
