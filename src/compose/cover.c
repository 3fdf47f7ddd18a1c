#include "compose/cover.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "compose/colophon.h"
#include "compose/figures.h"
#include "compose/flow.h"
#include "compose/gridpage.h"
#include "compose/ornament.h"
#include "compose/page.h"

/* the second on a narrow band, which is high */
enum { TITLE_MAX_LINES = 6, TITLE_MAX_BESIDE = 10 };

/* The sizes of titles, and how many lines they fill at most in each. */
static const struct title_step {
	enum size_step size;
	double lines, beside; /* the second on a narrow band */
} title_steps[] = {{SIZE_TITLE, 1.5, 1.5}, {SIZE_FIGURE, 2.6, 3.6},
    {SIZE_HEADING, 4.6, 4.6}, {SIZE_TITLE_SMALL, INFINITY, INFINITY}};
enum { NSTEPS = sizeof title_steps / sizeof title_steps[0] };

/* of the measure of running text */
static const double LEAD_MEASURE = 1.15;
/* of the room that the text leaves, the part that makes the band higher */
static const double BAND_SHARE = 0.55;
/* the most of a band that the frieze takes, and the part of the page from which on a band
 * has large tiles */
static const double FRIEZE_SHARE = 0.45, LARGE_BAND = 0.7;
static const double BAND_GAP = 2 * GRID_UNIT;

/* What gives way, step by step, so that a text which is a little too long fits. */
struct fit {
	int tiles;        /* the side of the frieze's, in those of the strip */
	double around;    /* white space above and below the figures */
	bool wide;        /* lines of text are longer */
	bool small;       /* smaller title and lead */
	double panel_pad; /* above and below the text of a panel, and around it */
};
static const struct fit fits[] = {
    {2, 3 * GRID_UNIT, .panel_pad = 2 * GRID_UNIT},
    {1, 2 * GRID_UNIT, .panel_pad = 2 * GRID_UNIT},
    {1, 2 * GRID_UNIT, .wide = true, .panel_pad = 1.5 * GRID_UNIT},
    {1, 1.5 * GRID_UNIT, .wide = true, .small = true, .panel_pad = GRID_UNIT},
};

/* What stands on the first page, and where. */
struct cover {
	struct fit fit;
	bool beside;      /* the band stands at the left of the column, else above it */
	double x, text_w; /* of what stands on the band */
	struct rect band;
	struct paragraph kicker, title, lead;
	const char *long_word; /* of the title, which makes it smaller; or NULL */
	struct text_style title_style, lead_style;
	struct figures figures;
	bool figures_on_band;
	struct element *body; /* has the text's elements, until they are drawn */
	struct strips strips;
	struct column column; /* of the text, and of figures that are not on the band */
	struct colophon colophon;
	struct flow flow;
};

static void
style_scale(struct text_style *style, double size)
{
	style->leading *= size / style->size;
	style->size = size;
}

/* The largest step in which the title fills no more lines than it may: its width alone
 * decides, so that it is never larger for being wider. */
static int
title_step(struct composer *c, const struct cover *cover)
{
	const struct text_style *style = &c->theme.title;
	double width = text_set(&c->setter, c->text->title.s, style, 1e5).width;
	int i = 0;
	while (c->theme.sizes[title_steps[i].size] > style->size)
		i++;
	for (; i + 1 < NSTEPS; i++) {
		const struct title_step *step = &title_steps[i];
		double lines = cover->beside ? step->beside : step->lines;
		if (width * c->theme.sizes[step->size] / style->size <=
		    lines * cover->text_w)
			break;
	}
	return i;
}

/* Sets the title in the size of STEP.  Whether no word of it has to be cut, and it has no
 * more lines than it may. */
static bool
title_fits(struct composer *c, struct cover *cover, int step)
{
	struct text_style *style = &cover->title_style;
	*style = c->theme.title;
	style_scale(style, c->theme.sizes[title_steps[step].size]);
	cover->title = text_set(&c->setter, c->text->title.s, style, cover->text_w);
	int most = cover->beside ? TITLE_MAX_BESIDE : TITLE_MAX_LINES;
	if (title_steps[step].size == SIZE_TITLE)
		most = 2;
	return !cover->title.emergency && cover->title.n <= most;
}

