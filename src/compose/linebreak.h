/* linebreak.h - where the lines of a ragged-right paragraph end.
 *
 * Pure, and knows widths only.  Of all ways to set the whole paragraph it takes the least
 * ragged one, not the first that fits.
 */
#ifndef COMPOSE_LINEBREAK_H
#define COMPOSE_LINEBREAK_H

#include "base/arena.h"

/* What breaking after an atom costs; a line costs up to LINEBREAK_RAGGED by its white
 * space. */
#define LINEBREAK_RAGGED    100.0
#define LINEBREAK_FORCED    (-1.0) /* the line ends here */
#define LINEBREAK_FREE      0.0    /* between words */
#define LINEBREAK_NUMBER    20.0   /* between a number and what it counts */
#define LINEBREAK_INSIDE    300.0  /* after a slash or the like */
#define LINEBREAK_ITEM      3e3    /* inside an item of a line of items */
#define LINEBREAK_HYPHEN    1e4    /* at a hyphen that belongs to a name */
#define LINEBREAK_EMERGENCY 1e5    /* inside a word that fits on no line */
#define LINEBREAK_NEVER     1e9

/* A stretch of text that stays on one line.  Widths are points. */
struct atom {
	double width;  /* white space at its end not counted */
	double blank;  /* of the white space at its end */
	double hyphen; /* added to a line that ends here */
	double cost;   /* of ending a line here, LINEBREAK_* */
};

struct atoms {
	const struct atom *list;
	int n; /* at least 1 */
};

/* Ends the lines: the index of each line's last atom goes to *ENDS (owned by A).  Returns
 * the number of lines.  An atom wider than MEASURE gets a line of its own. */
int lines_break(struct atoms atoms, double measure, struct arena *a, int **ends);

#endif
