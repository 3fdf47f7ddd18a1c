#include "compose/flow.h"

#include <math.h>
#include <string.h>

#include "compose/page.h"

static const double PANEL_RADIUS = 5;

/* from the sides of a panel to its text */
static const double PANEL_SIDE = 2 * GRID_UNIT;
/* from the text to the text of a list's items */
static const double LIST_INDENT = 2 * GRID_UNIT;
/* of a call's width, for its arrow */
static const double ARROW_W = 5 * GRID_UNIT;
/* of the size of the grid's heading: the arrow's side */
static const double ARROW = 0.47;
/* of a page, what its text fills at least where other pages have text to give */
static const double FULL_ENOUGH = 1.0 / 3;

const char *const list_bullets[2] = {"\xe2\x80\xa2 ", "\xe2\x80\x93 "};

/* --- setting ------------------------------------------------------------------ */

/* Where the next strips go. */
struct shelf {
	struct composer *c;
	struct setting_options options;
	struct strips out;
	double x, measure;
	int panel;
	bool is_call; /* that panel */
	int depth;    /* of lists */
	double before;
	bool headed; /* the last paragraph was a heading */
	bool alone;  /* it was a line that a heading has below it */
};

static void
blocks_set(struct shelf *s, const struct block *blocks, int n, struct element *parent);

/* STYLE, in the colour of the paper on a call to action. */
static const struct text_style *
style_here(struct shelf *s, const struct text_style *style)
{
	if (!s->is_call)
		return style;
	struct text_style *light = arena_alloc(s->c->a, sizeof *light);
	*light = *style;
	light->color = light->link = s->c->theme.colors.paper;
	return light;
}

/* Keeps strip I with the next one, unless it is kept for more. */
static void
strip_keep(struct strips *strips, int i, enum keep keep)
{
	if (strips->list[i].keep < keep)
		strips->list[i].keep = keep;
}

static void
strips_add(struct shelf *s, const struct block *block, struct element *element,
    const struct text_style *style)
{
	struct composer *c = s->c;
	struct pen *pen = arena_alloc(c->a, sizeof *pen);
	*pen = (struct pen){.element = element, .runs = {block->runs, block->nruns}};
	struct paragraph set =
	    paragraph_set(&c->setter, pen->runs, style_here(s, style), s->measure);
	bool heading = block->kind == BLOCK_HEADING;
	/* a heading keeps with two lines, unless there is only one */
	if (s->alone && !heading)
		strip_keep(&s->out, s->out.n - 1, KEEP_LINES);
	for (int i = 0; i < set.n; i++) {
		struct strip *strip = arena_append(c->a, s->out.list, s->out.n);
		strip->before = i == 0 ? s->before : 0;
		/* neither the first nor the last line of a paragraph stands alone */
		bool joined = i < set.n - 1 && (i == 0 || i == set.n - 2);
		strip->keep = heading || joined ? KEEP_LINES : KEEP_NOT;
		strip->panel = s->panel;
		strip->x = s->x;
		strip->line = &set.lines[i];
		strip->pen = pen;
		strip->anchored = heading && i == 0;
	}
	s->before = heading ? 0.5 * GRID_UNIT : GRID_UNIT;
	s->alone = s->headed && set.n == 1;
	s->headed = heading;
}

static void
heading_set(struct shelf *s, const struct block *block, struct element *parent)
{
	static const enum role roles[] = {ROLE_H2, ROLE_H3, ROLE_H4, ROLE_H5, ROLE_H6};
	if (s->out.n > 0)
		s->before = 2 * GRID_UNIT;
	int level = block->level < 2 ? 2 : block->level > 6 ? 6 : block->level;
	struct element *heading = element_add(&s->c->build, parent, roles[level - 2]);
	strips_add(s, block, heading, &s->c->theme.heading[level - 2]);
}

/* Puts the mark of a list item at X, to the left of its first line. */
static void
label_set(struct shelf *s, struct strip *first, const char *mark, double x,
    struct element *element)
{
	struct composer *c = s->c;
	struct paragraph set =
	    text_set(&c->setter, mark, style_here(s, &c->theme.body), 10 * LIST_INDENT);
	if (set.n == 0)
		return;
	struct strip_label *label = arena_append(c->a, first->labels, first->nlabels);
	label->line = &set.lines[0];
	label->x = x;
	label->pen = arena_alloc(c->a, sizeof *label->pen);
	label->pen->element = element;
}

