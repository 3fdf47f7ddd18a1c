#include "compose/draw.h"

/* of the size: an underline's thickness and its distance below the baseline, and the
 * reach of a link above and below it */
static const double UNDERLINE = 0.06, UNDERLINE_DROP = 0.16;
static const double LINK_ABOVE = 0.95, LINK_BELOW = 0.30;

/* Whether all of the link LINK_ID, 0: of the whole text, is of one kind, so that it needs
 * no element besides its own. */
static bool
is_plain(struct runs runs, int link_id)
{
	for (int i = 0; i < runs.n; i++) {
		const struct run *run = &runs.list[i];
		bool counts = link_id == 0 || run->link_id == link_id;
		if ((link_id == 0 && run->link_id != 0) ||
		    (counts && (run->style != 0 || run->lang != NULL)))
			return false;
	}
	return true;
}

/* The element of RUN within PART: says how it is stressed and its language. */
static struct element *
part_add(struct builder *b, struct element *part, const struct run *run)
{
	struct element *first = NULL;
	static const struct {
		unsigned style;
		enum role role;
	} styles[] = {{RUN_STRONG, ROLE_STRONG}, {RUN_EMPHASIS, ROLE_EM}};
	for (int i = 0; i < 2; i++)
		if ((run->style & styles[i].style) != 0) {
			part = element_add(b, part, styles[i].role);
			first = first == NULL ? part : first;
		}
	if (first == NULL)
		first = part = element_add(b, part, ROLE_SPAN);
	first->lang = run->lang;
	return part;
}

/* Opens a marked-content sequence for a piece of RUN.  Some readers take of an element
 * one sequence a page, and before its kids: so text beside a link is a kid too, and text
 * that goes on. */
static void
pen_open(struct composer *c, struct pen *pen, const struct run *run)
{
	struct builder *b = &c->build;
	int page = c->doc->npages - 1, id = run->link_id;
	bool begun = pen->run != NULL, same_link = begun && pen->run->link_id == id;
	if (pen->element == NULL ||
	    (same_link && pen->page == page && pen->run->style == run->style &&
		pen->run->lang == run->lang))
		return;
	if (!same_link)
		pen->part =
		    id != 0 ? element_add(b, pen->element, ROLE_LINKED) : pen->element;
	bool goes_on = same_link && pen->page != page;
	struct element *own =
	    is_plain(pen->runs, id) && !goes_on ? pen->part : part_add(b, pen->part, run);
	pen->run = run;
	pen->page = page;
	pen->mark = mark_add(b, own);
}

/* Ends the part of RUN's link on this line: PART is its width, from its baseline up. */
static void
link_close(struct composer *c, struct pen *pen, const struct run *run, struct rect part,
    const struct text_style *style)
{
	struct rect rule = part, target = part;
	rule.y -= UNDERLINE_DROP * style->size;
	rule.h = UNDERLINE * style->size;
	area_add(&c->build, MARK_ORNAMENT, rule, style->link);
	target.y -= LINK_BELOW * style->size;
	target.h = (LINK_ABOVE + LINK_BELOW) * style->size;
	const char *name = runs_name(pen->runs.list, pen->runs.n, run->link_id, c->a);
	struct link *link = link_add(&c->build, pen->part, name, target);
	link->text_id = run->link_id;
	if (run->link[0] == '#')
		link->target = c->grid_heading;
	else
		link->uri = run->link;
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
			link_x = i == 0 ? x : x + piece->x;
		pen_open(c, pen, piece->run);
		box_add(&c->build, BOX_TEXT, pen->mark)->text = (struct text_box){
		    .run = piece->glyphs,
		    .size = style->size,
		    .color = piece->run->link != NULL ? style->link : style->color,
		    .x = x + piece->x,
		    .y = y,
		    .actual = piece->actual,
		    .blank = piece->blank,
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
