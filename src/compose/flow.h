/* flow.h - the text as strips, a line each, that flow from page to page.
 */
#ifndef COMPOSE_FLOW_H
#define COMPOSE_FLOW_H

#include "compose/draw.h"

/* The mark of a list item, to the left of its first line, which may be that of an item
 * within it too. */
struct strip_label {
	const struct line *line;
	double x;
	struct pen *pen;
};

/* A line of text across its column. */
struct strip {
	double before; /* white space above it; dropped at the top of a page */
	double pad_above, pad_below; /* to the edges of its panel; never dropped */
	bool keep;                   /* stays on one page with the next one */
	int panel;                   /* counts from 1; 0: stands on no panel */
	double panel_x;              /* from the left of the column to the panel's */
	double x;                    /* from the left of the column */
	const struct line *line;
	struct pen *pen;
	struct strip_label *labels; /* innermost first */
	int nlabels;
	bool anchored; /* starts an element that bookmarks lead to */
};

struct strips {
	struct strip *list;
	int n;
	int npanels;
};

/* A column of a page. */
struct column {
	double x;
	double top, bottom;
};

/* The labels of lists that are not ordered, by depth: odd ones in odd ones. */
extern const char *const list_bullets[2];

/* Sets the body of the text in lines; its elements become kids of PARENT. */
struct strips strips_make(struct composer *c, struct element *parent);

/* The height of all strips in one column. */
double strips_height(const struct strips *strips);

/* Draws the strips from FIRST's top down on the last page, and on as many further pages
 * as they need. */
void strips_draw(struct composer *c, const struct strips *strips, struct column first);

#endif
