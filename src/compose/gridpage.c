#include "compose/gridpage.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "compose/closing.h"
#include "compose/code.h"
#include "compose/draw.h"
#include "compose/grid.h"
#include "compose/initials.h"
#include "compose/page.h"

/* so large is a closing panel about */
enum { CAPTION_MAX_LINES = 4, CLOSING_CELLS = 2 };

/* inside a cell: white space left and right of the caption, above the logo, between logo
 * and caption, and below it */
static const double CAPTION_SIDE = 6, ABOVE = 14, BETWEEN = 9, BELOW = 9;
/* the narrowest cell and the lowest logo that still can be recognized */
static const double COMFORTABLE_W = 84, COMFORTABLE_LOGO_H = 32;
/* of a caption; a longer word is broken, or one name would spread all over more pages */
static const double WIDEST_WORD = 130;
/* by so much lines are made shorter at a time, to make them more alike */
static const double BALANCE = 1;
/* of a logo's own white margin, what is shown: renderers soften edges on whole pixels */
static const double LOGO_MARGIN = 1;
/* of a faint shadow around it */
static const double LOGO_HAZE = 9;
/* beside a logo, where its ground has the card's colour */
static const double EDGE_LINE = 0.375;
/* of cells that a closing panel may stand in */
static const double CLOSING_MIN_W = 200;
/* of sums of lengths */
static const double TOLERANCE = 1e-6;
static const double CARD_RADIUS = 5, CARD_LINE = 0.75, LINK_MORE = 1.5;
/* below the heading of the first page and of the others, and above the footer */
static const double FIRST_GAP = 2.5 * GRID_UNIT, NEXT_GAP = 1.5 * GRID_UNIT,
		    FOOT_GAP = GRID_UNIT;

/* The text of a city's card. */
struct card {
	struct paragraph name;
	struct paragraph address; /* without lines where addresses are not shown */
	const struct code *code;  /* of its URL; NULL but in print */
};

struct gridpage {
	bool by_initial; /* bookmarks of cities stand below one for each letter */
	struct grid grid;
	struct paragraph heading, again, intro; /* AGAIN on the pages after the first */
	double first_top, next_top;             /* of the cells, on these */
	struct card *cards;                     /* one a city */
	double usual_code_h, most_code_h;       /* of codes: in a usual row, at most */
	struct closing closing;
	struct outline *outline; /* bookmarks of the cities go below it */
};

/* The widest word of all captions: a cell has to be as wide if it can, within limits.
 * Sets each name on one line, as most stay. */
static double
widest_word(struct composer *c)
{
	const struct text_style *style = &c->theme.caption;
	double widest =
	    COMFORTABLE_W - 2 * CAPTION_SIDE; /* narrower ones do not matter */
	for (int i = 0; i < c->cities->n; i++) {
		const char *name = c->cities->list[i].name.s;
		struct paragraph *whole = &c->grid->cards[i].name;
		*whole = text_line(&c->setter, name, style);
		if (whole->width > widest)
			widest = fmax(widest, text_widest_word(&c->setter, name, style));
	}
	return widest;
}

/* The side of the code of card I; 0: it has none. */
static double
card_code_h(const struct composer *c, int i)
{
	const struct code *code = c->grid->cards[i].code;
	return code != NULL ? CODE_MODULE * code_side(code) : 0;
}

/* Makes the codes of all cards and finds the side of the largest. */
static void
codes_make(struct composer *c)
{
	struct gridpage *g = c->grid;
	for (int i = 0; c->brochure->for_print && i < c->cities->n; i++) {
		const char *url = c->cities->list[i].url.s;
		if (url == NULL)
			continue;
		g->cards[i].code = code_make(c->a, url);
		g->most_code_h = fmax(g->most_code_h, card_code_h(c, i));
	}
}

static struct grid_needs
needs_make(struct composer *c)
{
	struct gridpage *g = c->grid;
	const struct theme *t = &c->theme;
	double address = c->text->grid.no_address ? 0 : t->address.leading;
	double around = ABOVE + BETWEEN + t->caption.leading + address + BELOW;
	double first_h = g->first_top - t->margin_bottom - FOOT_GAP;
	/* most rows have a large code; a huge one may stand on the second page */
	g->usual_code_h =
	    fmax(0, fmin(g->most_code_h, first_h - COMFORTABLE_LOGO_H - around));
	return (struct grid_needs){
	    .ncells = c->cities->n,
	    .ntail = c->text->grid.closing.text.s != NULL ? CLOSING_CELLS : 0,
	    .area_w = t->content_w,
	    .first_h = first_h,
	    .next_h = g->next_top - t->margin_bottom - FOOT_GAP,
	    .gap = fmin(fmax(floor(0.03 * t->content_w), 8), 14),
	    .min_w = fmax(fmax(fmin(widest_word(c), WIDEST_WORD), g->most_code_h) +
		    2 * CAPTION_SIDE,
		COMFORTABLE_W),
	    .min_logo_h = COMFORTABLE_LOGO_H,
	    .overhead_h = around + g->usual_code_h,
	};
}

