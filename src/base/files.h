/* files.h - folders listed and files read whole. */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

struct name {
	const char *s;
	const char *key; /* in NFC (UAX 15), without what cannot be seen */
};

struct names {
	struct name *list;
	int n;
};

/* Lists the names in the folder DIR, sorted by their keys, hidden ones left out.  False:
 * errno says why.  Out of memory ends the program, as in arena.h. */
bool files_list(struct arena *a, const char *dir, struct names *out);

/* The one of NAMES that is NAME or, if none is, that looks the same: a Mac spells names
 * in NFD.  NULL: none does. */
const char *names_find(struct arena *a, const struct names *names, const char *name);

/* PATH as the disk spells it, by names_find; PATH itself where nothing looks like it. */
const char *files_find(struct arena *a, const char *path);

/* Appends what FD holds to OUT, but no more than LIMIT bytes.  False: errno says why. */
bool files_read(int fd, size_t limit, struct buffer *out);

#endif
