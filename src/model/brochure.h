/* brochure.h - what a brochure says, whatever it is published as: the announcement and
 * the cities as they were read, and what follows from them.
 */
#ifndef MODEL_BROCHURE_H
#define MODEL_BROCHURE_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "model/announcement.h"
#include "model/cities.h"
#include "model/colors.h"

/* What a screen reader says of a city, and what is printed below its name. */
struct city_names {
	const char *link;    /* of its link; begins as the front matter wants it */
	const char *logo;    /* the logo's alternative text */
	const char *address; /* its URL as it is read; "" where it has none */
};

struct brochure {
	bool for_print; /* and not to be read on a screen */
	const struct announcement *text;
	const struct cities *cities;
	struct palette colors;
	struct words words;
	struct city_names *names; /* by city */
	const char *title;        /* without soft hyphens; NULL: there is none */

	/* The blocks of the text that this edition has: the lead, which is set large, is
	 * the first paragraph, unless that is long. */
	struct block *blocks;
	int nblocks;
	const struct block *lead; /* NULL: none */
	const struct block *body;
	int nbody;
	const struct block *call; /* the block quote that calls to action; NULL: none */
	const char *published;    /* the date, as it is printed; NULL: none is given */
};

/* Derives OUT, an EDITION, from TEXT and CITIES, which it refers to.  False: the colours,
 * the words or the names will not do; reported to D.  What the readers found missing is
 * stepped over.
 */
bool brochure_make(const struct announcement *text, const struct cities *cities,
    enum edition edition, struct arena *a, struct diag *d, struct brochure *out);

/* Whether nothing is missing that a brochure has to have. */
bool brochure_is_whole(const struct brochure *brochure);

/* URL as it is read: without scheme, "www." and last slash. */
const char *url_shown(struct arena *a, const char *url);

/* What the N RUNS of a heading say in one line or, where LINK_ID is not 0, what a screen
 * reader says of that link among them: its text, all of it (WCAG 2.5.3). */
const char *runs_name(const struct run *runs, int n, int link_id, struct arena *a);

#endif
