/* cities.h - the list of cities, from the editors' CSV (RFC 4180 and what Excel makes of
 * it).
 */
#ifndef CITIES_CITIES_H
#define CITIES_CITIES_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "input/source.h"

enum { CITIES_MAX = 10000 };

struct city {
	struct text name; /* never empty; NFC */
	struct text url;  /* http or https, ASCII, exactly as the editor wrote it */
	struct text logo; /* a file name below the logos folder, without ".." and not
			     absolute; NFC */
	struct text
	    alt; /* alternative text of the logo; s is NULL when the cell is empty */
};

struct cities {
	const char *file;
	struct city
	    *list; /* in the order of the file; a city that stands twice is here once */
	int n;     /* at least 1 */
};

/* Reads PATH ("-": standard input).  False: something in it is an error; reported to D,
 * all that is wrong in one go; OUT then holds the cities whose name is good, s being NULL
 * in a link, logo or alt that is not.  The strings belong to A. */
bool cities_read(const char *path, struct arena *a, struct diag *d, struct cities *out);

/* The same for bytes that are in memory already. */
bool cities_parse(
    const struct source *source, struct arena *a, struct diag *d, struct cities *out);

#endif
