#include "compose/cover.h"

#include <math.h>

#include "base/i18n.h"
#include "compose/figures.h"
#include "compose/flow.h"

enum { BARS_MAX = 24, LEAD_MAX_LINES = 8, TITLE_MAX_LINES = 5 };

/* sizes tried for the title, from the largest; on one line if that is no smaller than
 * ONE_LINE */
static const double TITLE_LARGEST = 42, TITLE_ONE_LINE = 27, TITLE_SMALLEST = 20;
/* of the room that the text leaves, the part that makes the band higher */
static const double BAND_SHARE = 0.55;
static const double BARS_MIN_H = 6 * GRID_UNIT, BARS_MAX_H = 17 * GRID_UNIT;
/* a bar's share of its place, the widest place, and the first bar's height to the last
 * one's */
static const double BAR_SHARE = 0.76, BAR_MAX_PITCH = 48, BAR_LOWEST = 0.35;
static const double BAND_GAP = 2 * GRID_UNIT, FIGURES_GAP = 3 * GRID_UNIT;

/* What stands on the first page, and where. */
struct cover {
	double x, text_w; /* of what stands on the band */
	struct rect band;
	struct paragraph kicker, title, lead;
	struct text_style title_style;
	const struct block *lead_block; /* NULL: the text starts without a lead */
	struct figures figures;
	struct strips strips;
	struct column column; /* of the figures and the text */
};

/* The largest type in which the title stands on one line, or on a few without cut words.
 */
static bool
title_set(struct composer *c, struct cover *cover)
{
	struct setter quiet = c->setter;
	struct diag ignored = {0}; /* what the font lacks is reported once, at the end */
	quiet.d = &ignored;
	const struct text_style largest = c->theme.title;
	struct text_style style = largest;
	bool set = false, one_line = false;
	for (double size = TITLE_LARGEST; size >= TITLE_SMALLEST && !one_line; size--) {
		style.size = size;
		style.leading = largest.leading * size / largest.size;
		struct paragraph p =
		    text_set(&quiet, c->text->title, &style, cover->text_w);
		one_line = p.n == 1 && size >= TITLE_ONE_LINE;
		if (one_line || (!set && p.n <= TITLE_MAX_LINES && !p.emergency)) {
			cover->title_style = style;
			set = true;
		}
	}
	diag_free(&ignored);
	if (set)
		cover->title = text_set(
		    &c->setter, c->text->title, &cover->title_style, cover->text_w);
	else
		diag_error(c->d, c->text->title.at,
		    _("the title does not fit on %d lines even in small type; shorten it"),
		    TITLE_MAX_LINES);
	return set;
}

static void
lead_set(struct composer *c, struct cover *cover)
{
	const struct announcement *text = c->text;
	if (text->nblocks == 0 || text->blocks[0].kind != BLOCK_PARAGRAPH)
		return;
	const struct block *block = &text->blocks[0];
	double measure = fmin(cover->text_w, c->theme.measure);
	struct paragraph lead = paragraph_set(&c->setter,
	    (struct runs){block->runs, block->nruns}, &c->theme.lead, measure);
	/* what is as long as a page is no lead; it starts the text instead */
	if (lead.n > LEAD_MAX_LINES)
		return;
	cover->lead = lead;
	cover->lead_block = block;
}

/* The height of the words on the band, from its top edge. */
static double
words_height(const struct composer *c, const struct cover *cover)
{
	const struct theme *t = &c->theme;
	double height = t->margin_top + cover->title.n * cover->title_style.leading;
	if (cover->kicker.n > 0)
		height += cover->kicker.n * t->kicker.leading + 0.5 * GRID_UNIT;
	if (cover->lead.n > 0)
		height += GRID_UNIT + cover->lead.n * t->lead.leading;
	return height;
}

/* Where the band ends and the column starts on an upright page: a short text makes the
 * band higher, so that no page looks half empty. */
static void
band_place(struct composer *c, struct cover *cover)
{
	const struct theme *t = &c->theme;
	if (t->landscape) {
		cover->band = (struct rect){0, 0, t->band_w, t->page_h};
		cover->column = (struct column){t->band_w + 0.75 * t->margin_x,
		    t->column_w, t->page_h - t->margin_top, t->margin_bottom};
		return;
	}
	double least = words_height(c, cover) + BAND_GAP + BARS_MIN_H;
	double rest = cover->figures.height + strips_height(&cover->strips);
	double gaps = (cover->figures.height > 0 ? FIGURES_GAP : 0) + FIGURES_GAP;
	double room = t->page_h - t->margin_bottom - least - rest - gaps;
	double band = least + fmax(0, floor(BAND_SHARE * room / GRID_UNIT) * GRID_UNIT);
	cover->band = (struct rect){0, t->page_h - band, t->page_w, band};
	cover->column = (struct column){
	    t->margin_x, t->column_w, cover->band.y - FIGURES_GAP, t->margin_bottom};
}

