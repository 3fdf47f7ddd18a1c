#include "compose/theme.h"

#include <math.h>

/* 60 to 75 characters of body text */
static const double MEASURE = 352;

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
	const struct palette *p = &t->colors;
	t->kicker = style(11, 2 * u, true, p->kicker);
	t->kicker.tracking = 0.8;
	t->title = style(40, 5.5 * u, true, p->paper);
	t->lead = style(15.5, 2.75 * u, false, p->paper);
	t->body = style(11.5, 2 * u, false, p->text);
	t->body.link = p->accent;
	t->heading[0] = style(17, 3 * u, true, p->accent);
	t->heading[1] = style(14, 2.5 * u, true, p->accent);
	for (int i = 2; i < 5; i++)
		t->heading[i] = style(11.5, 2 * u, true, i == 2 ? p->accent : p->text);
	t->value = style(28, 4 * u, true, p->accent);
	t->label = style(11, 1.75 * u, false, p->text);
	t->grid_heading = style(23, 3.5 * u, true, p->accent);
	t->intro = style(12.5, 2.25 * u, false, p->text);
	t->caption =
	    style(11, 1.75 * u, true, card_colors(p, (struct card_choice){0}).caption);
	t->footer = style(11, 2 * u, false, p->quiet);
}

void
theme_make(const struct brochure *from, struct theme *out)
{
	*out = (struct theme){.colors = from->colors};
	page_make(from->text, out);
	styles_make(out);
}
