#include "compose/figures.h"

#include "base/i18n.h"
#include "compose/draw.h"

enum { COLUMNS_MAX = 4 };

static const double GAP = 2 * GRID_UNIT, ROW_GAP = 2 * GRID_UNIT;
static const double RULE = 1.5, BELOW_RULE = 0.75 * GRID_UNIT;
static const double VALUE_SMALLEST = 15;
/* a column that holds two figures side by side, not four */
static const double NARROW = 350;

/* Sets all values in the size of the style.  False: one takes more than a line. */
static bool
values_set(struct composer *c, struct figures *f)
{
	bool one_line = true;
	for (int i = 0; i < c->text->nfigures; i++) {
		/* the space keeps it apart from its label when it is read out */
		const char *value =
		    arena_printf(c->a, "%s ", c->text->figures[i].value.s);
		f->values[i] = text_set(&c->setter, value, &f->value_style, f->column_w);
		one_line = one_line && f->values[i].n <= 1;
	}
	return one_line;
}

/* Finds the largest type in which each value stands on one line. */
static bool
values_fit(struct composer *c, struct figures *f)
{
	struct text_style *style = &f->value_style;
	const double leading = style->leading / style->size;
	while (!values_set(c, f)) {
		if (style->size <= VALUE_SMALLEST)
			return false;
		style->size--;
		style->leading = leading * style->size;
	}
	return true;
}

static void
report_long(struct composer *c, const struct figures *f)
{
	for (int i = 0; i < c->text->nfigures; i++)
		if (f->values[i].n > 1)
			diag_report(c->d, RULE_FIGURE_LONG, c->text->figures[i].value.at,
			    _("the figure \"%s\" is too long for its column; shorten it or "
			      "move words to its label"),
			    c->text->figures[i].value.s);
}

/* A row is as tall as its tallest label. */
static void
rows_place(struct composer *c, struct figures *f)
{
	f->row_y = arena_alloc(c->a, (size_t)f->nrows * sizeof *f->row_y);
	double y = 0;
	for (int row = 0; row < f->nrows; row++) {
		int first = row * f->ncolumns, lines = 0;
		for (int i = first; i < first + f->ncolumns && i < c->text->nfigures; i++)
			if (f->labels[i].n > lines)
				lines = f->labels[i].n;
		f->row_y[row] = y;
		f->height = y + BELOW_RULE + f->value_style.leading +
		    lines * f->label_style.leading;
		y = f->height + ROW_GAP;
	}
}

bool
figures_set(struct composer *c, double width, bool on_band, struct figures *out)
{
	const struct theme *t = &c->theme;
	int n = c->text->nfigures;
	*out = (struct figures){.value_style = t->value, .label_style = t->label};
	if (n == 0)
		return true;
	out->rule = on_band ? t->kicker.color : t->colors.accent;
	if (on_band)
		out->value_style.color = out->label_style.color = t->colors.paper;
	int most = on_band || width < NARROW ? 2 : COLUMNS_MAX;
	out->nrows = (n + most - 1) / most;
	out->ncolumns = (n + out->nrows - 1) / out->nrows;
	out->column_w = (width - (out->ncolumns - 1) * GAP) / out->ncolumns;
	out->values = arena_alloc(c->a, (size_t)n * sizeof *out->values);
	out->labels = arena_alloc(c->a, (size_t)n * sizeof *out->labels);
	if (!values_fit(c, out)) {
		report_long(c, out);
		return false;
	}
	for (int i = 0; i < n; i++)
		out->labels[i] = text_set(&c->setter, c->text->figures[i].label.s,
		    &out->label_style, out->column_w);
	rows_place(c, out);
	return true;
}

void
figures_draw(struct composer *c, struct element *sect, const struct figures *figures,
    double x, double top)
{
	if (c->text->nfigures == 0)
		return;
	struct element *list = element_add(&c->build, sect, ROLE_L);
	for (int i = 0; i < c->text->nfigures; i++) {
		double w = figures->column_w;
		double left = x + i % figures->ncolumns * (w + GAP);
		double y = top - figures->row_y[i / figures->ncolumns];
		area_add(&c->build, MARK_LAYOUT, (struct rect){left, y - RULE, w, RULE},
		    figures->rule);
		struct element *item = element_add(&c->build, list, ROLE_LI);
		struct pen pen = {.element = element_add(&c->build, item, ROLE_LBODY)};
		y = paragraph_draw(c, &pen, &figures->values[i], left, y - BELOW_RULE);
		paragraph_draw(c, &pen, &figures->labels[i], left, y);
	}
}