/* A skyline at the foot of the band, a bar a city, up to the right edge of the page. */
static void
bars_draw(struct composer *c, const struct cover *cover)
{
	/* heights that look unplanned, in hundredths of the tallest */
	static const int heights[BARS_MAX] = {34, 58, 45, 80, 100, 68, 52, 86, 64, 40, 92,
	    49, 61, 74, 37, 83, 56, 97, 47, 70, 42, 89, 60, 78};
	const struct rect *band = &cover->band;
	int n = c->cities->n < BARS_MAX ? c->cities->n : BARS_MAX;
	double room = band->h - words_height(c, cover) - BAND_GAP;
	/* to the right of the lead they may rise up to the title */
	double beside = room + cover->lead.n * c->theme.lead.leading;
	double lead_right = cover->x + cover->lead.width + BAND_GAP;
	double left = c->theme.landscape ? 0 : cover->x;
	double pitch = fmin((band->w - left) / (n - 1 + BAR_SHARE), BAR_MAX_PITCH);
	left = band->w - (n - 1 + BAR_SHARE) * pitch;
	for (int i = 0; i < n; i++) {
		double x = left + i * pitch;
		double rise = BAR_LOWEST + (1 - BAR_LOWEST) * (i + 1) / n;
		double h = fmin(BARS_MAX_H * rise * heights[i] / 100.0,
		    x > lead_right ? beside : room);
		area_add(&c->build, MARK_BACKGROUND,
		    (struct rect){x, band->y, pitch * BAR_SHARE, h},
		    c->theme.bars[i % 2]);
	}
}

static void
words_draw(
    struct composer *c, struct element *sect, struct element *title, struct cover *cover)
{
	const struct theme *t = &c->theme;
	double top = t->page_h - t->margin_top;
	if (cover->kicker.n > 0) {
		struct pen pen = {.element = element_add(&c->build, sect, ROLE_P)};
		top = paragraph_draw(c, pen, &cover->kicker,
		    (struct line_place){cover->x, top, &t->kicker});
		top -= 0.5 * GRID_UNIT;
	}
	element_attach(&c->build, sect, title);
	anchor_set(&c->build, title, cover->x, top);
	top = paragraph_draw(c, (struct pen){.element = title}, &cover->title,
	    (struct line_place){cover->x, top, &cover->title_style});
	if (cover->lead_block != NULL) {
		struct pen pen = {.element = element_add(&c->build, sect, ROLE_P),
		    .runs = {cover->lead_block->runs, cover->lead_block->nruns}};
		paragraph_draw(c, pen, &cover->lead,
		    (struct line_place){cover->x, top - GRID_UNIT, &t->lead});
	}
}

static bool
cover_check(struct composer *c, const struct cover *cover)
{
	double words = words_height(c, cover) + GRID_UNIT;
	double figures = cover->figures.height + c->theme.margin_bottom;
	bool fits = c->theme.landscape
	    ? words <= c->theme.page_h && figures + c->theme.margin_top <= c->theme.page_h
	    : cover->band.h + figures <= c->theme.page_h;
	if (!fits)
		diag_error(c->d, c->text->title.at,
		    _("the title, the lead and the key figures do not fit on the first page; "
		      "shorten them or choose a larger page"));
	return fits;
}

bool
cover_draw(struct composer *c, struct element *sect, struct element *title)
{
	const struct theme *t = &c->theme;
	struct cover cover = {.x = t->landscape ? 0.6 * t->margin_x : t->margin_x};
	cover.text_w = t->landscape ? t->band_w - 1.2 * t->margin_x : t->content_w;
	if (!title_set(c, &cover))
		return false;
	if (c->text->kicker.s != NULL)
		cover.kicker =
		    text_set(&c->setter, c->text->kicker, &t->kicker, cover.text_w);
	lead_set(c, &cover);
	if (!figures_set(c, &cover.figures))
		return false;
	int skip = cover.lead_block != NULL;
	struct blocks rest = {c->text->blocks + skip, c->text->nblocks - skip};
	struct element *body = element_new(&c->build, ROLE_SECT);
	cover.strips = strips_make(c, rest, body);
	band_place(c, &cover);
	if (!cover_check(c, &cover))
		return false;

	page_add(&c->build, t->page_w, t->page_h);
	page_paper(c);
	area_add(&c->build, MARK_BACKGROUND, cover.band, t->accent);
	bars_draw(c, &cover);
	words_draw(c, sect, title, &cover);
	double top = figures_draw(c, sect, &cover.figures, cover.column);
	if (cover.figures.height > 0)
		cover.column.top = top - FIGURES_GAP;
	for (int i = 0; i < body->nkids; i++)
		element_attach(&c->build, sect, body->kids[i].element);
	strips_draw(c, &cover.strips, cover.column);
	return true;
}