static double
list_indent(struct composer *c, const struct block *list)
{
	if (!list->ordered)
		return LIST_INDENT;
	const char *longest = "";
	for (int i = 0; i < list->nchildren; i++)
		if (strlen(list->children[i].number) >= strlen(longest))
			longest = list->children[i].number;
	struct paragraph set = text_set(&c->setter, arena_printf(c->a, "%s. ", longest),
	    &c->theme.body, 10 * LIST_INDENT);
	double width = set.width + 0.75 * GRID_UNIT;
	return width > LIST_INDENT ? width : LIST_INDENT;
}

/* Leaves SPACE below what was set, or what a panel that ends there asks for. */
static void
space_leave(struct shelf *s, double space)
{
	if (s->out.n == 0 || s->out.list[s->out.n - 1].panel == s->panel)
		s->before = space;
}

static void
list_set(struct shelf *s, const struct block *list, struct element *parent)
{
	struct composer *c = s->c;
	struct element *l = element_add(&c->build, parent, ROLE_L);
	l->numbering = list->ordered ? NUMBERING_DECIMAL
	    : s->depth % 2 == 0      ? NUMBERING_DISC
				     : NUMBERING_DASH;
	double indent = list_indent(c, list);
	s->x += indent;
	s->measure -= indent;
	if (s->depth > 0)
		space_leave(s, 0.5 * GRID_UNIT);
	for (int i = 0; i < list->nchildren; i++) {
		const struct block *item = &list->children[i];
		/* neither the first nor the last item stands alone, nor the text of an
		 * item without the first one of the list in it */
		bool joined = i == 0 ? s->depth > 0 : i == 1 || i == list->nchildren - 1;
		if (joined && s->out.n > 0)
			strip_keep(&s->out, s->out.n - 1, KEEP_LIST);
		struct element *li = element_add(&c->build, l, ROLE_LI);
		struct element *label = element_add(&c->build, li, ROLE_LBL);
		struct element *body = element_add(&c->build, li, ROLE_LBODY);
		int first = s->out.n;
		s->depth++;
		blocks_set(s, item->children, item->nchildren, body);
		s->depth--;
		const char *mark = list->ordered
		    ? arena_printf(c->a, "%s. ", item->number)
		    : list_bullets[s->depth % 2];
		if (first < s->out.n)
			label_set(s, &s->out.list[first], mark, s->x - indent, label);
		space_leave(s, 0.5 * GRID_UNIT);
	}
	s->x -= indent;
	s->measure += indent;
	space_leave(s, GRID_UNIT);
}

/* What stands before a panel that ends the text goes with it: two lines, or an item. */
static void
panel_accompany(struct strips *strips, int first)
{
	for (int i = first - 1, lines = 0; i >= 0 && (lines < 2 || strips->list[i].keep);
	     i--, lines++)
		strip_keep(strips, i, KEEP_PANEL);
}

/* A block quote is a panel: an aside, for it quotes nobody. */
static void
panel_set(struct shelf *s, const struct block *quote, struct element *parent)
{
	if (s->panel != 0) {
		blocks_set(s, quote->children, quote->nchildren, parent);
		return;
	}
	struct composer *c = s->c;
	int first = s->out.n;
	parent = element_add(&c->build, parent, ROLE_ASIDE);
	double pad = s->options.panel_pad, x = s->x, measure = s->measure;
	struct panel *panel = arena_append(c->a, s->out.panels, s->out.npanels);
	panel->x = x;
	panel->pad = pad;
	panel->is_call = s->is_call = quote == c->brochure->call;
	panel->w = s->is_call ? c->theme.column_w - x : measure;
	s->panel = s->out.npanels;
	s->x += PANEL_SIDE;
	s->measure = panel->w - 2 * PANEL_SIDE - (s->is_call ? ARROW_W : 0);
	s->before = pad;
	blocks_set(s, quote->children, quote->nchildren, parent);
	s->x = x;
	s->measure = measure;
	s->panel = 0;
	s->is_call = false;
	s->before = pad;
	if (first == s->out.n)
		return;
	s->out.list[first].pad_above = s->out.list[s->out.n - 1].pad_below = pad;
	for (int i = first; i + 1 < s->out.n; i++)
		strip_keep(&s->out, i, KEEP_PANEL);
	if (quote == &c->brochure->body[c->brochure->nbody - 1])
		panel_accompany(&s->out, first);
}

