#include "compose/theme.h"

#include <math.h>
#include <stdio.h>

#include "base/i18n.h"

/* 60 to 75 characters of body text */
static const double MEASURE = 352;

static const struct color WHITE = {255, 255, 255};

/* WCAG 2.1, "relative luminance" */
static double
luminance(struct color c)
{
	const double weight[3] = {0.2126, 0.7152, 0.0722};
	const double encoded[3] = {c.r / 255.0, c.g / 255.0, c.b / 255.0};
	double sum = 0;
	for (int i = 0; i < 3; i++)
		sum += weight[i] *
		    (encoded[i] <= 0.03928 ? encoded[i] / 12.92
					   : pow((encoded[i] + 0.055) / 1.055, 2.4));
	return sum;
}

double
color_contrast(struct color a, struct color b)
{
	double la = luminance(a), lb = luminance(b);
	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

struct color
color_mix(struct color a, struct color b, double share)
{
	return (struct color){
	    (unsigned char)lround(a.r * share + b.r * (1 - share)),
	    (unsigned char)lround(a.g * share + b.g * (1 - share)),
	    (unsigned char)lround(a.b * share + b.b * (1 - share)),
	};
}

/* Two colours that meet, and where they were chosen. */
struct pair {
	const char *front_name, *back_name;
	struct color front, back;
	struct place at;
};

static bool
pair_check(const struct pair *pair, struct diag *d)
{
	double ratio = color_contrast(pair->front, pair->back);
	if (ratio >= CONTRAST_TEXT)
		return true;
	/* cut, not rounded, to two decimals: 4.497 must not read as 4.50 */
	int hundredths = (int)(ratio * 100);
	diag_error(d, pair->at,
	    _("%s (#%02x%02x%02x) on %s (#%02x%02x%02x) has a contrast of %d.%02d:1, and 4.5:1 is "
	      "the least that can be read; choose a darker or a lighter one"),
	    pair->front_name, pair->front.r, pair->front.g, pair->front.b,
	    pair->back_name, pair->back.r, pair->back.g, pair->back.b, hundredths / 100,
	    hundredths % 100);
	return false;
}

static struct place
setting_place(const struct announcement *from, const struct color_setting *a,
    const struct color_setting *b)
{
	return a->given ? a->at : b->given ? b->at : (struct place){from->file, 0, 0};
}

/* The lightest mix of text and paper, from SHARE of the text up, that can be read. */
static struct color
quiet_color(struct color text, struct color paper, double share)
{
	while (share < 1 &&
	    color_contrast(color_mix(text, paper, share), paper) < CONTRAST_TEXT)
		share += 0.01;
	return color_mix(text, paper, share < 1 ? share : 1);
}

static bool
colors_make(const struct announcement *from, struct diag *d, struct theme *t)
{
	const struct color_setting *accent = &from->colors.accent;
	const struct color_setting *text = &from->colors.text;
	const struct color_setting *paper = &from->colors.paper;
	t->accent = accent->given ? accent->value : (struct color){0x0b, 0x4f, 0x6c};
	t->text = text->given ? text->value : (struct color){0x1d, 0x23, 0x29};
	t->paper = paper->given ? paper->value : WHITE;
	t->panel = color_mix(t->accent, t->paper, 0.09);
	t->hair = color_mix(t->text, t->paper, 0.20);
	t->quiet = quiet_color(t->text, t->paper, 0.65);
	t->bars[0] = color_mix(t->paper, t->accent, 0.13);
	t->bars[1] = color_mix(t->paper, t->accent, 0.24);

	const struct pair pairs[] = {
	    {_("the text colour"), _("the paper"), t->text, t->paper,
		setting_place(from, text, paper)},
	    {_("the accent colour"), _("the paper"), t->accent, t->paper,
		setting_place(from, accent, paper)},
	    {_("the text colour"), _("the panel"), t->text, t->panel,
		setting_place(from, text, accent)},
	    {_("the accent colour"), _("the panel"), t->accent, t->panel,
		setting_place(from, accent, paper)},
	    {_("the accent colour"), _("the white of a card"), t->accent, WHITE,
		setting_place(from, accent, paper)},
	};
	/* one message a mistake: the panel follows from the first two pairs */
	bool ok = pair_check(&pairs[0], d);
	ok = pair_check(&pairs[1], d) && ok;
	if (ok)
		ok = pair_check(&pairs[2], d) && pair_check(&pairs[3], d);
	bool white_paper = t->paper.r == 255 && t->paper.g == 255 && t->paper.b == 255;
	return white_paper ? ok : pair_check(&pairs[4], d) && ok;
}

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
	t->measure = fmin(t->column_w, MEASURE);
	t->strip_h = 3 * GRID_UNIT;
}

static struct text_style
style(double size, double leading, bool bold, struct color color)
{
	return (struct text_style){.size = size,
	    .leading = leading,
	    .bold = bold,
	    .color = color,
	    .link = color};
}

static void
styles_make(struct theme *t)
{
	const double u = GRID_UNIT;
	t->kicker = style(11, 2 * u, true, quiet_color(t->paper, t->accent, 0.8));
	t->kicker.tracking = 0.8;
	t->title = style(40, 5.5 * u, true, t->paper);
	t->lead = style(15.5, 2.75 * u, false, t->paper);
	t->body = style(11.5, 2 * u, false, t->text);
	t->body.link = t->accent;
	t->heading[0] = style(17, 3 * u, true, t->accent);
	t->heading[1] = style(14, 2.5 * u, true, t->accent);
	for (int i = 2; i < 5; i++)
		t->heading[i] = style(11.5, 2 * u, true, i == 2 ? t->accent : t->text);
	t->value = style(28, 4 * u, true, t->accent);
	t->label = style(11, 1.75 * u, false, t->text);
	t->grid_heading = style(23, 3.5 * u, true, t->accent);
	t->intro = style(12.5, 2.25 * u, false, t->text);
	t->caption = style(11, 1.75 * u, true, t->accent);
	t->footer = style(11, 2 * u, false, t->quiet);
}

bool
theme_make(const struct announcement *from, struct diag *d, struct theme *out)
{
	*out = (struct theme){0};
	page_make(from, out);
	bool ok = colors_make(from, d, out);
	styles_make(out);
	return ok;
}
