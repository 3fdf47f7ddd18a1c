/* source.h - an input file as text in memory. */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "diag/diag.h"

struct source {
	const char *file; /* as the user named it; "<stdin>" for "-" */
	char *bytes;      /* as read, or as UTF-8 once decoded; a NUL after them */
	size_t len;
	const char *encoding; /* of the file, a name that iconv knows; NULL: UTF-8 */
	size_t mark;          /* bytes of its byte order mark */
};

/* Reads the file PATH, or standard input for "-", whole into A.  False: it is missing,
 * unreadable, not a file, or larger than LIMIT bytes; reported to D. */
bool source_read(
    const char *path, size_t limit, struct arena *a, struct diag *d, struct source *out);

#endif
