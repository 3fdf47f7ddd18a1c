/* suggest.h - the file that was meant by a name that does not exist. */
#ifndef LOGO_SUGGEST_H
#define LOGO_SUGGEST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/files.h"

/* The file NAME that is missing among FILES, which stand below the logos' folder by way
 * of PREFIX ("" or "sub/").  ASKED: the NASKED files that the cities have, sorted; none
 * of them is proposed for another one. */
struct missing {
	const struct names *files;
	const char *prefix, *name;
	const char *const *asked;
	int nasked;
};

struct suggestion {
	const char *file; /* with its prefix; NULL: none comes to mind */
	bool other_kind;  /* FILE has the right name, but is not a PNG */
};

/* Looks for NAME in other case, as a part ("gent.png" in "logo-gent (1).png"), in another
 * format, and misspelt, in this order.  The strings belong to A. */
struct suggestion suggest_file(struct arena *a, const struct missing *missing);

#endif
