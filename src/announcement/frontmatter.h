/* frontmatter.h - YAML (1.1, as libyaml reads it) as a tree of keys and values with their
 * places.
 *
 * Plain data only: no anchors, aliases, tags or directives.  The only file that knows
 * libyaml.
 */
#ifndef ANNOUNCEMENT_FRONTMATTER_H
#define ANNOUNCEMENT_FRONTMATTER_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"

enum entry_kind { ENTRY_TEXT, ENTRY_LIST, ENTRY_MAPPING };

/* A value, and its key where it stands in a mapping. */
struct entry {
	enum entry_kind kind;
	struct text key;     /* s is NULL in a list */
	struct text value;   /* of a text: white space as single spaces, NFC; may be "" */
	struct place at;     /* of the value */
	struct text comment; /* "#…" after a text without quotes; s is NULL: none */
	struct entry *items; /* of a list or mapping */
	int n;
};

/* Reads the lines from FIRST up to END, UTF-8 without control characters, into OUT, a
 * mapping.  What is wrong in them is reported to D, and OUT holds the rest.  False:
 * reading stopped half way, so that keys may be missing. */
bool frontmatter_parse(struct lines *lines, int first, int end, struct arena *a,
    struct diag *d, struct entry *out);

/* VALUE as YAML writes it, in quotes. */
const char *frontmatter_quoted(struct arena *a, const char *value);

#endif
