#include "compose/cover.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "compose/figures.h"
#include "compose/flow.h"
#include "compose/page.h"

enum { TITLE_MAX_LINES = 5 };

/* sizes of type tried for the title; on a band narrower than USUAL_W smaller ones will do
 */
static const double TITLE_USUAL_W = 450;
static const double TITLE_LARGEST = 42, TITLE_SMALLEST = 20;
/* the smallest type of the lead */
static const double LEAD_SMALLEST = 13;
/* of the room that the text leaves, the part that makes the band higher */
static const double BAND_SHARE = 0.55;
static const double BARS_MAX_H = 17 * GRID_UNIT;
/* or this part of a band that is higher because there is little text */
static const double BARS_SHARE = 0.3;
static const double BAND_GAP = 2 * GRID_UNIT;

/* White space that can give way. */
struct spacing {
	double bars;   /* the least height for the skyline */
	double around; /* above and below the figures */
};
static const struct spacing loose = {6 * GRID_UNIT, 3 * GRID_UNIT};
static const struct spacing tight = {3 * GRID_UNIT, 2 * GRID_UNIT};

/* What stands on the first page, and where. */
struct cover {
	bool beside;      /* the band stands at the left of the column, else above it */
	double x, text_w; /* of what stands on the band */
	struct rect band;
	struct spacing spacing;
	struct paragraph kicker, title, lead;
	struct text_style title_style, lead_style;
	struct figures figures;
	bool figures_on_band;
	struct strips strips;
	struct column column; /* of the text, and of figures that are not on the band */
};

/* Finds the largest type, from SMALLEST up, in which the title takes at most LINES lines
 * and no word of it has to be cut. */
static bool
title_fits(struct composer *c, struct cover *cover, int lines, double smallest)
{
	const struct text_style *largest = &c->theme.title;
	struct text_style *style = &cover->title_style;
	*style = *largest;
	for (style->size = TITLE_LARGEST;; style->size--) {
		style->leading = largest->leading * style->size / largest->size;
		cover->title =
		    text_set(&c->setter, c->text->title.s, style, cover->text_w);
		if (cover->title.n <= lines && !cover->title.emergency)
			return true;
		if (style->size - 1 < smallest)
			return false;
	}
}

/* The first word of the title that is wider than its band in type as small as was tried
 * last; NULL: none is. */
static const char *
title_widest(struct composer *c, const struct cover *cover)
{
	size_t n;
	for (const char *s = c->text->title.s; *s != '\0'; s += n) {
		n = strcspn(s, " ");
		const char *word = arena_strndup(c->a, s, n);
		if (text_set(&c->setter, word, &cover->title_style, cover->text_w)
			.emergency)
			return word;
		n += s[n] == ' ';
	}
	return NULL;
}

static bool
title_refuse(struct composer *c, const struct cover *cover)
{
	const char *word = title_widest(c, cover);
	if (word != NULL)
		diag_report(c->d, RULE_TITLE_LONG, c->text->title.at,
		    _("the word \"%s\" of the title is wider than the page even in small "
		      "type; shorten it, or add a hyphen where it may be broken"),
		    word);
	else
		diag_report(c->d, RULE_TITLE_LONG, c->text->title.at,
		    _("the title does not fit on %d lines even in small type; shorten it"),
		    TITLE_MAX_LINES);
	return false;
}

/* Few lines come before large type, as long as it is still a title. */
static bool
title_set(struct composer *c, struct cover *cover)
{
	static const struct {
		int lines;
		double smallest;
	} tries[] = {{1, 27}, {2, 27}, {3, 24}, {TITLE_MAX_LINES, TITLE_SMALLEST}};
	double scale = cover->beside ? 1 : fmin(1, cover->text_w / TITLE_USUAL_W);
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		double smallest = fmax(TITLE_SMALLEST, scale * tries[i].smallest);
		if (title_fits(c, cover, tries[i].lines, smallest))
			return true;
	}
	return title_refuse(c, cover);
}

/* Whether the last of several lines is one word. */
static bool
ends_in_one_word(const struct paragraph *set)
{
	if (set->n < 2)
		return false;
	const struct line *last = &set->lines[set->n - 1];
	for (int i = 0; i < last->n; i++) {
		const struct glyph_run *glyphs = &last->pieces[i].glyphs;
		const char *blank = memchr(glyphs->text, ' ', glyphs->len);
		bool at_end = i + 1 == last->n && blank == glyphs->text + glyphs->len - 1;
		if (blank != NULL && !at_end)
			return false;
	}
	return true;
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
		height += GRID_UNIT + cover->lead.n * cover->lead_style.leading;
	return height;
}

