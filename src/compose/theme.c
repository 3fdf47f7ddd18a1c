#include "compose/theme.h"

#include <math.h>

/* characters a line, and how much wider the measure of a ragged text is than its lines */
static const double USUAL_LINE = 71, LONGEST_LINE = 75, RAGGED = 1.1;
/* usual text, to find how wide its characters are */
static const char SAMPLE[] =
    "De cijfers over je stad of gemeente. Les chiffres de votre ville. Zahlen zu Ihrer Stadt.";

static const double SIZES[SIZE_COUNT] = {9, 11.5, 14, 17, 20, 23, 28, 34};
static const double X_HEIGHT = 0.486; /* of Source Sans 3, in ems */
/* text that is smaller is hard to read, and lines of larger text would touch */
static const double TEXT_SMALLEST = 11, TEXT_LARGEST = 14;

static void
page_make(const struct announcement *from, struct theme *t)
{
	static const double sizes[][2] = {
	    [PAPER_A4] = {595.276, 841.89},
	    [PAPER_A5] = {419.528, 595.276},
	    [PAPER_LETTER] = {612, 792},
	};
	const double *size = sizes[from->page.paper];
	t->landscape = from->page.landscape;
	t->page_w = size[t->landscape];
	t->page_h = size[!t->landscape];
	bool small = from->page.paper == PAPER_A5;
	t->margin_x = small ? 42.5 : 71;
	t->margin_top = small ? 5 * GRID_UNIT : 7 * GRID_UNIT;
	t->margin_bottom = small ? 6 * GRID_UNIT : 7 * GRID_UNIT;
	t->content_w = t->page_w - 2 * t->margin_x;
	t->band_w = 0.37 * t->page_w;
	t->column_w =
	    t->landscape ? t->page_w - t->band_w - 1.5 * t->margin_x : t->content_w;
	t->strip_h = t->page_w / (2 * round(t->page_w / (6 * GRID_UNIT)));
}

static void
sizes_make(struct theme *t, const struct font *font)
{
	double x_height = (double)font->x_height / font->units_per_em;
	double scale = x_height > 0 ? X_HEIGHT / x_height : 1;
	scale = fmin(fmax(scale, TEXT_SMALLEST / SIZES[SIZE_TEXT]),
	    TEXT_LARGEST / SIZES[SIZE_TEXT]);
	for (int i = 0; i < SIZE_COUNT; i++)
		t->sizes[i] = fmax(scale * SIZES[i], SIZES[SIZE_ADDRESS]);
}

/* A style of text whose lines are LEADING units apart. */
static struct text_style
style(const struct theme *t, enum size_step size, double leading, struct color color)
{
	return (struct text_style){t->sizes[size], .leading = leading * GRID_UNIT,
	    .color = color, .link = color};
}

static struct text_style
bold(const struct theme *t, enum size_step size, double leading, struct color color)
{
	struct text_style made = style(t, size, leading, color);
	made.bold = true;
	return made;
}

/* On a SMALL page the largest sizes are not used. */
static void
styles_make(struct theme *t, bool small)
{
	const struct palette *p = &t->colors;
	t->kicker = bold(t, SIZE_TEXT, 2, p->kicker);
	t->kicker.tracking = 0.8;
	t->title = bold(t, SIZE_TITLE, 4.75, p->paper);
	t->lead = style(t, SIZE_LEAD, 3, p->paper);
	if (small) {
		t->title = bold(t, SIZE_FIGURE, 4, p->paper);
		t->lead = style(t, SIZE_SMALL_HEADING, 2.5, p->paper);
	}
	t->body = style(t, SIZE_TEXT, 2, p->text);
	t->body.link = p->accent;
	t->heading[0] = bold(t, SIZE_LEAD, 3, p->accent);
	t->heading[1] = bold(t, SIZE_SMALL_HEADING, 2.5, p->accent);
	for (int i = 2; i < 5; i++)
		t->heading[i] = bold(t, SIZE_TEXT, 2, i == 2 ? p->accent : p->text);
	t->value = bold(t, SIZE_FIGURE, 4, p->accent);
	t->label = style(t, SIZE_TEXT, 1.75, p->text);
	t->grid_heading = bold(t, SIZE_HEADING, 3.5, p->accent);
	t->intro = style(t, SIZE_SMALL_HEADING, 2.5, p->text);
	struct card_colors card =
	    card_colors(p, (struct card_choice){.kind = CARD_PLAIN});
	t->caption = bold(t, SIZE_TEXT, 1.75, card.caption);
	t->address = style(t, SIZE_ADDRESS, 1.5, card.quiet);
	t->colophon = t->footer = style(t, SIZE_TEXT, 1.75, p->quiet);
	t->colophon.items = true;
}

static void
measures_make(struct theme *t, const struct setter *setter)
{
	struct paragraph sample = text_set(setter, SAMPLE, &t->body, 10 * t->page_w);
	double character = RAGGED * sample.width / (sizeof SAMPLE - 1);
	t->measure = fmin(t->column_w, USUAL_LINE * character);
	t->measure_wide = fmin(t->column_w, LONGEST_LINE * character);
}

void
theme_make(const struct brochure *from, const struct setter *setter, struct theme *out)
{
	*out = (struct theme){.colors = from->colors};
	/* one ink in place of three, which never lie exactly over each other */
	const struct color black = {0, 0, 0}, paper = from->colors.paper;
	if (from->for_print &&
	    color_contrast(black, paper) > color_contrast(from->colors.text, paper))
		out->colors.text = black;
	page_make(from->text, out);
	sizes_make(out, &setter->fonts->list[FACE_REGULAR]);
	styles_make(out, from->text->page.paper == PAPER_A5);
	measures_make(out, setter);
}
