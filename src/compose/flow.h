/* flow.h - the text as strips, a line each, that flow from page to page. */
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

/* What a line and the next one are kept on one page for: the stronger, the larger. */
enum keep {
	KEEP_NOT,
	KEEP_PANEL, /* a panel stays whole, and has some text before it */
	KEEP_LIST,  /* no item stands alone */
	KEEP_LINES, /* no line does, and no heading */
};

/* A line of text across its column. */
struct strip {
	double before; /* white space above it; dropped at the top of a page */
	double pad_above, pad_below; /* to the edges of its panel; never dropped */
	enum keep keep;              /* with the next one */
	int panel;                   /* counts from 1; 0: stands on no panel */
	double x;                    /* from the left of the column */
	const struct line *line;
	struct pen *pen;
	struct strip_label *labels; /* innermost first */
	int nlabels;
	bool anchored; /* starts an element that bookmarks lead to */
};

/* A coloured area behind strips. */
struct panel {
	double x, w;  /* from the left of the column */
	double pad;   /* above and below its text, on each page */
	bool is_call; /* the call to action: stands out, with an arrow */
};

struct strips {
	struct strip *list;
	int n;
	struct panel *panels;
	int npanels;
};

/* A column of a page. */
struct column {
	double x;
	double top, bottom;
};

/* The labels of lists that are not ordered, by depth: odd ones in odd ones. */
extern const char *const list_bullets[2];

/* How the body of the text is set. */
struct setting_options {
	double measure;
	double panel_pad; /* above and below the text of a panel, and around it */
};

/* Sets the body of the text in lines; its elements become kids of PARENT. */
struct strips
strips_make(struct composer *c, struct setting_options options, struct element *parent);

/* The height of all strips in one column. */
double strips_height(const struct strips *strips);

/* The pages that the strips take. */
struct flow {
	const struct strips *strips;
	struct placed *placed; /* by strip */
	double x[2];           /* of the column, on the first page and on others */
	int npages;            /* at least 1 */
	double slack;          /* of the column of the first page, below its last strip */
};

/* Finds places for STRIPS, from FIRST's top down and on further pages, the last of which
 * is at least a third full if it can; what is kept together, but for lines, is parted
 * where a page would be less full.  The strips have to outlive the flow. */
struct flow
flow_place(struct composer *c, const struct strips *strips, struct column first);

/* Moves what stands on the first page down. */
void flow_lower(const struct flow *flow, double by);

/* Draws what stands on PAGE (from 0) of FLOW on the last page of the document. */
void flow_draw(struct composer *c, const struct flow *flow, int page);

/* The element of the last strip on the first page; NULL: there is none. */
struct element *flow_last_element(const struct flow *flow);

#endif