/* Whether they fit on the page at all. */
static bool
words_fit(const struct composer *c, const struct cover *cover)
{
	return words_height(c, cover) + GRID_UNIT <= c->theme.page_h;
}

/* Sets the lead, in smaller type if that saves it from a last line of one word or makes
 * it fit the page. */
static void
lead_set(struct composer *c, struct cover *cover)
{
	const struct block *block = c->brochure->lead;
	const struct text_style *usual = &c->theme.lead;
	struct text_style *style = &cover->lead_style;
	*style = *usual;
	if (block == NULL)
		return;
	double measure = fmin(cover->text_w, c->theme.measure);
	struct cover first;
	for (bool large = true;; large = false) {
		style->leading = usual->leading * style->size / usual->size;
		cover->lead = paragraph_set(
		    &c->setter, (struct runs){block->runs, block->nruns}, style, measure);
		if (large)
			first = *cover;
		bool odd = ends_in_one_word(&cover->lead);
		if (!odd && words_fit(c, cover))
			return;
		if (style->size - 0.5 < LEAD_SMALLEST)
			break;
		style->size -= 0.5;
	}
	if (words_fit(c, &first) && ends_in_one_word(&cover->lead))
		*cover = first;
}

/* On a wide page the figures stand on the band if there is room above the skyline. */
static bool
place_figures(struct composer *c, struct cover *cover)
{
	const struct theme *t = &c->theme;
	if (cover->beside) {
		if (!figures_set(c, cover->text_w, true, &cover->figures))
			return false;
		cover->figures_on_band = words_height(c, cover) + 2 * BAND_GAP +
			cover->figures.height + loose.bars <=
		    t->page_h;
		if (cover->figures_on_band)
			return true;
	}
	double width = cover->beside ? t->column_w : t->content_w;
	return figures_set(c, width, false, &cover->figures);
}

/* The height of an upright page that everything on it takes. */
static double
height_needed(const struct composer *c, const struct cover *cover, struct spacing spacing)
{
	double figures =
	    cover->figures.height > 0 ? spacing.around + cover->figures.height : 0;
	return words_height(c, cover) + BAND_GAP + spacing.bars + figures +
	    spacing.around + strips_height(&cover->strips) + c->theme.margin_bottom;
}

/* Where the band ends and the column starts.  A short text makes a band above it higher,
 * so that no page looks half empty, and one that is a little too long makes all tighter
 * where that saves a page. */
static void
band_place(struct composer *c, struct cover *cover)
{
	const struct theme *t = &c->theme;
	if (cover->beside) {
		cover->band = (struct rect){0, 0, t->band_w, t->page_h};
		cover->column = (struct column){t->band_w + 0.75 * t->margin_x,
		    t->page_h - t->margin_top, t->margin_bottom};
		return;
	}
	bool tighter = height_needed(c, cover, loose) > t->page_h &&
	    height_needed(c, cover, tight) <= t->page_h;
	struct spacing spacing = tighter ? tight : loose;
	double room = t->page_h - height_needed(c, cover, spacing);
	double share = cover->strips.n > 0 ? BAND_SHARE : 1;
	double band = words_height(c, cover) + BAND_GAP + spacing.bars +
	    fmax(0, floor(share * room / GRID_UNIT) * GRID_UNIT);
	if (cover->strips.n == 0 && cover->figures.height <= 0)
		band = t->page_h;
	cover->band = (struct rect){0, t->page_h - band, t->page_w, band};
	cover->spacing = spacing;
	cover->column = (struct column){
	    t->margin_x, cover->band.y - spacing.around, t->margin_bottom};
}

/* The skyline stands at the foot of the band; to the right of the lead it may rise up to
 * the title. */
