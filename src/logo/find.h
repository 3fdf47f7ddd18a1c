/* find.h - the file of a logo, below the logos' folder and nowhere else. */
#ifndef LOGO_FIND_H
#define LOGO_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "diag/diag.h"

enum { LOGO_FILE_MAX = 64 * 1024 * 1024 }; /* bytes */

/* The folder that all logos have to be in. */
struct logo_folder {
	const char *name; /* as the user named it */
	char *real;       /* absolute, without symbolic links */

	/* the files that are asked for, sorted; for what is said of a missing one */
	const char *const *asked;
	int nasked;
};

/* Pair with logo_folder_close, also after false: there is no such folder; reported to D.
 */
bool logo_folder_open(const char *name, struct diag *d, struct logo_folder *out);
void logo_folder_close(struct logo_folder *folder);

/* Whether FOLDER holds nothing that can be seen: then no logo has to be looked for.
 * Reported to D. */
bool logo_folder_is_empty(const struct logo_folder *folder, struct diag *d);

/* A logo's file, read whole. */
struct logo_file {
	char *path; /* as messages show it: the folder and the name */
	struct buffer bytes;
};

/* Reads the file NAME of FOLDER.  False: it is missing, outside the folder, no regular
 * file, unreadable, empty or larger than LOGO_FILE_MAX; reported to D at NAME's place.
 * Pair with logo_file_close, also after false. */
bool logo_file_read(const struct logo_folder *folder, struct text name, struct diag *d,
    struct logo_file *out);
void logo_file_close(struct logo_file *file);

#endif
