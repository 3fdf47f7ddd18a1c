/* find.h - the file of a logo, below the logos' folder and nowhere else. */
#ifndef LOGO_FIND_H
#define LOGO_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/files.h"
#include "diag/diag.h"

enum { LOGO_FILE_MAX = 64 * 1024 * 1024 }; /* bytes */

/* A folder that was read, so that it is not read for each file in it. */
struct listing {
	const char *prefix; /* from the logos' folder: "" or "sub/" */
	const char *path;   /* with a slash after it */
	struct names names; /* none where it cannot be listed */
	bool listed;
};

/* The folder that all logos have to be in. */
struct logo_folder {
	const char *name; /* as the user named it */
	char *real;       /* absolute, without symbolic links */
	struct arena arena;
	struct listing top, last; /* itself, and the one below it that was used last */

	/* the files that are asked for, sorted, as messages show them, and on the disk */
	const char *const *asked;
	const char **shown, **paths;
	int nasked;

	long compared; /* names that were searched for what is meant by others */
};

/* The folder NAME, of which the N files ASKED, sorted, are to be read; both are borrowed.
 * Pair with logo_folder_close, also after false: there is no such folder, or nothing that
 * can be seen in it; reported to D. */
bool logo_folder_open(const char *name, const char *const *asked, int n, struct diag *d,
    struct logo_folder *out);
void logo_folder_close(struct logo_folder *folder);

/* A logo's file, read whole. */
struct logo_file {
	bool missing;
	dev_t dev;
	ino_t ino;
	struct buffer bytes;
};

/* Reads the file I of those that are asked for.  False: it is missing, which is not
 * reported yet, or it is outside the folder, not a regular file, unreadable, empty or
 * larger than LOGO_FILE_MAX; reported to D.  The caller frees the bytes, also after
 * false. */
bool logo_file_read(
    const struct logo_folder *folder, int i, struct diag *d, struct logo_file *out);

/* Reports to D that the file I is missing, and which one may be meant. */
void logo_folder_miss(struct logo_folder *folder, int i, struct diag *d);

#endif
