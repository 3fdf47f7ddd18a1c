#include "compose/closing.h"

#include "compose/draw.h"

/* from the edge of the panel to its text */
static const double INSET = 1.5 * GRID_UNIT, RADIUS = 5;

/* The address that it leads to, as a run of a link. */
static struct runs
link_runs(struct composer *c)
{
	const struct contact *link = &c->text->grid.closing.link;
	struct run *run = arena_alloc(c->a, sizeof *run);
	*run = (struct run){.text = link->shown.s, .link = link->url, .link_id = 1};
	return (struct runs){run, 1};
}

struct closing
closing_set(struct composer *c, double width)
{
	const struct theme *t = &c->theme;
	const char *heading = c->text->grid.closing.heading.s;
	const char *text = c->text->grid.closing.text.s;
	double measure = width - 2 * INSET;
	struct closing out = {.height = 0};
	if (text == NULL)
		return out;
	if (heading != NULL)
		out.heading = text_set(&c->setter, heading, &t->heading[2], measure);
	out.text = text_set(&c->setter, text, &t->body, measure);
	if (c->text->grid.closing.link.url != NULL)
		out.link = paragraph_set(&c->setter, link_runs(c), &t->body, measure);
	out.height = 2 * INSET + out.heading.n * t->heading[2].leading +
	    (out.text.n + out.link.n) * t->body.leading;
	return out;
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
}
