#include "compose/colophon.h"

#include <math.h>

#include "compose/gridpage.h"
#include "compose/page.h"

static const double RULE = 0.75, BELOW_RULE = GRID_UNIT, ABOVE_RULE = 1.5 * GRID_UNIT;
static const double GAP = 2 * GRID_UNIT, BELOW_SIGN = 0.75 * GRID_UNIT;
/* at the right of the second column, for the page's number */
static const double NUMBER_W = 6 * GRID_UNIT;

/* A column that is being filled, and how wide it is. */
struct filling {
	struct composer *c;
	struct colophon_column *column;
	double width;
};

/* The lines that the publisher's logo takes above the name. */
static double
sign_lines(const struct composer *c)
{
	if (c->sign == NULL)
		return 0;
	return (c->sign->size.h + BELOW_SIGN) / c->theme.colophon.leading;
}

/* Adds RUN, if it has a text. */
static void
add(const struct filling *f, struct run run)
{
	struct composer *c = f->c;
	if (run.text == NULL)
		return;
	struct run *kept = arena_alloc(c->a, sizeof *kept);
	*kept = run;
	struct colophon_item *item =
	    arena_append(c->a, f->column->items, f->column->nitems);
	item->pen.runs = (struct runs){kept, 1};
	item->set =
	    paragraph_set(&c->setter, item->pen.runs, &c->theme.colophon, f->width);
	f->column->lines += item->set.n;
}

static void
columns_fill(struct composer *c, struct colophon *out)
{
	const struct publisher *publisher = &c->text->publisher;
	/* pdfium ties what follows an address of mail to that: only the page's number
	 * does */
	const struct contact *contacts[] = {
	    &publisher->phone, &publisher->site, &publisher->mail};
	struct filling who = {c, &out->columns[0], out->column_w - GAP};
	struct filling where = {c, &out->columns[1], out->width - out->column_w};
	add(&who, (struct run){.text = publisher->name.s, .style = RUN_STRONG});
	for (int i = 0; i < publisher->lines.n; i++)
		add(&who, (struct run){.text = publisher->lines.list[i].s});
	int ncontacts = 0;
	for (int i = 0; i < 3; i++)
		ncontacts += contacts[i]->url != NULL;
	add(ncontacts < who.column->lines ? &where : &who,
	    (struct run){.text = c->brochure->published});
	who.column->lines += sign_lines(c);
	for (int i = 0; i < 3; i++)
		add(&where,
		    (struct run){.text = contacts[i]->shown.s,
			.link = contacts[i]->url,
			.link_id = -1}); /* unlike any link of the text */
}

/* The lines that column I leaves empty at its top: it begins beside the name, below the
 * logo, as far as it fits there, and lines of both columns stand side by side. */
static double
lines_above(const struct composer *c, const struct colophon *colophon, int i)
{
	const struct colophon_column *columns = colophon->columns;
	double name = sign_lines(c) + fmod(colophon->lines - columns[0].lines, 1);
	return i == 0 ? name : fmin(name, colophon->lines - columns[1].lines);
}

/* Whether the second column has its last line, a wide one, beside the page's number. */
static bool
number_touched(const struct composer *c, const struct colophon *colophon)
{
	const struct colophon_column *column = &colophon->columns[1];
	if (column->nitems == 0 ||
	    lines_above(c, colophon, 1) + column->lines < colophon->lines)
		return false;
	const struct colophon_item *last = &column->items[column->nitems - 1];
	return last->set.width > colophon->width - colophon->column_w - NUMBER_W;
}

struct colophon
colophon_set(struct composer *c, double width)
{
	const struct text_style *style = &c->theme.colophon;
	/* the second column stands below the third of four figures */
	struct colophon out = {.width = width,
	    .column_w = (width + GAP) / 2,
	    .leading = style->leading,
	    .foot = page_foot(&c->theme)};
	const struct colophon_column *columns = out.columns;
	columns_fill(c, &out);
	out.lines = fmax(columns[0].lines, columns[1].lines);
	if (number_touched(c, &out))
		out.columns[1].lines++;
	out.lines = fmax(columns[0].lines, columns[1].lines);
	if (out.lines > 0)
		out.top = out.foot + (out.lines - 1) * out.leading +
		    style_baseline(&c->setter, style) + BELOW_RULE;
	return out;
}

double
colophon_top(const struct colophon *colophon)
{
	return fmax(colophon->top + ABOVE_RULE, colophon->foot + 3 * GRID_UNIT);
}

void
colophon_draw(
    struct composer *c, struct element *sect, struct colophon *colophon, double x)
{
	if (colophon->top > 0)
		area_add(&c->build, MARK_LAYOUT,
		    (struct rect){x, colophon->top, colophon->width, RULE},
		    card_colors(&c->theme.colors, (struct card_choice){0}).hair);
	if (c->sign != NULL) {
		const struct size size = c->sign->size;
		logo_show(c, sect, c->sign,
		    (struct rect){x, colophon->top - BELOW_RULE - size.h, size.w, size.h},
		    arena_printf(c->a, "%s %s", c->brochure->words.logo.s,
			c->text->publisher.name.s));
	}
	for (int i = 0; i < 2; i++) {
		const struct colophon_column *column = &colophon->columns[i];
		double y = colophon->top - BELOW_RULE -
		    lines_above(c, colophon, i) * colophon->leading;
		for (int k = 0; k < column->nitems; k++) {
			struct colophon_item *item = &column->items[k];
			item->pen.element = element_add(&c->build, sect, ROLE_P);
			y = paragraph_draw(
			    c, &item->pen, &item->set, x + i * colophon->column_w, y);
		}
	}
	page_number(c, x + colophon->width);
}
