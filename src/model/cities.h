/* cities.h - the cities of the brochure, as plain data. */
#ifndef MODEL_CITIES_H
#define MODEL_CITIES_H

#include "diag/diag.h"

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

#endif