static void
blocks_set(struct shelf *s, const struct block *blocks, int n, struct element *parent)
{
	for (int i = 0; i < n; i++) {
		const struct block *block = &blocks[i];
		switch (block->kind) {
		case BLOCK_PARAGRAPH:
			strips_add(s, block, element_add(&s->c->build, parent, ROLE_P),
			    &s->c->theme.body);
			break;
		case BLOCK_HEADING:
			heading_set(s, block, parent);
			break;
		case BLOCK_LIST:
			list_set(s, block, parent);
			break;
		case BLOCK_QUOTE:
			panel_set(s, block, parent);
			break;
		case BLOCK_ITEM:
			break;
		}
	}
}

struct strips
strips_make(struct composer *c, struct setting_options options, struct element *parent)
{
	struct shelf s = {.c = c, .options = options, .measure = options.measure};
	blocks_set(&s, c->brochure->body, c->brochure->nbody, parent);
	return s.out;
}

/* --- placing ------------------------------------------------------------------ */

/* Where a strip stands: the top of its line, on a page counted from the first. */
struct placed {
	int page;
	double top;
};

/* The column of a page after the first. */
static struct column
flow_column(const struct theme *theme)
{
	double top = theme->page_h - theme->margin_top - 2 * GRID_UNIT;
	return (struct column){theme->margin_x, top, theme->margin_bottom};
}

static double
strip_height(const struct strip *strip)
{
	return strip->pad_above + strip->line->style->leading + strip->pad_below;
}

double
strips_height(const struct strips *strips)
{
	double height = 0;
	for (int i = 0; i < strips->n; i++)
		height +=
		    (i > 0 ? strips->list[i].before : 0) + strip_height(&strips->list[i]);
	return height;
}

/* The white space from the text of strip I to the edge of its panel, where a page begins
 * or ends there. */
static double
strip_pad(const struct strips *strips, int i)
{
	int panel = strips->list[i].panel;
	return panel > 0 ? strips->panels[panel - 1].pad : 0;
}

/* Strips that are kept together, and their height.  Zero: none yet. */
struct group {
	int first, end; /* END: after the last */
	double height;
};

/* Moves GROUP on to strip FIRST and those that are kept for LEAST or more with it.  Every
 * strip is looked at once: thousands of headings may be kept together. */
static void
group_move(const struct strips *strips, int first, enum keep least, struct group *group)
{
	const struct strip *list = strips->list;
	for (; group->first < first && first < group->end; group->first++)
		group->height -=
		    strip_height(&list[group->first]) + list[group->first + 1].before;
	if (first < group->end)
		return;
	*group = (struct group){first, first + 1, strip_height(&list[first])};
	for (; group->end < strips->n && list[group->end - 1].keep >= least; group->end++)
		group->height +=
		    list[group->end].before + strip_height(&list[group->end]);
}

/* The columns that strips flow through: the first page's, then all others'. */
struct columns {
	struct column first, next;
	int short_page; /* of this page, less is to be filled: */
	double short_by;
	enum keep short_keep; /* and there only what is kept for this stays together */
};

static struct column
column_of(const struct columns *columns, int page)
{
	struct column column = page == 0 ? columns->first : columns->next;
	if (page == columns->short_page)
		column.bottom += columns->short_by;
	return column;
}

/* What has to be reached, at least, on every page that is followed by text. */
static double
full_enough(const struct column *column)
{
	return column->top - FULL_ENOUGH * (column->top - column->bottom);
}

