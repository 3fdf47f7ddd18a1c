#include "compose/closing.h"

#include <math.h>

#include "compose/code.h"
#include "compose/draw.h"

/* from the edge of the panel to its text */
static const double INSET = 1.5 * GRID_UNIT, RADIUS = 5;
/* of its code, by those of a card */
static const double LARGER = 1.25;

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

static double
code_h(const struct closing *closing)
{
	return closing->code != NULL ? LARGER * CODE_MODULE * code_side(closing->code)
				     : 0;
}

const struct code *
closing_code(struct composer *c)
{
	const char *url = c->text->grid.closing.link.url;
	return c->text->grid.closing.code && url != NULL ? code_make(c->a, url) : NULL;
}

struct closing
closing_set(struct composer *c, double width, const struct code *code)
{
	const struct theme *t = &c->theme;
	const char *heading = c->text->grid.closing.heading.s;
	const char *text = c->text->grid.closing.text.s;
	double measure = width - 2 * INSET;
	struct closing out = {.height = 0};
	if (text == NULL)
		return out;
	out.code = code;
	if (code != NULL)
		measure -= code_h(&out) + GRID_UNIT;
	if (heading != NULL)
		out.heading = text_set(&c->setter, heading, &t->heading[2], measure);
	out.text = text_set(&c->setter, text, &t->body, measure);
	if (c->text->grid.closing.link.url != NULL)
		out.link = paragraph_set(&c->setter, link_runs(c), &t->body, measure);
	out.height = 2 * INSET +
	    fmax(code_h(&out),
		out.heading.n * t->heading[2].leading +
		    (out.text.n + out.link.n) * t->body.leading);
	return out;
}

/* Draws the code in the upper right corner of AT. */
static void
closing_code_draw(struct composer *c, struct element *aside,
    const struct closing *closing, struct rect at)
{
	double side = code_h(closing);
	struct rect place = {
	    at.x + at.w - INSET - side, at.y + at.h - INSET - side, side, side};
	struct element *figure = element_add(&c->build, aside, ROLE_FIGURE);
	figure->alt = arena_printf(c->a, "QR: %s", c->text->grid.closing.link.shown.s);
	figure->has_bbox = true;
	figure->bbox = place;
	code_draw(&c->build, mark_add(&c->build, figure), closing->code, place);
}

void
closing_draw(struct composer *c, struct element *sect, struct outline *outline,
    const struct closing *closing, struct rect at)
{
	struct builder *b = &c->build;
	struct element *aside = element_add(b, sect, ROLE_ASIDE);
	double x = at.x + INSET, top = at.y + at.h - INSET;
	area_add(b, MARK_LAYOUT, at, c->theme.colors.panel)->radius = RADIUS;
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
	if (closing->code != NULL)
		closing_code_draw(c, aside, closing, at);
}
