/* cities.h - the cities of the brochure, as plain data. */
#ifndef MODEL_CITIES_H
#define MODEL_CITIES_H

#include "base/geometry.h"
#include "diag/diag.h"

enum { CITIES_MAX = 10000 };

/* The colour of a city's card: that of all cards, the accent, or one of its own. */
struct card_choice {
	enum { CARD_PLAIN, CARD_ACCENT, CARD_COLOR } kind;
	struct color color; /* of CARD_COLOR */
};

struct city {
	struct text name; /* never empty; NFC */
	struct text url;  /* http or https, ASCII, exactly as the editor wrote it */
	struct text logo; /* a file below the folder of logos, without ".."; NFC */
	struct text alt;  /* the logo's alternative text; s is NULL where there is none */
	struct text brief; /* an address such as "leuven.be/cijfers"; likewise */
	struct card_choice card;
	struct text lang; /* of all that is said of it; s is NULL: the text's */
};

struct cities {
	const char *file;
	struct city *list; /* in the order of the file, each once */
	int n;             /* at least 1 */
};

#endif
