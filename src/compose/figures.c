#include "compose/figures.h"

#include "base/i18n.h"

enum { COLUMNS_MAX = 4 };

static const double GAP = 2 * GRID_UNIT, ROW_GAP = 2 * GRID_UNIT;
static const double RULE = 1.5, BELOW_RULE = 0.75 * GRID_UNIT;
static const double VALUE_SMALLEST = 15;

/* Sets all values in the largest type in which each stands on one line. */
static bool
values_set(struct composer *c, struct figures *f)
{
	f->value_style = c->theme.value;
	const double leading = f->value_style.leading / f->value_style.size;
	for (; f->value_style.size >= VALUE_SMALLEST; f->value_style.size--) {
		f->value_style.leading = leading * f->value_style.size;
		int one_line = 0;
		for (int i = 0; i < c->text->nfigures; i++) {
			struct text value = c->text->figures[i].value;
			/* the space keeps it apart from its label when it is read out */
			value.s = arena_printf(c->a, "%s ", value.s);
			f->values[i] =
			    text_set(&c->setter, value, &f->value_style, f->column_w);
			one_line += f->values[i].n <= 1;
		}
		if (one_line == c->text->nfigures)
			return true;
	}
	for (int i = 0; i < c->text->nfigures; i++)
		if (f->values[i].n > 1)
			diag_error(c->d, c->text->figures[i].value.at,
			    _("the figure \"%s\" is too long for its column; shorten it or move words "
			      "to its label"),
			    c->text->figures[i].value.s);
	return false;
}

bool
figures_set(struct composer *c, struct figures *out)
{
	int n = c->text->nfigures;
	*out = (struct figures){0};
	if (n == 0)
		return true;
	int most = c->theme.column_w < 300 ? 2 : COLUMNS_MAX;
	out->nrows = (n + most - 1) / most;
	out->ncolumns = (n + out->nrows - 1) / out->nrows;
	out->column_w = (c->theme.column_w - (out->ncolumns - 1) * GAP) / out->ncolumns;
	out->values = arena_alloc(c->a, (size_t)n * sizeof *out->values);
	out->labels = arena_alloc(c->a, (size_t)n * sizeof *out->labels);
	if (!values_set(c, out))
		return false;
	int lines = 0;
	for (int i = 0; i < n; i++) {
		out->labels[i] = text_set(&c->setter, c->text->figures[i].label,
		    &c->theme.label, out->column_w);
		if (out->labels[i].n > lines)
			lines = out->labels[i].n;
	}
	out->row_h =
	    BELOW_RULE + out->value_style.leading + lines * c->theme.label.leading;
	out->height = out->nrows * out->row_h + (out->nrows - 1) * ROW_GAP;
	return true;
}

static void
figure_draw(struct composer *c, struct element *list, const struct figures *f, int i,
    struct column cell)
{
	area_add(&c->build, MARK_LAYOUT,
	    (struct rect){cell.x, cell.top - RULE, cell.w, RULE}, c->theme.accent);
	struct element *item = element_add(&c->build, list, ROLE_LI);
	struct element *body = element_add(&c->build, item, ROLE_LBODY);
	struct pen pen = {.element = body};
	double top = cell.top - BELOW_RULE;
	for (int k = 0; k < f->values[i].n; k++)
		line_draw(c, &pen, &f->values[i].lines[k],
		    (struct line_place){cell.x,
			top - style_baseline(&c->setter, &f->value_style),
			&f->value_style});
	top -= f->value_style.leading;
	for (int k = 0; k < f->labels[i].n; k++) {
		line_draw(c, &pen, &f->labels[i].lines[k],
		    (struct line_place){cell.x,
			top - style_baseline(&c->setter, &c->theme.label),
			&c->theme.label});
		top -= c->theme.label.leading;
	}
}

double
figures_draw(struct composer *c, struct element *sect, const struct figures *figures,
    struct column column)
{
	if (figures->height <= 0)
		return column.top;
	struct element *list = element_add(&c->build, sect, ROLE_L);
	for (int i = 0; i < c->text->nfigures; i++) {
		int row = i / figures->ncolumns;
		struct column cell = {
		    .x = column.x + i % figures->ncolumns * (figures->column_w + GAP),
		    .w = figures->column_w,
		    .top = column.top - row * (figures->row_h + ROW_GAP),
		};
		figure_draw(c, list, figures, i, cell);
	}
	return column.top - figures->height;
}