/* The styles of a card's text, in the colours that its ground wants. */
struct card_styles {
	const struct text_style *name, *address;
};

static struct card_styles
card_styles(struct composer *c, struct card_choice choice)
{
	if (choice.kind == CARD_PLAIN)
		return (struct card_styles){&c->theme.caption, &c->theme.address};
	const struct card_colors colors = card_colors(&c->theme.colors, choice);
	struct text_style *name = arena_alloc(c->a, sizeof *name);
	struct text_style *address = arena_alloc(c->a, sizeof *address);
	*name = c->theme.caption;
	*address = c->theme.address;
	name->color = colors.caption;
	address->color = colors.quiet;
	return (struct card_styles){name, address};
}

/* The lines of a name that takes several are as alike as can be. */
static struct paragraph
name_set(
    struct composer *c, const char *name, const struct text_style *style, double measure)
{
	struct paragraph set = text_set(&c->setter, name, style, measure), narrower = set;
	while (narrower.n == set.n && !narrower.emergency) {
		set = narrower;
		narrower = text_set(&c->setter, name, style, set.width - BALANCE);
	}
	return set;
}

/* Where the first LEN bytes of ADDRESS, which WHOLE shows, are best broken in two: after
 * a dot or slash, as a hyphen there might belong to it or not.  Writes the width to *W.
 */
static size_t
address_break(const char *address, size_t len, const struct line *whole, double *w)
{
	size_t best = 0;
	*w = INFINITY;
	for (size_t i = 1; i < len; i++) {
		if (strchr("./", address[i - 1]) == NULL)
			continue;
		double widest =
		    fmax(line_part_width(whole, 0, i), line_part_width(whole, i, len));
		if (widest < *w) {
			*w = widest;
			best = i;
		}
	}
	return best;
}

/* The first LEN bytes of ADDRESS, which WHOLE shows, on one line or two. */
static struct paragraph
address_set(struct composer *c, const char *address, size_t len, const struct line *whole,
    double measure)
{
	double width = line_part_width(whole, 0, len);
	size_t at = len;
	if (width > measure)
		at = address_break(address, len, whole, &width);
	if (width > measure)
		return text_set(
		    &c->setter, arena_strndup(c->a, address, len), whole->style, measure);
	struct line *lines = arena_alloc(c->a, 2 * sizeof *lines);
	lines[0] = line_part(&c->setter, whole, 0, at);
	if (at < len)
		lines[1] = line_part(&c->setter, whole, at, len);
	return (struct paragraph){.lines = lines, .n = at < len ? 2 : 1, .width = width};
}

static void
card_set(struct composer *c, int index)
{
	const struct city *city = &c->cities->list[index];
	struct card *card = &c->grid->cards[index];
	double measure = c->grid->grid.cell_w - 2 * CAPTION_SIDE;
	struct card_styles styles = card_styles(c, city->card);
	card->name.lines->style = styles.name;
	if (card->name.width > measure)
		card->name = name_set(c, city->name.s, styles.name, measure);
	if (c->text->grid.no_address || city->url.s == NULL)
		return;
	const char *address =
	    city->brief.s != NULL ? city->brief.s : c->brochure->names[index].address;
	const struct paragraph whole = text_line(&c->setter, address, styles.address);
	size_t len = strlen(address);
	/* a path that does not fit is left out, unless somebody wrote it for this */
	if (whole.width > measure && city->brief.s == NULL)
		len = strcspn(address, "/?#");
	card->address = address_set(c, address, len, whole.lines, measure);
}

/* By how much the text of CARD is taller than a usual one. */
static double
text_extra(const struct composer *c, const struct card *card)
{
	const struct theme *t = &c->theme;
	double more = (card->name.n - 1) * t->caption.leading;
	return card->address.n > 1 ? more + (card->address.n - 1) * t->address.leading
				   : more;
}