/* Gives every strip its page and place; the number of pages. */
static int
strips_place(
    const struct strips *strips, const struct columns *columns, struct placed *placed)
{
	const double page_height = columns->next.top - columns->next.bottom;
	const double enough = full_enough(&columns->next);
	const struct strip *list = strips->list;
	int page = 0, parted = -1; /* strips up to this one */
	enum keep least = KEEP_PANEL;
	struct group groups[KEEP_LINES + 1] = {0}; /* by what they are kept for */
	struct column column = column_of(columns, page);
	double top = column.top;
	for (int i = 0; i < strips->n;) {
		if (i > parted)
			least = page == columns->short_page ? columns->short_keep
							    : KEEP_PANEL;
		struct group *group = &groups[least];
		group_move(strips, i, least, group);
		bool too_tall = group->height > page_height;
		bool parts = too_tall && least == KEEP_LINES;
		int last = parts ? i : group->end - 1;
		bool starts = top >= column.top;
		double before =
		    starts ? strip_pad(strips, i) - list[i].pad_above : list[i].before;
		double height = before +
		    (parts ? strip_height(&list[i]) : group->height) +
		    strip_pad(strips, last) - list[last].pad_below;
		bool fits = top - height >= column.bottom - 1e-6;
		bool whole_page = page > 0 && starts;
		bool empty = top > enough && !fits; /* too much so, if it moved */
		if (least < KEEP_LINES && (too_tall || empty || (whole_page && !fits))) {
			parted = last > parted ? last : parted;
			least++;
			continue;
		}
		if (!fits && !whole_page) {
			column = column_of(columns, ++page);
			top = column.top;
			parted = -1;
			continue;
		}
		for (int first = i; i <= last; i++) {
			top -= (i == first ? before : list[i].before) + list[i].pad_above;
			placed[i] = (struct placed){page, top};
			top -= list[i].line->style->leading + list[i].pad_below;
		}
	}
	return page + 1;
}

