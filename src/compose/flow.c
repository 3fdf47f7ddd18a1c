#include "compose/flow.h"

static const double PANEL_RADIUS = 5;

/* Where a strip stands: the top of its line, on a page counted from the first. */
struct placed {
	int page;
	double top;
};

struct column
flow_column(const struct theme *theme)
{
	return (struct column){theme->margin_x, theme->column_w,
	    theme->page_h - theme->margin_top - 2 * GRID_UNIT, theme->margin_bottom};
}

static double
strip_height(const struct strip *strip)
{
	return strip->pad_above + strip->height + strip->pad_below;
}

/* The height of strips FIRST to LAST, without the white space above the first. */
static double
group_height(const struct strip *list, int first, int last)
{
	double height = strip_height(&list[first]);
	for (int i = first + 1; i <= last; i++)
		height += list[i].before + strip_height(&list[i]);
	return height;
}

double
strips_height(const struct strips *strips)
{
	return strips->n > 0 ? group_height(strips->list, 0, strips->n - 1) : 0;
}

/* The last of the strips that have to stay on one page with FIRST, as far as a page holds
 * them. */
static int
group_last(const struct strips *strips, int first, double page_height)
{
	int last = first;
	while (last + 1 < strips->n && strips->list[last].keep)
		last++;
	return group_height(strips->list, first, last) <= page_height ? last : first;
}

/* Gives every strip its page and place. */
static struct placed *
strips_place(
    const struct strips *strips, struct column first, struct column next, struct arena *a)
{
	struct placed *placed = arena_alloc(a, (size_t)strips->n * sizeof *placed);
	struct column column = first;
	double top = column.top;
	int page = 0;
	for (int i = 0; i < strips->n;) {
		const struct strip *list = strips->list;
		int last = group_last(strips, i, next.top - next.bottom);
		double before = top < column.top ? list[i].before : 0;
		bool fits =
		    top - before - group_height(list, i, last) >= column.bottom - 1e-6;
		bool at_top = page > 0 && top >= column.top;
		if (!fits && !at_top) {
			column = next;
			top = column.top;
			page++;
			continue;
		}
		for (int group = i; i <= last; i++) {
			top -= (i == group ? before : list[i].before) + list[i].pad_above;
			placed[i] = (struct placed){page, top};
			top -= list[i].height + list[i].pad_below;
		}
	}
	return placed;
}

/* Draws the panels of the strips from FIRST on that stand on its page, in a column at X.
 */
struct onwards {
	int first;
	double x;
};
static void
panels_draw(struct composer *c, const struct strips *strips, const struct placed *placed,
    struct onwards from)
{
	for (int i = from.first;
	     i < strips->n && placed[i].page == placed[from.first].page; i++) {
		int panel = strips->list[i].panel;
		if (panel == 0 || (i > from.first && strips->list[i - 1].panel == panel))
			continue;
		int last = i;
		while (last + 1 < strips->n && strips->list[last + 1].panel == panel &&
		    placed[last + 1].page == placed[i].page)
			last++;
		double top = placed[i].top + strips->list[i].pad_above;
		double bottom = placed[last].top - strips->list[last].height -
		    strips->list[last].pad_below;
		struct area_box *area =
		    &box_add(&c->build, BOX_AREA, MARK_BACKGROUND)->area;
		area->rect =
		    (struct rect){from.x, bottom, c->theme.column_w, top - bottom};
		area->radius = PANEL_RADIUS;
		area->filled = true;
		area->fill = c->theme.panel;
	}
}

static void
strip_draw(struct composer *c, const struct strip *strip, double x, double top)
{
	double y = top - style_baseline(&c->setter, strip->style);
	if (strip->anchored)
		anchor_set(&c->build, strip->pen->element, x, top);
	if (strip->label != NULL)
		line_draw(c, strip->label_pen, strip->label,
		    (struct line_place){x + strip->label_x, y, strip->style});
	line_draw(c, strip->pen, strip->line,
	    (struct line_place){x + strip->x, y, strip->style});
}

void
strips_draw(struct composer *c, const struct strips *strips, struct column first)
{
	struct column next = flow_column(&c->theme);
	const struct placed *placed = strips_place(strips, first, next, c->a);
	for (int i = 0; i < strips->n; i++) {
		bool starts = i == 0 || placed[i].page > placed[i - 1].page;
		if (starts && placed[i].page > 0)
			page_start(c);
		double x = placed[i].page == 0 ? first.x : next.x;
		if (starts)
			panels_draw(c, strips, placed, (struct onwards){i, x});
		strip_draw(c, &strips->list[i], x, placed[i].top);
	}
}
