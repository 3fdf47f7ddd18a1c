/* composer.h - what the parts of compose/ share while a document is put together. */
#ifndef COMPOSE_COMPOSER_H
#define COMPOSE_COMPOSER_H

#include "compose/build.h"
#include "compose/compose.h"
#include "compose/gridpage.h"
#include "compose/theme.h"
#include "compose/typeset.h"
#include "model/words.h"

struct composer {
	struct arena *a;
	struct diag *d;
	const struct announcement *text;
	const struct cities *cities;
	const struct logos *logos;
	struct theme theme;
	struct words words;
	struct setter setter;
	struct builder build;
	struct gridpage gridpage;
	struct document *doc;
	struct element *grid_heading; /* where "#grid" leads */
	struct outline *grid_outline; /* bookmarks of the cities go below it */
};

/* Where the text of an element goes on; all zero at its start. */
struct pen {
	struct element *element;
	struct runs runs; /* its whole text */
	bool open;        /* a marked-content sequence is open: */
	int page, mark;
	int link_id;          /* of the link that the pen is in, 0: none */
	struct element *link; /* its Link element */
};

/* Draws LINE of STYLE as text of the pen's element; X, Y is the start of its baseline. */
struct line_place {
	double x, y;
	const struct text_style *style;
};
void line_draw(
    struct composer *c, struct pen *pen, const struct line *line, struct line_place at);

/* Draws PARAGRAPH with PEN, whose first line has its top at AT.y; the y below the last.
 */
double paragraph_draw(struct composer *c, struct pen pen,
    const struct paragraph *paragraph, struct line_place at);

/* Draws LINE as an artifact. */
void line_draw_artifact(
    struct composer *c, int mark, const struct line *line, struct line_place at);

/* Starts a page after the first: paper, coloured strip, footer. */
void page_start(struct composer *c);

/* Fills the last page with the paper colour unless that is white. */
void page_paper(struct composer *c);

#endif
