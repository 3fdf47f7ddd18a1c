#include "compose/draw.h"

/* of the size: an underline's thickness and its distance below the baseline, and the
 * reach of a link above and below it */
static const double UNDERLINE = 0.06, UNDERLINE_DROP = 0.16;
static const double LINK_ABOVE = 0.95, LINK_BELOW = 0.30;

/* Opens a marked-content sequence for a piece of the link LINK_ID, 0: of no link. */
static void
pen_open(struct composer *c, struct pen *pen, int link_id)
{
	int page = c->doc->npages - 1;
	if (pen->element == NULL ||
	    (pen->open && pen->page == page && pen->link_id == link_id))
		return;
	if (link_id != 0 && link_id != pen->link_id)
		pen->link = element_add(&c->build, pen->element, ROLE_LINK);
	pen->link_id = link_id;
	pen->page = page;
	pen->mark = mark_add(&c->build, link_id != 0 ? pen->link : pen->element);
	pen->open = true;
}

/* Ends the part of RUN's link on this line: PART is its width, from its baseline up. */
static void
link_close(struct composer *c, struct pen *pen, const struct run *run, struct rect part,
    const struct text_style *style)
{
	struct rect rule = part, target = part;
	rule.y -= UNDERLINE_DROP * style->size;
	rule.h = UNDERLINE * style->size;
	area_add(&c->build, MARK_LAYOUT, rule, style->link);
	target.y -= LINK_BELOW * style->size;
	target.h = (LINK_ABOVE + LINK_BELOW) * style->size;
	struct link *link = link_add(&c->build, pen->link, target);
	link->contents = link_name(pen->runs.list, pen->runs.n, pen->link_id, c->a);
	link->text_id = run->link_id;
	if (run->link[0] == '#')
		link->target = c->grid_heading;
	else
		link->uri = run->link;
	pen->open = false;
}

void
line_draw(
    struct composer *c, struct pen *pen, const struct line *line, double x, double y)
{
	const struct text_style *style = line->style;
	double link_x = 0;
	for (int i = 0; i < line->n; i++) {
		const struct piece *piece = &line->pieces[i];
		int id = piece->run->link_id;
		if (i == 0 || line->pieces[i - 1].run->link_id != id)
			link_x = x + piece->x;
		pen_open(c, pen, id);
		box_add(&c->build, BOX_TEXT, pen->mark)->text = (struct text_box){
		    .run = piece->glyphs,
		    .size = style->size,
		    .color = piece->run->link != NULL ? style->link : style->color,
		    .x = x + piece->x,
		    .y = y,
		    .actual = piece->actual,
		};
		bool ends = i + 1 == line->n || piece[1].run->link_id != id;
		if (ends && piece->run->link != NULL)
			link_close(c, pen, piece->run,
			    (struct rect){
				link_x, y, x + piece->x + piece->width - link_x, 0},
			    style);
	}
}

double
paragraph_draw(struct composer *c, struct pen *pen, const struct paragraph *paragraph,
    double x, double top)
{
	for (int i = 0; i < paragraph->n; i++) {
		const struct line *line = &paragraph->lines[i];
		line_draw(c, pen, line, x, top - style_baseline(&c->setter, line->style));
		top -= line->style->leading;
	}
	return top;
}
