#include "compose/draw.h"

/* of the size: an underline's thickness and its distance below the baseline, and the
 * reach of a link above and below it */
static const double UNDERLINE = 0.06, UNDERLINE_DROP = 0.16;
static const double LINK_ABOVE = 0.95, LINK_BELOW = 0.30;

static void
piece_draw(struct composer *c, int mark, const struct piece *piece, struct line_place at)
{
	struct text_box *text = &box_add(&c->build, BOX_TEXT, mark)->text;
	text->run = piece->glyphs;
	text->size = at.style->size;
	text->color = piece->run->link != NULL ? at.style->link : at.style->color;
	text->x = at.x + piece->x;
	text->y = at.y;
	text->actual = piece->actual;
}

/* Opens a marked-content sequence for a piece of the link LINK_ID, 0: of no link. */
static void
pen_open(struct composer *c, struct pen *pen, int link_id)
{
	int page = c->doc->npages - 1;
	if (pen->open && pen->page == page && pen->link_id == link_id)
		return;
	if (link_id != 0 && link_id != pen->link_id)
		pen->link = element_add(&c->build, pen->element, ROLE_LINK);
	pen->link_id = link_id;
	pen->page = page;
	pen->mark = mark_add(&c->build, link_id != 0 ? pen->link : pen->element);
	pen->open = true;
}

/* Ends the part of a link that stands on this line, RANGE of x. */
static void
link_close(
    struct composer *c, struct pen *pen, const struct run *run, const double range[2])
{
	const struct page *page = &c->doc->pages[pen->page];
	const struct text_box *text = &page->boxes[page->nboxes - 1].text;
	double size = text->size, y = text->y;
	area_add(&c->build, MARK_LAYOUT,
	    (struct rect){range[0], y - UNDERLINE_DROP * size, range[1] - range[0],
		UNDERLINE * size},
	    text->color);
	struct link *link = link_add(&c->build, pen->link,
	    (struct rect){range[0], y - LINK_BELOW * size, range[1] - range[0],
		(LINK_ABOVE + LINK_BELOW) * size});
	link->contents = link_name(pen->runs.list, pen->runs.n, pen->link_id, c->a);
	if (run->link[0] == '#')
		link->target = c->grid_heading;
	else
		link->uri = run->link;
	pen->open = false;
}

void
line_draw(
    struct composer *c, struct pen *pen, const struct line *line, struct line_place at)
{
	double link_start = 0;
	for (int i = 0; i < line->n; i++) {
		const struct piece *piece = &line->pieces[i];
		int link_id = piece->run->link_id;
		if (i == 0 || line->pieces[i - 1].run->link_id != link_id)
			link_start = at.x + piece->x;
		pen_open(c, pen, link_id);
		piece_draw(c, pen->mark, piece, at);
		bool ends =
		    i + 1 == line->n || line->pieces[i + 1].run->link_id != link_id;
		if (link_id != 0 && ends)
			link_close(c, pen, piece->run,
			    (const double[2]){
				link_start, at.x + piece->x + piece->width});
	}
}

double
paragraph_draw(struct composer *c, struct pen pen, const struct paragraph *paragraph,
    struct line_place at)
{
	double top = at.y;
	for (int i = 0; i < paragraph->n; i++) {
		at.y = top - style_baseline(&c->setter, at.style);
		line_draw(c, &pen, &paragraph->lines[i], at);
		top -= at.style->leading;
	}
	return top;
}

void
line_draw_artifact(
    struct composer *c, int mark, const struct line *line, struct line_place at)
{
	for (int i = 0; i < line->n; i++)
		piece_draw(c, mark, &line->pieces[i], at);
}