/* The first strip on PAGE or after it. */
static int
page_first(const struct flow *flow, int page)
{
	int low = 0, high = flow->strips->n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (flow->placed[middle].page < page)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The lowest point of the strips on PAGE, whose column has its top at TOP. */
static double
page_bottom(const struct flow *flow, int page, double top)
{
	int last = page_first(flow, page + 1) - 1;
	if (last < 0 || flow->placed[last].page != page)
		return top;
	const struct strip *strip = &flow->strips->list[last];
	return flow->placed[last].top - strip->line->style->leading -
	    strip_pad(flow->strips, last);
}

/* Places the strips of FLOW with more of them on its last page, so that this is a third
 * full; what is kept for KEEP stays together.  Whether that is possible. */
static bool
last_page_fill(struct flow *flow, struct columns *columns, enum keep keep)
{
	const struct strips *strips = flow->strips;
	const struct column *next = &columns->next;
	const double enough = full_enough(next);
	int last = flow->npages - 1;
	columns->short_page = -1;
	struct column before = column_of(columns, last - 1);
	double lacking = page_bottom(flow, last, next->top) - enough;
	columns->short_page = last - 1;
	columns->short_keep = keep;
	columns->short_by = page_bottom(flow, last - 1, before.top) - before.bottom;
	/* white space between strips is lost, so that once may not do */
	while (lacking > 1e-6 && columns->short_by < before.top - before.bottom) {
		columns->short_by += fmax(lacking, GRID_UNIT);
		if (strips_place(strips, columns, flow->placed) != flow->npages ||
		    page_bottom(flow, last - 1, before.top) > enough)
			return false;
		lacking = page_bottom(flow, last, next->top) - enough;
	}
	return lacking <= 1e-6;
}

struct flow
flow_place(struct composer *c, const struct strips *strips, struct column first)
{
	struct columns columns = {first, flow_column(&c->theme), .short_page = -1};
	struct flow flow = {.strips = strips, .x = {first.x, columns.next.x}};
	flow.placed = arena_alloc(c->a, (size_t)strips->n * sizeof *flow.placed);
	flow.npages = strips_place(strips, &columns, flow.placed);
	struct flow fuller = flow;
	fuller.placed = arena_alloc(c->a, (size_t)strips->n * sizeof *fuller.placed);
	for (enum keep keep = KEEP_PANEL; keep <= KEEP_LINES && flow.npages > 1; keep++) {
		memcpy(fuller.placed, flow.placed,
		    (size_t)strips->n * sizeof *fuller.placed);
		if (last_page_fill(&fuller, &columns, keep)) {
			flow = fuller;
			break;
		}
	}
	flow.slack = page_bottom(&flow, 0, first.top) - first.bottom;
	return flow;
}

void
flow_lower(const struct flow *flow, double by)
{
	for (int i = 0; i < flow->strips->n && flow->placed[i].page == 0; i++)
		flow->placed[i].top -= by;
}

struct element *
flow_last_element(const struct flow *flow)
{
	struct element *last = NULL;
	for (int i = 0; i < flow->strips->n && flow->placed[i].page == 0; i++)
		last = flow->strips->list[i].pen->element;
	return last;
}

/* --- drawing ------------------------------------------------------------------ */

/* Draws at AT a part of PANEL, which ENDS there or goes on on the next page. */
static void
panel_draw(struct composer *c, const struct panel *panel, bool ends, struct rect at)
{
	const struct theme *t = &c->theme;
	area_add(&c->build, MARK_BACKGROUND, at,
	    panel->is_call ? t->colors.accent : t->colors.panel)
	    ->radius = PANEL_RADIUS;
	if (!panel->is_call || !ends)
		return;
	/* drawn, since a glyph would be copied and heard, artifact or not */
	double size = ARROW * t->grid_heading.size;
	struct rect place = {at.x + at.w - ARROW_W, at.y + (at.h - size) / 2, size, size};
	struct area_box *arrow =
	    area_add(&c->build, MARK_ORNAMENT, place, t->colors.paper);
	arrow->filled = false;
	arrow->stroked = arrow->arrow = true;
	arrow->stroke = t->colors.paper;
	arrow->line_width = size / 4;
}

/* Draws the panels of the strips from FIRST on that stand on its page, in a column at X.
 */
static void
panels_draw(struct composer *c, const struct flow *flow, int first, double x)
{
	const struct strips *strips = flow->strips;
	const struct placed *placed = flow->placed;
	for (int i = first; i < strips->n && placed[i].page == placed[first].page; i++) {
		int number = strips->list[i].panel;
		if (number == 0 || (i > first && strips->list[i - 1].panel == number))
			continue;
		int last = i;
		while (last + 1 < strips->n && strips->list[last + 1].panel == number &&
		    placed[last + 1].page == placed[i].page)
			last++;
		const struct panel *panel = &strips->panels[number - 1];
		double top = placed[i].top + panel->pad;
		double bottom = placed[last].top -
		    strips->list[last].line->style->leading - panel->pad;
		bool ends = strips->list[last].pad_below > 0;
		panel_draw(c, panel, ends,
		    (struct rect){x + panel->x, bottom, panel->w, top - bottom});
	}
}

/* Every heading has a bookmark, below that of the heading that it belongs to. */
static void
heading_mark(struct composer *c, const struct pen *pen)
{
	struct outline *parent = &c->doc->outline;
	/* the last bookmark so far, as deep as this one, is that heading's */
	for (enum role r = ROLE_H2; r < pen->element->role && parent->nchildren > 0; r++)
		parent = &parent->children[parent->nchildren - 1];
	bookmark_add(&c->build, parent, runs_name(pen->runs.list, pen->runs.n, 0, c->a),
	    pen->element);
}

static void
strip_draw(struct composer *c, const struct strip *strip, double x, double top)
{
	double y = top - style_baseline(&c->setter, strip->line->style);
	if (strip->anchored) {
		anchor_set(&c->build, strip->pen->element, x, top);
		heading_mark(c, strip->pen);
	}
	for (int i = strip->nlabels - 1; i >= 0; i--)
		line_draw(c, strip->labels[i].pen, strip->labels[i].line,
		    x + strip->labels[i].x, y);
	line_draw(c, strip->pen, strip->line, x + strip->x, y);
}

void
flow_draw(struct composer *c, const struct flow *flow, int page)
{
	double x = flow->x[page > 0];
	int first = page_first(flow, page);
	for (int i = first; i < flow->strips->n && flow->placed[i].page == page; i++) {
		if (i == first)
			panels_draw(c, flow, i, x);
		strip_draw(c, &flow->strips->list[i], x, flow->placed[i].top);
	}
}
