#include "compose/flow.h"

#include <string.h>

#include "compose/page.h"

static const double PANEL_RADIUS = 5;

/* from the edge of a panel to its text */
static const double PANEL_INSET = 2 * GRID_UNIT;
/* from the text to the text of a list's items */
static const double LIST_INDENT = 2 * GRID_UNIT;

const char *const list_bullets[2] = {"\xe2\x80\xa2 ", "\xe2\x80\x93 "};

/* --- setting ------------------------------------------------------------------ */

/* Where the next strips go. */
struct shelf {
	struct composer *c;
	struct strips out;
	double x, measure;
	int panel;
	double panel_x;
	int depth; /* of lists */
	double before;
	bool headed; /* the last paragraph was a heading */
	bool alone;  /* it was a line that a heading has below it */
};

static void
blocks_set(struct shelf *s, const struct block *blocks, int n, struct element *parent);

static void
strips_add(struct shelf *s, const struct block *block, struct element *element,
    const struct text_style *style)
{
	struct composer *c = s->c;
	struct pen *pen = arena_alloc(c->a, sizeof *pen);
	*pen = (struct pen){.element = element, .runs = {block->runs, block->nruns}};
	struct paragraph set = paragraph_set(&c->setter, pen->runs, style, s->measure);
	bool heading = block->kind == BLOCK_HEADING;
	/* a heading keeps with two lines, unless there is only one */
	if (s->alone && !heading)
		s->out.list[s->out.n - 1].keep = true;
	for (int i = 0; i < set.n; i++) {
		struct strip *strip = arena_append(c->a, s->out.list, s->out.n);
		strip->before = i == 0 ? s->before : 0;
		/* neither the first nor the last line of a paragraph stands alone */
		strip->keep = heading || i == 0 || i == set.n - 2;
		if (i == set.n - 1)
			strip->keep = heading;
		strip->panel = s->panel;
		strip->panel_x = s->panel_x;
		strip->x = s->x;
		strip->line = &set.lines[i];
		strip->pen = pen;
		strip->anchored = heading && i == 0;
	}
	s->before = heading ? 0.5 * GRID_UNIT : GRID_UNIT;
	s->alone = s->headed && set.n == 1;
	s->headed = heading;
}

/* Every heading has a bookmark, below that of the heading that it belongs to. */
static void
heading_mark(struct shelf *s, int level, struct runs runs, const struct element *element)
{
	struct composer *c = s->c;
	struct outline *parent = &c->doc->outline;
	const char *title = "";
	for (int i = 0; i < runs.n; i++)
		title = arena_printf(c->a, "%s%s", title, runs.list[i].text);
	char *line = arena_strdup(c->a, title);
	for (char *p = line; *p != '\0'; p++)
		*p = *p == '\n' ? ' ' : *p;
	/* the last bookmark so far, as deep as LEVEL, is that heading's */
	for (int i = 2; i < level && parent->nchildren > 0; i++)
		parent = &parent->children[parent->nchildren - 1];
	bookmark_add(&c->build, parent, line, element);
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
	heading_mark(s, level, (struct runs){block->runs, block->nruns}, heading);
}

/* Puts the mark of a list item at X, to the left of its first line. */
static void
label_set(struct shelf *s, struct strip *first, const char *mark, double x,
    struct element *element)
{
	struct composer *c = s->c;
	struct paragraph set =
	    text_set(&c->setter, mark, &c->theme.body, 10 * LIST_INDENT);
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

static void
list_set(struct shelf *s, const struct block *list, struct element *parent)
{
	struct composer *c = s->c;
	struct element *l = element_add(&c->build, parent, ROLE_L);
	l->numbering = list->ordered ? NUMBERING_DECIMAL : NUMBERING_DISC;
	double indent = list_indent(c, list);
	s->x += indent;
	s->measure -= indent;
	for (int i = 0; i < list->nchildren; i++) {
		const struct block *item = &list->children[i];
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
		s->before = 0.5 * GRID_UNIT;
	}
	s->x -= indent;
	s->measure += indent;
	s->before = GRID_UNIT;
}

/* A block quote is a panel; its paragraphs are kids of PARENT, for it quotes nobody. */
static void
panel_set(struct shelf *s, const struct block *quote, struct element *parent)
{
	if (s->panel != 0) {
		blocks_set(s, quote->children, quote->nchildren, parent);
		return;
	}
	int first = s->out.n;
	double inside_w = s->c->theme.column_w - s->x - 2 * PANEL_INSET;
	double measure = s->measure;
	s->panel = ++s->out.npanels;
	s->panel_x = s->x;
	s->x += PANEL_INSET;
	if (s->measure > inside_w)
		s->measure = inside_w;
	s->before = 2 * GRID_UNIT;
	blocks_set(s, quote->children, quote->nchildren, parent);
	s->x -= PANEL_INSET;
	s->measure = measure;
	s->panel = 0;
	s->before = 2 * GRID_UNIT;
	if (first == s->out.n)
		return;
	s->out.list[first].pad_above = PANEL_INSET;
	s->out.list[s->out.n - 1].pad_below = PANEL_INSET;
	for (int i = first; i + 1 < s->out.n; i++)
		s->out.list[i].keep = true;
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
strips_make(struct composer *c, struct element *parent)
{
	struct shelf s = {.c = c, .measure = c->theme.measure};
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
	const struct strip *list = strips->list;
	double height = strip_height(&list[first]);
	int last = first;
	while (height <= page_height && last + 1 < strips->n && list[last].keep) {
		last++;
		height += list[last].before + strip_height(&list[last]);
	}
	return height <= page_height ? last : first;
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
			top -= list[i].line->style->leading + list[i].pad_below;
		}
	}
	return placed;
}

/* Draws the panels of the strips from FIRST on that stand on its page, in a column at X.
 */
static void
panels_draw(struct composer *c, const struct strips *strips, const struct placed *placed,
    int first, double x)
{
	for (int i = first; i < strips->n && placed[i].page == placed[first].page; i++) {
		int panel = strips->list[i].panel;
		if (panel == 0 || (i > first && strips->list[i - 1].panel == panel))
			continue;
		int last = i;
		while (last + 1 < strips->n && strips->list[last + 1].panel == panel &&
		    placed[last + 1].page == placed[i].page)
			last++;
		double top = placed[i].top + strips->list[i].pad_above;
		double bottom = placed[last].top -
		    strips->list[last].line->style->leading -
		    strips->list[last].pad_below;
		area_add(&c->build, MARK_BACKGROUND,
		    (struct rect){x + strips->list[i].panel_x, bottom,
			c->theme.column_w - strips->list[i].panel_x, top - bottom},
		    c->theme.colors.panel)
		    ->radius = PANEL_RADIUS;
	}
}

static void
strip_draw(struct composer *c, const struct strip *strip, double x, double top)
{
	double y = top - style_baseline(&c->setter, strip->line->style);
	if (strip->anchored)
		anchor_set(&c->build, strip->pen->element, x, top);
	for (int i = strip->nlabels - 1; i >= 0; i--)
		line_draw(c, strip->labels[i].pen, strip->labels[i].line,
		    x + strip->labels[i].x, y);
	line_draw(c, strip->pen, strip->line, x + strip->x, y);
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
			panels_draw(c, strips, placed, i, x);
		strip_draw(c, &strips->list[i], x, placed[i].top);
	}
}
