/* cell.h - what a cell of the list of cities holds, and what it may hold.
 *
 * All strings belong to the arena A.  NULL: the cell holds nothing that can be used;
 * reported to D.
 */
#ifndef CITIES_CELL_H
#define CITIES_CELL_H

#include "base/arena.h"
#include "diag/diag.h"
#include "model/cities.h"

/* What a cell seems to hold, whatever its column is called. */
enum look {
	LOOK_NOTHING, /* no words: nothing, a number, a date, "n/a" */
	LOOK_LINK,
	LOOK_FILE, /* the name of a picture */
	LOOK_WORDS
};

enum look look_of(const char *s);

/* A cell, and how messages call it. */
struct cell {
	struct text text;
	int row;            /* as a spreadsheet counts, from 1 */
	const char *column; /* as the header has it */
};

/* The name of a city as prose_clean spells it, without markup. */
const char *cell_name(const struct cell *cell, struct arena *a, struct diag *d);

/* A link to a website, as it is. */
const char *cell_url(const struct cell *cell, struct arena *a, struct diag *d);

/* The name of a file below the logos folder: NFC, without what cannot be seen, neither
 * absolute nor with "..". */
const char *cell_logo(const struct cell *cell, struct arena *a, struct diag *d);

/* The description of a logo, as cell_name.  NULL, too: the cell is empty. */
const char *cell_alt(const struct cell *cell, struct arena *a, struct diag *d);

/* An address that is short enough to be typed: a host, and a path or none, without
 * "https://".  NULL, too: the cell is empty. */
const char *cell_short(const struct cell *cell, struct arena *a, struct diag *d);

/* The language of the city's name; NULL: that of the text. */
const char *cell_lang(const struct cell *cell, struct arena *a, struct diag *d);

/* The colour of a card: "accent", "#rrggbb" or "#rgb".  CARD_PLAIN, too: the cell is
 * empty, or its fault is reported. */
struct card_choice cell_card(const struct cell *cell, struct arena *a, struct diag *d);

#endif