/* Makes the codes of the row that begins with card FROM, which is EXTRA taller than
 * usual, as wide as its widest, where there is room for that. */
static void
codes_even(struct composer *c, int from, double extra)
{
	struct gridpage *g = c->grid;
	int to = from + g->grid.ncolumns, widest = from;
	to = to < c->cities->n ? to : c->cities->n;
	for (int i = from; i < to; i++)
		if (card_code_h(c, i) > card_code_h(c, widest))
			widest = i;
	double room = extra + g->usual_code_h - card_code_h(c, widest);
	for (int i = from; i < to; i++) {
		struct card *card = &g->cards[i];
		if (card_code_h(c, i) < card_code_h(c, widest) && card->code != NULL &&
		    text_extra(c, card) <= room + TOLERANCE)
			card->code = code_make_wide(
			    c->a, c->cities->list[i].url.s, g->cards[widest].code->width);
	}
}

/* Sets the text of all cards.  By how much each row is taller than a usual one. */
static double *
cards_set(struct composer *c)
{
	struct gridpage *g = c->grid;
	int n = g->grid.ncolumns;
	double *extra = arena_alloc(c->a, (size_t)g->grid.nrows * sizeof *extra);
	for (int i = 0; i < c->cities->n; i++) {
		card_set(c, i);
		double more =
		    text_extra(c, &g->cards[i]) + card_code_h(c, i) - g->usual_code_h;
		extra[i / n] = i % n == 0 ? more : fmax(extra[i / n], more);
	}
	for (int i = 0; i < g->grid.nrows; i++)
		codes_even(c, i * n, extra[i]);
	return extra;
}

/* The width of N cells side by side. */
static double
cells_w(const struct grid *grid, int n)
{
	return n * (grid->cell_w + grid->gap) - grid->gap;
}

/* Finds a place for the closing panel: in the cells that the last row leaves free, if
 * they are wide enough and it reaches no further down there than below that row. */
static void
closing_plan(struct composer *c, struct grid_needs *needs, const double *extra)
{
	struct gridpage *g = c->grid;
	const struct grid *grid = &g->grid;
	int nfree = grid->nrows * grid->ncolumns - c->cities->n;
	if (c->text->grid.closing.text.s == NULL)
		return;
	const struct code *code = closing_code(c);
	g->closing = closing_set(c, cells_w(grid, grid->ncolumns), code, false);
	needs->tail_h = grid->gap + g->closing.height;
	if (nfree == 0 || cells_w(grid, nfree) < CLOSING_MIN_W)
		return;
	struct closing beside = closing_set(c, cells_w(grid, nfree), code, true);
	double last_h = beside.head + beside.height;
	double texts = needs->overhead_h + extra[grid->nrows - 1] - ABOVE - BETWEEN;
	double reach = fmax(0, beside.height - texts);
	double usual = texts + ABOVE + BETWEEN + needs->min_logo_h;
	if (fmax(reach, last_h - usual) > needs->tail_h)
		return;
	g->closing = beside;
	needs->tail_h = reach;
	needs->last_h = last_h;
}

static bool
cards_check(struct composer *c)
{
	bool ok = true;
	for (int i = 0; i < c->cities->n; i++) {
		int n = c->grid->cards[i].name.n;
		if (n <= CAPTION_MAX_LINES)
			continue;
		const struct city *city = &c->cities->list[i];
		diag_report(c->d, RULE_CITY_LONG, city->name.at,
		    _("the name \"%s\" takes %d lines below its logo; expected %d at most: "
		      "shorten it"),
		    city->name.s, n, CAPTION_MAX_LINES);
		ok = false;
	}
	return ok;
}

/* Sets the headings of the first page and of the others. */
static void
heads_set(struct composer *c)
{
	struct gridpage *g = c->grid;
	const struct theme *t = &c->theme;
	const char *heading = c->text->grid.heading.s;
	const char *again =
	    arena_printf(c->a, "%s (%s)", heading, c->brochure->words.continued.s);
	double top = t->page_h - t->margin_top;
	g->heading = text_set(&c->setter, heading, &t->grid_heading, t->content_w);
	const char *intro = c->text->grid.intro.s;
	if (c->brochure->for_print && c->text->grid.intro_print.s != NULL)
		intro = c->text->grid.intro_print.s;
	g->intro = text_set(&c->setter, intro, &t->intro, t->content_w);
	g->again = text_set(&c->setter, again, &t->heading[1], t->content_w);
	g->first_top = top - g->heading.n * t->grid_heading.leading -
	    g->intro.n * t->intro.leading - GRID_UNIT - FIRST_GAP;
	g->next_top = top - g->again.n * t->heading[1].leading - NEXT_GAP;
}

