#include "compose/closing.h"

#include <math.h>

#include "compose/code.h"
#include "compose/draw.h"
#include "compose/ornament.h"

/* from the edge of the panel to its text, and to its code */
static const double INSET = 1.5 * GRID_UNIT, AROUND = GRID_UNIT, RADIUS = 5;
/* a module of its code, by one of a card's, if the text beside that has room enough */
static const double LARGER = 1.75, ROOM = 150;
/* tiles one above the other */
static const double FRIEZE_ROWS = 2;

/* The address that it leads to, as a run of a link. */
static struct runs
link_runs(struct composer *c)
{
	const struct contact *link = &c->text->grid.closing.link;
	struct run *run = arena_alloc(c->a, sizeof *run);
	*run = (struct run){.text = link->shown.s,
	    .link = link->url,
	    .link_id = -1}; /* unlike any link of the text */
	return (struct runs){run, 1};
}

const struct code *
closing_code(struct composer *c)
{
	const char *url = c->text->grid.closing.link.url;
	return c->text->grid.closing.code && url != NULL ? code_make(c->a, url) : NULL;
}

/* The side of the square in which CODE stands, SCALE times as large as on a card. */
static double
code_room(const struct code *code, double scale)
{
	return code != NULL ? scale * CODE_MODULE * code_side(code) + 2 * AROUND : 0;
}

static double
text_height(const struct composer *c, const struct closing *closing)
{
	const struct theme *t = &c->theme;
	return closing->heading.n * t->heading[2].leading +
	    (closing->text.n + closing->link.n) * t->body.leading;
}

/* Sets the address, as small as those of cards rather than parted: a hyphen at the end of
 * a line would be taken for one that is not in it. */
static struct paragraph
link_set(struct composer *c, double measure)
{
	const struct text_style *body = &c->theme.body;
	struct paragraph out = paragraph_set(&c->setter, link_runs(c), body, measure);
	if (out.n <= 1)
		return out;
	struct text_style *small = arena_alloc(c->a, sizeof *small);
	*small = *body;
	small->size = c->theme.address.size;
	return paragraph_set(&c->setter, link_runs(c), small, measure);
}

struct closing
closing_set(struct composer *c, double width, const struct code *code, bool beside)
{
	const struct theme *t = &c->theme;
	const char *heading = c->text->grid.closing.heading.s;
	double code_w = code_room(code, LARGER);
	double measure = width - INSET - AROUND - code_w;
	struct closing out = {.code = code};
	out.code_at_right = code != NULL && (!beside || measure >= ROOM);
	if (!out.code_at_right)
		measure = width - 2 * INSET;
	if (heading != NULL)
		out.heading = text_set(&c->setter, heading, &t->heading[2], measure);
	out.text = text_set(&c->setter, c->text->grid.closing.text.s, &t->body, measure);
	if (c->text->grid.closing.link.url != NULL)
		out.link = link_set(c, measure);
	double height = text_height(c, &out) + INSET;
	out.height = beside ? height : fmax(height + INSET, code_w);
	if (beside)
		out.head = CLOSING_GAP +
		    (out.code_at_right ? fmax(0, code_w - height) : code_room(code, 1));
	return out;
}

/* How far above a caption its text begins to stand on one line with that. */
static double
text_rise(struct composer *c, const struct closing *closing)
{
	const struct theme *t = &c->theme;
	const struct text_style *first =
	    closing->heading.n > 0 ? &t->heading[2] : &t->body;
	return style_baseline(&c->setter, first) -
	    style_baseline(&c->setter, &t->caption);
}

/* Draws the part of the panel in the accent's colour. */
static void
picture_draw(struct composer *c, struct rect at, unsigned corners)
{
	struct area_box *area =
	    area_add(&c->build, MARK_BACKGROUND, at, c->theme.colors.accent);
	area->radius = RADIUS;
	area->corners = corners;
}

/* Draws tiles along the foot of AT. */
static void
tiles_draw(struct composer *c, struct rect at)
{
	int n = (int)lround(at.w / c->theme.strip_h);
	double tile = n > 0 ? at.w / n : 0;
	frieze_draw(c,
	    &(struct frieze){.x = at.x,
		.y = at.y,
		.tile = tile,
		.ncolumns = n,
		.height = fmin(FRIEZE_ROWS * tile, at.h - RADIUS),
		.free_x = at.x + at.w});
}

/* Draws the code in the middle of AT. */
static void
code_show(
    struct composer *c, struct element *aside, const struct code *code, struct rect at)
{
	double side = fmin(at.w, at.h) - 2 * AROUND;
	struct rect place = {
	    at.x + (at.w - side) / 2, at.y + (at.h - side) / 2, side, side};
	struct element *figure = element_add(&c->build, aside, ROLE_FIGURE);
	figure->alt = arena_printf(c->a, "QR: %s", c->text->grid.closing.link.shown.s);
	figure->has_bbox = true;
	figure->bbox = place;
	code_draw(&c->build, mark_add(&c->build, figure), code, place);
}

/* Draws the text below TOP, from X to the right. */
static void
text_draw(struct composer *c, struct element *aside, struct outline *outline,
    const struct closing *closing, double x, double top)
{
	struct builder *b = &c->build;
	if (closing->heading.n > 0) {
		struct pen pen = {.element = element_add(b, aside, ROLE_H3)};
		anchor_set(b, pen.element, x, top);
		top = paragraph_draw(c, &pen, &closing->heading, x, top);
		bookmark_add(b, outline, c->text->grid.closing.heading.s, pen.element);
	}
	struct pen pen = {.element = element_add(b, aside, ROLE_P)};
	top = paragraph_draw(c, &pen, &closing->text, x, top);
	if (closing->link.n == 0)
		return;
	struct pen link = {
	    .element = element_add(b, aside, ROLE_P), .runs = link_runs(c)};
	paragraph_draw(c, &link, &closing->link, x, top);
}

void
closing_draw(struct composer *c, struct element *sect, struct outline *outline,
    const struct closing *closing, struct rect at)
{
	struct element *aside = element_add(&c->build, sect, ROLE_ASIDE);
	double w = code_room(closing->code, LARGER), h = closing->head - CLOSING_GAP;
	struct rect band = {at.x, at.y + at.h - h, at.w, h};
	struct rect right = {at.x + at.w - w, at.y, w, at.h}, left = {at.x, band.y, h, h};
	double top = at.y + (at.h + text_height(c, closing)) / 2;
	area_add(&c->build, MARK_LAYOUT, at, c->theme.colors.panel)->radius = RADIUS;
	if (closing->head > 0) {
		picture_draw(c, band, CORNER_UPPER_LEFT | CORNER_UPPER_RIGHT);
		double from = closing->code == NULL || closing->code_at_right ? 0 : h;
		double to = at.w - (closing->code_at_right ? w : 0);
		if (closing->code_at_right)
			picture_draw(c, right, CORNER_UPPER_RIGHT | CORNER_LOWER_RIGHT);
		tiles_draw(c, (struct rect){at.x + from, band.y, to - from, h});
		top = band.y - CLOSING_GAP + text_rise(c, closing);
	} else if (closing->code != NULL) {
		picture_draw(c, right, CORNER_UPPER_RIGHT | CORNER_LOWER_RIGHT);
	}
	text_draw(c, aside, outline, closing, at.x + INSET, top);
	if (closing->code != NULL)
		code_show(c, aside, closing->code, closing->code_at_right ? right : left);
}
