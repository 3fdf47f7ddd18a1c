/* misread.h - what people mean by YAML that libyaml cannot read.
 *
 * Looks at the lines around the place where libyaml gave up, so that a message can tell
 * the very line to write.
 */
#ifndef READ_MISREAD_H
#define READ_MISREAD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "read/lines.h"

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

/* Tells of lines "key:value" without a space from LINE on, and of those right above it.
 * False: there are none. */
bool misread_tight(const struct misread_text *text, int line);

/* LINE as the first one of a new item: "  - value: 14", in line with the item that begins
 * in line ITEM; NULL: no item does. */
const char *misread_item(const struct misread_text *text, int line, int item);

/* The line for KEY (may be NULL) with VALUE in the quotes that it needs. */
const char *misread_quoted(struct arena *a, const char *key, const char *value);

#endif