/* The first word of the title that is wider than its band in the type that was tried
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
			return utf8_typed(c->a, word);
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
		      "type; shorten it, or write \"&shy;\" where it may be broken"),
		    word);
	else
		diag_report(c->d, RULE_TITLE_LONG, c->text->title.at,
		    _("the title does not fit on %d lines even in small type; shorten it"),
		    cover->beside ? TITLE_MAX_BESIDE : TITLE_MAX_LINES);
	return false;
}

/* Longer titles have smaller type.  A word that is not to be broken makes it smaller
 * still: nobody cuts a word of a title anywhere.  False: it does not fit. */
static bool
title_set(struct composer *c, struct cover *cover)
{
	int i = title_step(c, cover);
	while (i < NSTEPS && !title_fits(c, cover, i)) {
		if (cover->long_word == NULL)
			cover->long_word = title_widest(c, cover);
		i++;
	}
	if (i == NSTEPS)
		return false;
	if (cover->fit.small && i + 2 < NSTEPS)
		title_fits(c, cover, i + 1);
	return true;
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
	if (block == NULL)
		return;
	const struct runs runs = {block->runs, block->nruns};
	double measure = fmin(cover->text_w, LEAD_MEASURE * c->theme.measure);
	struct text_style *style = &cover->lead_style;
	*style = c->theme.lead;
	cover->lead = paragraph_set(&c->setter, runs, style, measure);
	if (!cover->fit.small && words_fit(c, cover) && !ends_in_one_word(&cover->lead))
		return;
	struct cover usual = *cover;
	style_scale(style,
	    style->size < c->theme.sizes[SIZE_LEAD] ? c->theme.sizes[SIZE_TEXT]
						    : c->theme.sizes[SIZE_SMALL_HEADING]);
	cover->lead = paragraph_set(&c->setter, runs, style, measure);
	if (!cover->fit.small && words_fit(c, &usual) && ends_in_one_word(&cover->lead))
		*cover = usual;
}

static double
frieze_tile(const struct composer *c, const struct cover *cover)
{
	return cover->fit.tiles * c->theme.strip_h;
}

/* On a wide page the figures stand on the band if there is room above the frieze. */
static bool
place_figures(struct composer *c, struct cover *cover)
{
	const struct theme *t = &c->theme;
	if (cover->beside) {
		if (!figures_set(c, cover->text_w, true, &cover->figures))
			return false;
		cover->figures_on_band = words_height(c, cover) + 2 * BAND_GAP +
			cover->figures.height + 2 * t->strip_h <=
		    t->page_h;
		if (cover->figures_on_band)
			return true;
	}
	double width = cover->beside ? t->column_w : t->content_w;
	return figures_set(c, width, false, &cover->figures);
}

/* Where the column of the text starts on an upright page whose band is as low as it can
 * be. */
static double
column_top(const struct composer *c, const struct cover *cover)
{
	double figures = cover->figures.height;
	return c->theme.page_h - words_height(c, cover) - BAND_GAP -
	    frieze_tile(c, cover) - cover->fit.around -
	    (figures > 0 ? figures + cover->fit.around : 0);
}

/* Places band and text.  A short text makes a band above it higher, so that no page looks
 * half empty. */
static void
band_place(struct composer *c, struct cover *cover)
{
	const struct theme *t = &c->theme;
	const double bottom = colophon_top(&cover->colophon);
	double figures = cover->figures.height, around = cover->fit.around;
	double x = cover->beside ? t->band_w + 0.75 * t->margin_x : t->margin_x;
	double top = cover->beside ? t->page_h - t->margin_top : column_top(c, cover);
	if (cover->beside && figures > 0 && !cover->figures_on_band)
		top -= figures + around;
	cover->column = (struct column){x, top, bottom};
	cover->flow = flow_place(c, &cover->strips, cover->column);
	if (cover->beside) {
		cover->band = (struct rect){0, 0, t->band_w, t->page_h};
		return;
	}
	double share = cover->strips.n == 0 || cover->flow.npages > 1 ? 1 : BAND_SHARE;
	double lower = fmax(0, floor(share * cover->flow.slack / GRID_UNIT) * GRID_UNIT);
	flow_lower(&cover->flow, lower);
	cover->column.top -= lower;
	double band =
	    t->page_h - cover->column.top - around - (figures > 0 ? figures + around : 0);
	cover->band = (struct rect){0, t->page_h - band, t->page_w, band};
}

