/* files.h - folders listed and files read whole. */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

struct names {
	const char **list;
	int n;
};

/* Lists the names in the folder DIR, sorted, hidden ones left out.  False: errno says
 * why.  Out of memory ends the program, as in arena.h. */
bool files_list(struct arena *a, const char *dir, struct names *out);

/* PATH as the disk spells it, whose names may be in another normalization form (a Mac's
 * are in NFD); PATH where there is nothing of that name. */
const char *files_find(struct arena *a, const char *path);

/* Appends what FD holds to OUT, but no more than LIMIT bytes.  False: errno says why. */
bool files_read(int fd, size_t limit, struct buffer *out);

#endif