bool
gridpage_plan(struct composer *c)
{
	struct gridpage *g = c->grid = arena_alloc(c->a, sizeof *g);
	g->cards = arena_alloc(c->a, (size_t)c->cities->n * sizeof *g->cards);
	heads_set(c);
	codes_make(c);
	struct grid_needs needs = needs_make(c);
	if (grid_columns(&needs, &g->grid)) {
		double *extra = cards_set(c);
		closing_plan(c, &needs, extra);
		if (!cards_check(c))
			return false;
		if (grid_rows(&needs, extra, c->a, &g->grid))
			return true;
	}
	diag_report(c->d, RULE_PAGE_FULL, c->text->grid.heading.at,
	    _("the heading and the introduction of the grid leave no room for a logo; "
	      "shorten them or choose a larger page"));
	return false;
}

int
gridpage_count(const struct composer *c)
{
	return c->grid->grid.npages;
}

struct size
gridpage_logo_box(const struct composer *c)
{
	const struct grid *grid = &c->grid->grid;
	return (struct size){GRID_LOGO_SHARE * grid->cell_w, grid->logo_h};
}

/* How much of a margin, HAZE wide or more, is shown. */
static double
margin_shown(double margin, double haze)
{
	return fmin(margin, fmax(LOGO_MARGIN, fmin(haze, LOGO_HAZE)));
}

/* What is shown of LOGO, from the lower left corner of what can be seen. */
static struct rect
logo_clip(const struct logo *logo)
{
	const struct rect f = logo->frame, s = logo->shown;
	const struct size ink = logo->size;
	double left = margin_shown(-f.x, -s.x), below = margin_shown(-f.y, -s.y);
	double right = margin_shown(f.x + f.w - ink.w, s.x + s.w - ink.w);
	double above = margin_shown(f.y + f.h - ink.h, s.y + s.h - ink.h);
	return (struct rect){-left, -below, ink.w + left + right, ink.h + below + above};
}

/* Marks where a flag of the colour of its card ends. */
static void
edges_draw(
    struct composer *c, const struct logo *logo, struct rect ink, struct color hair)
{
	for (int i = 0; i < logo->nedges; i++) {
		const struct rect e = logo->edges[i];
		area_add(&c->build, MARK_LAYOUT,
		    (struct rect){ink.x + e.x - EDGE_LINE, ink.y + e.y - EDGE_LINE,
			e.w + 2 * EDGE_LINE, e.h + 2 * EDGE_LINE},
		    hair);
	}
}

void
logo_show(struct composer *c, struct element *parent, const struct logo *logo,
    struct rect ink, const char *alt)
{
	struct element *figure = element_add(&c->build, parent, ROLE_FIGURE);
	figure->alt = alt;
	struct image_box *image =
	    &box_add(&c->build, BOX_IMAGE, mark_add(&c->build, figure))->image;
	image->logo = logo;
	image->frame = (struct rect){
	    ink.x + logo->frame.x, ink.y + logo->frame.y, logo->frame.w, logo->frame.h};
	image->clip = logo_clip(logo);
	image->clip.x += ink.x;
	image->clip.y += ink.y;
	figure->has_bbox = true;
	figure->bbox = image->clip;
}

static void
logo_draw(struct composer *c, struct element *linked, int index, struct rect cell)
{
	const struct logo *logo = c->logos->list[index];
	if (logo == NULL)
		return;
	struct size room = gridpage_logo_box(c), size = logo->size;
	const struct rect ink = {
	    cell.x + (cell.w - size.w) / 2,
	    cell.y + cell.h - ABOVE - (room.h + size.h) / 2,
	    size.w,
	    size.h,
	};
	const struct card_colors colors =
	    card_colors(&c->theme.colors, c->cities->list[index].card);
	logo_show(c, linked, logo, ink, c->brochure->names[index].logo);
	edges_draw(c, logo, ink, colors.hair);
}

/* Draws PARAGRAPH in the middle of CELL, its first line below TOP.  The y below it. */
static double
centred_draw(struct composer *c, struct element *linked,
    const struct paragraph *paragraph, struct rect cell, double top)
{
	struct pen pen = {.element = element_add(&c->build, linked, ROLE_SPAN)};
	for (int i = 0; i < paragraph->n; i++) {
		const struct line *line = &paragraph->lines[i];
		line_draw(c, &pen, line, cell.x + (cell.w - line->width) / 2,
		    top - style_baseline(&c->setter, line->style));
		top -= line->style->leading;
	}
	return top;
}

