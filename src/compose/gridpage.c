#include "compose/gridpage.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "compose/draw.h"
#include "compose/grid.h"
#include "compose/page.h"

enum { CAPTION_MAX_LINES = 3 };

/* inside a cell: white space left and right of the logo and of the caption, above the
 * logo, between the two, and below the caption */
static const double LOGO_SIDE = 19, LOGO_SIDE_SHARE = 0.134, CAPTION_SIDE = 6, ABOVE = 14,
		    BETWEEN = 9, BELOW = 8;
/* the narrowest cell and the lowest logo that still can be recognized */
static const double COMFORTABLE_W = 84, COMFORTABLE_LOGO_H = 26;
/* of a caption; a longer word is broken, or one name would spread all over more pages */
static const double WIDEST_WORD = 130;
/* of a logo's own white margin, what is shown: renderers soften edges on whole pixels */
static const double LOGO_MARGIN = 1;
static const double CARD_RADIUS = 5, CARD_LINE = 0.75;
/* of a link to the right of its card: its middle is then to the right of the caption's,
 * and pdf.js, which looks there for the text that a link stands with, does not take the
 * card before */
static const double LINK_REACH = 0.5;

struct gridpage {
	struct grid grid;
	struct paragraph heading, intro;
	struct paragraph *captions; /* one a city */
	int caption_lines;          /* of the tallest */
	double area_top;            /* of the cells, on every page */
	struct outline *outline;    /* bookmarks of the cities go below it */
};

static double
caption_measure(const struct gridpage *g)
{
	return g->grid.cell_w - 2 * CAPTION_SIDE;
}

/* The widest word of all captions: a cell has to be as wide if it can, within limits. */
static double
widest_word(struct composer *c)
{
	double widest = 0;
	for (int i = 0; i < c->cities->n; i++)
		widest = fmax(widest,
		    text_widest_word(
			&c->setter, c->cities->list[i].name.s, &c->theme.caption));
	return widest;
}

static bool
plan_with_lines(struct composer *c, int lines, double word)
{
	struct gridpage *g = c->grid;
	const struct theme *t = &c->theme;
	double below_logo = BETWEEN + lines * t->caption.leading + BELOW;
	struct grid_needs needs = {
	    .ncells = c->cities->n,
	    .area_w = t->content_w,
	    .area_h = g->area_top - t->margin_bottom,
	    .gap = fmin(fmax(floor(0.03 * t->content_w), 8), 14),
	    .min_w = fmax(fmin(word, WIDEST_WORD) + 2 * CAPTION_SIDE, COMFORTABLE_W),
	    .min_h = ABOVE + COMFORTABLE_LOGO_H + below_logo,
	    .overhead_w = 2 * LOGO_SIDE,
	    .overhead_h = ABOVE + below_logo,
	};
	g->caption_lines = lines;
	return grid_plan(&needs, &g->grid);
}

/* The style of a caption, in the colour that its card wants. */
static const struct text_style *
caption_style(struct composer *c, struct card_choice card)
{
	if (card.kind == CARD_PLAIN)
		return &c->theme.caption;
	struct text_style *style = arena_alloc(c->a, sizeof *style);
	*style = c->theme.caption;
	style->color = card_colors(&c->theme.colors, card).caption;
	return style;
}

/* Sets every caption for the planned cells: the lines of the tallest. */
static int
captions_set(struct composer *c)
{
	struct gridpage *g = c->grid;
	int most = 1;
	g->captions = arena_alloc(c->a, (size_t)c->cities->n * sizeof *g->captions);
	for (int i = 0; i < c->cities->n; i++) {
		const struct city *city = &c->cities->list[i];
		g->captions[i] = text_set(&c->setter, city->name.s,
		    caption_style(c, city->card), caption_measure(g));
		if (g->captions[i].n > most)
			most = g->captions[i].n;
	}
	return most;
}

static bool
captions_check(struct composer *c)
{
	bool ok = true;
	for (int i = 0; i < c->cities->n; i++) {
		if (c->grid->captions[i].n <= CAPTION_MAX_LINES)
			continue;
		const struct city *city = &c->cities->list[i];
		diag_report(c->d, RULE_CITY_LONG, city->name.at,
		    _("the name \"%s\" takes %d lines below its logo; expected %d at most: "
		      "shorten it"),
		    city->name.s, c->grid->captions[i].n, CAPTION_MAX_LINES);
		ok = false;
	}
	return ok;
}

static bool
no_room(struct composer *c)
{
	diag_report(c->d, RULE_PAGE_FULL, c->text->grid.heading.at,
	    _("the heading and the introduction of the grid leave no room for a logo; "
	      "shorten them or choose a larger page"));
	return false;
}

bool
gridpage_plan(struct composer *c)
{
	struct gridpage *g = c->grid = arena_alloc(c->a, sizeof *g);
	const struct theme *t = &c->theme;
	g->heading =
	    text_set(&c->setter, c->text->grid.heading.s, &t->grid_heading, t->content_w);
	g->intro = text_set(&c->setter, c->text->grid.intro.s, &t->intro, t->content_w);
	g->area_top = t->page_h - t->margin_top - g->heading.n * t->grid_heading.leading -
	    g->intro.n * t->intro.leading - 3.5 * GRID_UNIT;

	double word = widest_word(c);
	int lines = 0, needed = 1;
	while (needed > lines && lines < CAPTION_MAX_LINES) {
		if (!plan_with_lines(c, ++lines, word))
			return no_room(c);
		needed = captions_set(c);
	}
	return captions_check(c);
}

int
gridpage_count(const struct composer *c)
{
	return c->grid->grid.npages;
}