/* The frieze stands at the foot of the band; to the right of the lead it may rise up to
 * the title. */
static void
cover_frieze(struct composer *c, const struct cover *cover)
{
	const struct rect *band = &cover->band;
	double room = band->h - words_height(c, cover) - BAND_GAP;
	if (cover->figures_on_band)
		room -= cover->figures.height + BAND_GAP;
	double tile = frieze_tile(c, cover);
	if (cover->beside)
		tile = 2 * c->theme.strip_h;
	else if (band->h > LARGE_BAND * c->theme.page_h)
		tile *= 2;
	int ncolumns = (int)lround(band->w / tile);
	tile = band->w / ncolumns;
	double most = fmax(tile, FRIEZE_SHARE * band->h);
	double lead = cover->lead.n * cover->lead_style.leading;
	frieze_draw(c,
	    &(struct frieze){.y = band->y,
		.tile = tile,
		.ncolumns = ncolumns,
		.height = fmin(room, most),
		.free_x =
		    cover->beside ? band->w : cover->x + cover->lead.width + BAND_GAP,
		.free_h = fmin(room + lead, most)});
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

/* Whether the first page holds what has to stand on it. */
static bool
cover_holds(const struct composer *c, const struct cover *cover)
{
	const struct rect *band = &cover->band;
	double figures_end = cover->column.top + cover->fit.around;
	return words_fit(c, cover) && figures_end >= cover->column.bottom - 1e-6 &&
	    band->h <= c->theme.page_h;
}

/* Whether the band is to stand at the left of the text. */
static bool
beside_wanted(const struct composer *c)
{
	return c->theme.landscape && c->brochure->nbody > 0;
}

/* Places the band and sets the title on it: BESIDE the text, or above it. */
static bool
title_place(struct composer *c, struct cover *cover, bool beside)
{
	const struct theme *t = &c->theme;
	cover->beside = beside;
	cover->x = beside ? 0.6 * t->margin_x : t->margin_x;
	cover->text_w = beside ? t->band_w - 1.2 * t->margin_x : t->content_w;
	return title_set(c, cover);
}

/* Sets everything and finds its place. */
static bool
cover_set(struct composer *c, struct cover *cover)
{
	const struct theme *t = &c->theme;
	const struct fit *fit = &cover->fit;
	bool beside = beside_wanted(c);
	/* where a word is too wide for a narrow band, the band is as wide as the page */
	if (!(beside && title_place(c, cover, true)) && !title_place(c, cover, false))
		return title_refuse(c, cover);
	if (c->text->kicker.s != NULL)
		cover->kicker =
		    text_set(&c->setter, c->text->kicker.s, &t->kicker, cover->text_w);
	lead_set(c, cover);
	if (!place_figures(c, cover))
		return false;
	cover->colophon = colophon_set(c, cover->beside ? t->column_w : t->content_w);
	cover->body = element_new(&c->build, ROLE_SECT);
	cover->strips = strips_make(c,
	    (struct setting_options){
		fit->wide ? t->measure_wide : t->measure, fit->panel_pad},
	    cover->body);
	band_place(c, cover);
	return true;
}

/* Sets everything as FIT wants it.  Whether it has a first page, and *NPAGES of text; -1:
 * it cannot be set. */
static bool
fit_try(struct composer *c, struct cover *cover, const struct fit *fit, int *npages)
{
	*cover = (struct cover){.fit = *fit};
	bool set = cover_set(c, cover);
	*npages = set ? cover->flow.npages : -1;
	return set && cover_holds(c, cover);
}

/* Whether the text would end on the first page below a title of one line. */
static bool
title_adds_page(const struct composer *c, const struct cover *cover)
{
	double spare = (cover->title.n - 1) * cover->title_style.leading;
	return !cover->beside &&
	    strips_height(&cover->strips) <=
	    column_top(c, cover) + spare - cover->column.bottom;
}

/* Takes the most generous setting whose text ends on the first page; if none does, the
 * most generous one that has a first page. */
static bool
cover_plan(struct composer *c, struct cover *cover)
{
	const int tightest = sizeof fits / sizeof fits[0] - 1;
	int npages;
	bool holds = fit_try(c, cover, &fits[0], &npages);
	/* more than a page cannot be absorbed, and setting it takes time */
	if (npages < 0 || (holds && npages != 2))
		return npages > 0;
	struct cover first = *cover;
	if (holds && !(fit_try(c, cover, &fits[tightest], &npages) && npages == 1)) {
		/* or it would be larger than a narrower one that is absorbed */
		first.fit.small = title_adds_page(c, cover);
		if (first.fit.small)
			return fit_try(c, cover, &first.fit, &npages);
		*cover = first;
		return true;
	}
	int best = 0;
	for (int i = 1; i <= tightest; i++) {
		bool this_holds = fit_try(c, cover, &fits[i], &npages);
		if (this_holds && npages == 1)
			return true;
		if (this_holds && best == 0)
			best = i;
	}
	if (best > 0)
		return fit_try(c, cover, &fits[best], &npages);
	diag_report(c->d, RULE_PAGE_FULL, c->text->title.at,
	    _("the title, the lead and the key figures do not fit on the first page; "
	      "shorten them or choose a larger page"));
	return false;
}

static void
cover_figures(struct composer *c, struct element *sect, const struct cover *cover)
{
	double top = cover->figures_on_band
	    ? c->theme.page_h - words_height(c, cover) - BAND_GAP
	    : cover->column.top + cover->fit.around + cover->figures.height;
	double x = cover->figures_on_band ? cover->x : cover->column.x;
	figures_draw(c, sect, &cover->figures, x, top);
}

/* Puts the text's elements below SECT, and those of FOOT after all that begin on the
 * first page: who speaks is heard after what that says. */
static void
elements_attach(struct composer *c, const struct cover *cover, const struct element *foot,
    struct element *sect)
{
	const struct element *body = cover->body, *last = flow_last_element(&cover->flow);
	while (last != NULL && last->parent != body)
		last = last->parent;
	for (int i = -1; i < body->nkids; i++) {
		struct element *element = i < 0 ? NULL : body->kids[i].element;
		if (element != NULL)
			element_attach(&c->build, sect, element);
		for (int k = 0; element == last && k < foot->nkids; k++)
			element_attach(&c->build, sect, foot->kids[k].element);
	}
}

/* Tells of a word that changes the title, and how to have it as others are. */
static void
word_tell(struct composer *c, const struct cover *cover)
{
	const char *word = cover->long_word;
	bool above = !cover->beside && beside_wanted(c);
	if (word == NULL)
		return;
	diag_report(c->d, RULE_TITLE_WORD, c->text->title.at,
	    above
		? _("the title stands above the text, so that \"%s\" fits on a line; to have it beside the text, write \"&shy;\" where the word may be broken")
		: _("the title is set smaller, so that \"%s\" fits on a line; to have it larger, write \"&shy;\" where the word may be broken"),
	    word);
}

bool
cover_draw(struct composer *c, struct element *sect, struct element *title)
{
	const struct theme *t = &c->theme;
	struct cover cover;
	if (!cover_plan(c, &cover))
		return false;
	word_tell(c, &cover);
	c->npages = cover.flow.npages + gridpage_count(c);
	page_add(&c->build, t->page_w, t->page_h);
	page_paper(c);
	area_add(&c->build, MARK_BACKGROUND, cover.band, t->colors.accent);
	cover_frieze(c, &cover);
	words_draw(c, sect, title, &cover);
	cover_figures(c, sect, &cover);
	flow_draw(c, &cover.flow, 0);
	struct element *foot = element_new(&c->build, ROLE_SECT);
	colophon_draw(c, foot, &cover.colophon, cover.column.x);
	for (int page = 1; page < cover.flow.npages; page++) {
		page_start(c);
		flow_draw(c, &cover.flow, page);
	}
	elements_attach(c, &cover, foot, sect);
	return true;
}