/* The link of a CELL whose text ends at BOTTOM: all of it and a little more, since a long
 * line is up to two points wider in pdf.js; see document.c.  It is as tall as the cell,
 * but where a caption beside it is longer only as far down as its own.  pdf.js looks for
 * the text that a link stands with in all lines that it covers, and would take a line
 * that only another card has. */
static struct rect
link_place(struct rect cell, double bottom)
{
	double lacking = bottom - cell.y - BELOW;
	cell.w += LINK_MORE;
	if (lacking < GRID_UNIT / 2)
		return cell;
	return (struct rect){cell.x, bottom, cell.w, cell.h - (bottom - cell.y)};
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
	linked->lang = city->lang.s;
	anchor_set(&c->build, linked, cell.x, cell.y + cell.h);
	logo_draw(c, linked, index, cell);
	const struct card *text = &c->grid->cards[index];
	double top = cell.y + cell.h - ABOVE - c->grid->grid.logo_h - BETWEEN;
	top = centred_draw(c, linked, &text->name, cell, top);
	if (text->address.n > 0)
		top = centred_draw(c, linked, &text->address, cell, top);
	double code_h = card_code_h(c, index);
	if (code_h > 0)
		code_draw(&c->build, MARK_LAYOUT, text->code,
		    (struct rect){cell.x + (cell.w - code_h) / 2,
			cell.y + BELOW - CODE_MODULE * CODE_QUIET, code_h, code_h});
	struct rect place = link_place(cell, code_h > 0 ? cell.y + BELOW : top);
	link_add(&c->build, linked, c->brochure->names[index].link, place)->uri =
	    city->url.s;
	struct outline *above = c->grid->outline;
	if (c->grid->by_initial)
		above = initial_outline(c, above, city->name.s, linked);
	bookmark_add(&c->build, above, city->name.s, linked);
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
	paragraph_draw(c, &intro, &c->grid->intro, t->margin_x, top - GRID_UNIT);
}

/* The heading once more; a screen reader has read it already. */
static void
next_page_head(struct composer *c)
{
	const struct theme *t = &c->theme;
	struct pen pen = {.mark = MARK_HEADER};
	paragraph_draw(c, &pen, &c->grid->again, t->margin_x, t->page_h - t->margin_top);
}

/* The place of N cells from COLUMN of ROW on. */
static struct rect
cells_place(const struct composer *c, int row, int column, int n)
{
	const struct gridpage *g = c->grid;
	const struct grid_row *at = &g->grid.rows[row];
	double top = at->page == 0 ? g->first_top : g->next_top;
	return (struct rect){c->theme.margin_x + column * (g->grid.cell_w + g->grid.gap),
	    top - at->drop - at->h, cells_w(&g->grid, n), at->h};
}

/* Draws the closing panel. */
static void
closing_place(struct composer *c, struct element *sect)
{
	struct gridpage *g = c->grid;
	const struct grid *grid = &g->grid;
	bool beside = g->closing.head > 0;
	int used = beside ? c->cities->n % grid->ncolumns : 0;
	struct rect at =
	    cells_place(c, grid->nrows - beside, used, grid->ncolumns - used);
	if (beside) {
		double top = at.y + at.h;
		g->closing.head = fmax(g->closing.head, ABOVE + grid->logo_h + BETWEEN);
		at.h = fmax(at.h, g->closing.head + g->closing.height);
		at.y = top - at.h;
	}
	closing_draw(c, sect, g->outline, &g->closing, at);
}

void
gridpage_draw(struct composer *c, struct element *sect, struct outline *outline)
{
	const struct grid *grid = &c->grid->grid;
	struct element *list = NULL;
	int page = -1, n = grid->ncolumns;
	c->grid->outline = outline;
	c->grid->by_initial = initials_wanted(c);
	for (int i = 0; i < c->cities->n; i++) {
		if (grid->rows[i / n].page > page) {
			page_start(c);
			if (++page > 0)
				next_page_head(c);
			else
				first_page_head(c, sect);
			if (page == 0)
				list = element_add(&c->build, sect, ROLE_L);
		}
		cell_draw(c, list, i, cells_place(c, i / n, i % n, 1));
	}
	if (c->grid->closing.height > 0)
		closing_place(c, sect);
}