static void
cover_skyline(struct composer *c, const struct cover *cover)
{
	double room = cover->band.h - words_height(c, cover) - BAND_GAP;
	if (cover->figures_on_band)
		room -= cover->figures.height + BAND_GAP;
	double most = BARS_MAX_H;
	if (!cover->beside)
		most = fmax(most, BARS_SHARE * cover->band.h);
	double left = cover->beside ? 0 : cover->x;
	struct skyline skyline = {
	    .ground = {left, cover->band.y, cover->band.w - left, fmin(room, most)},
	    .free_x =
		cover->beside ? cover->band.w : cover->x + cover->lead.width + BAND_GAP,
	    .free_h = fmin(room + cover->lead.n * cover->lead_style.leading, most),
	    .tallest = most,
	};
	skyline_draw(c, &skyline);
}

static void
words_draw(
    struct composer *c, struct element *sect, struct element *title, struct cover *cover)
{
	const struct theme *t = &c->theme;
	double top = t->page_h - t->margin_top;
	if (cover->kicker.n > 0) {
		struct pen pen = {.element = element_add(&c->build, sect, ROLE_P)};
		top = paragraph_draw(c, &pen, &cover->kicker, cover->x, top);
		top -= 0.5 * GRID_UNIT;
	}
	element_attach(&c->build, sect, title);
	anchor_set(&c->build, title, cover->x, top);
	struct pen pen = {.element = title};
	top = paragraph_draw(c, &pen, &cover->title, cover->x, top);
	if (cover->lead.n > 0) {
		const struct block *lead = c->brochure->lead;
		pen = (struct pen){.element = element_add(&c->build, sect, ROLE_P),
		    .runs = {lead->runs, lead->nruns}};
		paragraph_draw(c, &pen, &cover->lead, cover->x, top - GRID_UNIT);
	}
}

static bool
cover_check(struct composer *c, const struct cover *cover)
{
	const struct theme *t = &c->theme;
	bool words = words_fit(c, cover);
	double figures = cover->figures.height + t->margin_bottom;
	bool fits = cover->beside ? words && figures + t->margin_top <= t->page_h
	    : cover->figures.height <= 0
	    ? words
	    : cover->band.h + cover->spacing.around + figures <= t->page_h;
	if (!fits)
		diag_report(c->d, RULE_PAGE_FULL, c->text->title.at,
		    _("the title, the lead and the key figures do not fit on the first page; "
		      "shorten them or choose a larger page"));
	return fits;
}

/* Sets everything and finds its place. */
static bool
cover_plan(struct composer *c, struct cover *cover, struct element *body)
{
	const struct theme *t = &c->theme;
	cover->beside = t->landscape && c->brochure->nbody > 0;
	cover->x = cover->beside ? 0.6 * t->margin_x : t->margin_x;
	cover->text_w = cover->beside ? t->band_w - 1.2 * t->margin_x : t->content_w;
	cover->spacing = loose;
	if (!title_set(c, cover))
		return false;
	if (c->text->kicker.s != NULL)
		cover->kicker =
		    text_set(&c->setter, c->text->kicker.s, &t->kicker, cover->text_w);
	lead_set(c, cover);
	if (!place_figures(c, cover))
		return false;
	cover->strips = strips_make(c, body);
	band_place(c, cover);
	return cover_check(c, cover);
}

static void
cover_figures(struct composer *c, struct element *sect, struct cover *cover)
{
	if (cover->figures_on_band) {
		double top = c->theme.page_h - words_height(c, cover) - BAND_GAP;
		figures_draw(c, sect, &cover->figures, cover->x, top);
	} else if (cover->figures.height > 0) {
		struct column *column = &cover->column;
		figures_draw(c, sect, &cover->figures, column->x, column->top);
		column->top -= cover->figures.height;
		column->top -= cover->spacing.around;
	}
}

bool
cover_draw(struct composer *c, struct element *sect, struct element *title)
{
	const struct theme *t = &c->theme;
	struct cover cover = {0};
	struct element *body = element_new(&c->build, ROLE_SECT);
	if (!cover_plan(c, &cover, body))
		return false;
	page_add(&c->build, t->page_w, t->page_h);
	page_paper(c);
	area_add(&c->build, MARK_BACKGROUND, cover.band, t->colors.accent);
	cover_skyline(c, &cover);
	words_draw(c, sect, title, &cover);
	cover_figures(c, sect, &cover);
	for (int i = 0; i < body->nkids; i++)
		element_attach(&c->build, sect, body->kids[i].element);
	strips_draw(c, &cover.strips, cover.column);
	return true;
}