struct size
gridpage_logo_box(const struct composer *c)
{
	const struct gridpage *g = c->grid;
	return (struct size){
	    g->grid.cell_w - 2 * fmin(LOGO_SIDE, LOGO_SIDE_SHARE * g->grid.cell_w),
	    g->grid.cell_h - ABOVE - BETWEEN - BELOW -
		g->caption_lines * c->theme.caption.leading,
	};
}

/* INK with as much of its margin in FRAME as is shown. */
static struct rect
with_margin(struct rect ink, struct rect frame)
{
	double left = fmin(ink.x - frame.x, LOGO_MARGIN);
	double below = fmin(ink.y - frame.y, LOGO_MARGIN);
	double right = fmin(frame.x + frame.w - ink.x - ink.w, LOGO_MARGIN);
	double above = fmin(frame.y + frame.h - ink.y - ink.h, LOGO_MARGIN);
	return (struct rect){
	    ink.x - left, ink.y - below, ink.w + left + right, ink.h + below + above};
}

static void
logo_draw(struct composer *c, struct element *linked, int index, struct rect cell)
{
	const struct logo *logo = c->logos->list[index];
	if (logo == NULL)
		return;
	struct element *figure = element_add(&c->build, linked, ROLE_FIGURE);
	figure->alt = c->brochure->names[index].logo;
	struct size room = gridpage_logo_box(c), size = logo->size;
	struct image_box *image =
	    &box_add(&c->build, BOX_IMAGE, mark_add(&c->build, figure))->image;
	const struct rect ink = {
	    cell.x + (cell.w - size.w) / 2,
	    cell.y + cell.h - ABOVE - (room.h + size.h) / 2,
	    size.w,
	    size.h,
	};
	image->logo = logo;
	image->frame = (struct rect){
	    ink.x + logo->frame.x, ink.y + logo->frame.y, logo->frame.w, logo->frame.h};
	image->clip = with_margin(ink, image->frame);
	figure->has_bbox = true;
	figure->bbox = image->clip;
}

static void
caption_draw(struct composer *c, struct element *linked, const struct paragraph *caption,
    struct rect cell)
{
	const struct text_style *style = &c->theme.caption;
	struct pen pen = {.element = element_add(&c->build, linked, ROLE_SPAN)};
	double y = cell.y + BELOW + c->grid->caption_lines * style->leading -
	    style_baseline(&c->setter, style);
	for (int i = 0; i < caption->n; i++) {
		const struct line *line = &caption->lines[i];
		line_draw(c, &pen, line, cell.x + (cell.w - line->width) / 2,
		    y - i * style->leading);
	}
}

static void
cell_draw(struct composer *c, struct element *list, int index, struct rect cell)
{
	const struct city *city = &c->cities->list[index];
	const struct card_colors colors = card_colors(&c->theme.colors, city->card);
	struct area_box *card = area_add(&c->build, MARK_LAYOUT, cell, colors.card);
	card->radius = CARD_RADIUS;
	card->stroked = true;
	card->stroke = colors.hair;
	card->line_width = CARD_LINE;
	struct element *item = element_add(&c->build, list, ROLE_LI);
	struct element *body = element_add(&c->build, item, ROLE_LBODY);
	struct element *linked = element_add(&c->build, body, ROLE_LINKED);
	anchor_set(&c->build, linked, cell.x, cell.y + cell.h);
	logo_draw(c, linked, index, cell);
	caption_draw(c, linked, &c->grid->captions[index], cell);
	cell.w += LINK_REACH;
	link_add(&c->build, linked, c->brochure->names[index].link, cell)->uri =
	    city->url.s;
	bookmark_add(&c->build, c->grid->outline, city->name.s, linked);
}

static void
first_page_head(struct composer *c, struct element *sect)
{
	const struct theme *t = &c->theme;
	struct pen heading = {.element = c->grid_heading};
	double top = t->page_h - t->margin_top;
	element_attach(&c->build, sect, c->grid_heading);
	anchor_set(&c->build, c->grid_heading, t->margin_x, top);
	top = paragraph_draw(c, &heading, &c->grid->heading, t->margin_x, top);
	struct pen intro = {.element = element_add(&c->build, sect, ROLE_P)};
	paragraph_draw(c, &intro, &c->grid->intro, t->margin_x, top - 0.5 * GRID_UNIT);
}

/* The heading once more; a screen reader has read it already. */
static void
next_page_head(struct composer *c)
{
	const struct theme *t = &c->theme;
	struct pen pen = {.mark = MARK_HEADER};
	const char *again = arena_printf(
	    c->a, "%s (%s)", c->text->grid.heading.s, c->brochure->words.continued.s);
	struct paragraph set = text_set(&c->setter, again, &t->heading[1], t->content_w);
	if (set.n > c->grid->heading.n + 1)
		set.n = c->grid->heading.n + 1;
	paragraph_draw(c, &pen, &set, t->margin_x, t->page_h - t->margin_top);
}

void
gridpage_draw(struct composer *c, struct element *sect, struct outline *outline)
{
	const struct theme *t = &c->theme;
	struct gridpage *g = c->grid;
	struct element *list = NULL;
	g->outline = outline;
	for (int page = 0, index = 0; page < g->grid.npages; page++) {
		page_start(c);
		if (page == 0) {
			first_page_head(c, sect);
			list = element_add(&c->build, sect, ROLE_L);
		} else {
			next_page_head(c);
		}
		struct grid_area area = {t->margin_x, g->area_top, t->content_w,
		    grid_page_cells(&g->grid, page)};
		for (int i = 0; i < area.ncells; i++)
			cell_draw(c, list, index++, grid_cell(&g->grid, area, i));
	}
}
