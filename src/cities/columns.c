#include "cities/columns.h"

#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "cities/below.h"

int
columns_named(const struct csv_row *row)
{
	int n = 0;
	for (int i = 0; i < row->n; i++)
		n += column_named(row->cells[i].s) != COLUMN_COUNT;
	return n;
}

/* --- finding the header ----------------------------------------------------------------
 */

static bool
looks_like_link(const char *s)
{
	return strncmp(s, "http:", 5) == 0 || strncmp(s, "https:", 6) == 0 ||
	    strncmp(s, "www.", 4) == 0;
}

static bool
has_link(const struct csv_row *row)
{
	for (int i = 0; i < row->n; i++) {
		if (looks_like_link(row->cells[i].s))
			return true;
	}
	return false;
}

/* Whether ROW names two columns, in words that have to be mended. */
static bool
nearly_names(const struct csv_row *row)
{
	struct arena scratch = {0};
	int n = 0;
	for (int i = 0; i < row->n; i++)
		n += column_nearest(&scratch, row->cells[i].s) != NULL;
	arena_free(&scratch);
	return n >= 2;
}

/* The index of the row that names most columns, from two on; else of the first one that
 * names one, or of the first row where that nearly does; -1: none does. */
static int
find_header(const struct csv_table *table)
{
	int one = -1;
	for (int i = 0; i < table->n; i++) {
		int n = columns_named(&table->rows[i]);
		if (n >= 2)
			return i;
		if (n == 1 && one < 0 && table->rows[i].width > 1)
			one = i;
	}
	return one < 0 && nearly_names(&table->rows[0]) ? 0 : one;
}

/* Whether the only cell of ROW holds a whole header. */
static bool
is_one_column(const struct csv_row *row)
{
	if (row->width != 1)
		return false;
	struct arena scratch = {0};
	char *line = arena_strdup(&scratch, row->cells[0].s);
	int n = 0;
	for (char *word = strtok(line, ",;|\t \""); word; word = strtok(NULL, ",;|\t \""))
		n += column_named(word) != COLUMN_COUNT;
	arena_free(&scratch);
	return n >= 2;
}

static void
report_no_header(const struct csv_row *row, struct diag *d, struct columns *out)
{
	if (row->n == 1 && is_one_column(row)) {
		diag_error(d, row->at,
		    _("everything stands in one column; save the file as CSV again, with \",\" or \";\" between the columns and no quotes around whole rows"));
	} else if (has_link(row)) {
		diag_error(d, row->at,
		    _("the header is missing; put a first row above this one that names the columns: city, url, logo, alt"));
		for (int i = 0; i < COLUMN_COUNT && i < row->n; i++)
			out->index[i] = row->n >= COLUMN_ALT ? i : -1;
	} else {
		diag_error(d, row->at,
		    _("the first row names no column that is known; expected: city, url, logo, alt"));
	}
}

/* --- what the columns mean -------------------------------------------------------------
 */

/* The header in hand, and the rows below it. */
struct header {
	const struct csv_table *table;
	struct diag *d;
	struct columns *out;
};

static bool
is_used(const struct columns *columns, int i)
{
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		if (columns->index[column] == i)
			return true;
	}
	return false;
}

static bool
is_named(const struct columns *columns, enum column column)
{
	for (int i = 0; i < columns->header->n; i++) {
		if (column_named(columns->header->cells[i].s) == column)
			return true;
	}
	return false;
}

/* Tells that column I has the name of another one, where it holds what is missing. */
static bool
rename_twin(const struct header *header, int i)
{
	struct columns *out = header->out;
	struct text cell = out->header->cells[i];
	enum column held = below_column(header->table, out->first, i);
	if (held == COLUMN_COUNT || is_named(out, held))
		return false;
	diag_error(header->d, cell.at,
	    _("two columns are called \"%s\"; name this one \"%s\""), cell.s,
	    column_defaults[held]);
	out->index[held] = i;
	out->name[held] = column_defaults[held];
	return true;
}

static bool
set_column(const struct header *header, int i)
{
	struct columns *out = header->out;
	struct text cell = out->header->cells[i];
	enum column column = column_named(cell.s);
	if (column == COLUMN_COUNT)
		return true;
	int twin = out->index[column];
	if (twin >= 0 && rename_twin(header, i))
		return false;
	bool renamed = twin >= 0 && rename_twin(header, twin);
	if (twin >= 0 && !renamed) {
		diag_error(header->d, cell.at,
		    _("the columns \"%s\" and \"%s\" mean the same; keep one of them"),
		    out->name[column], cell.s);
		return false;
	}
	out->index[column] = i;
	out->name[column] = cell.s;
	return !renamed;
}

/* Takes column I for what NAME calls it, after telling so. */
static void
take_column(const struct header *header, int i, const char *name)
{
	struct columns *out = header->out;
	struct text cell = out->header->cells[i];
	enum column column = column_named(name);
	if (cell.s[0] == '\0')
		diag_error(header->d, cell.at, _("column %d has no name; name it \"%s\""),
		    i + 1, name);
	else
		diag_error(header->d, cell.at,
		    _("unknown column \"%s\"; did you mean \"%s\"?"), cell.s, name);
	out->index[column] = i;
	out->name[column] = cell.s[0] != '\0' ? cell.s : name;
}

/* A column whose name is not known, but near to one that is missing. */
static bool
judge_misspelt(const struct header *header, int i)
{
	const char *name = header->out->header->cells[i].s;
	if (name[0] == '\0' || column_named(name) != COLUMN_COUNT)
		return true;
	struct arena scratch = {0};
	const char *nearest = column_nearest(&scratch, name);
	bool meant = nearest != NULL && header->out->index[column_named(nearest)] < 0;
	if (meant)
		take_column(header, i, nearest);
	arena_free(&scratch);
	return !meant;
}

/* A missing column whose cells stand below no name, or a name that is not known. */
static bool
judge_missing(const struct header *header, enum column column)
{
	struct columns *out = header->out;
	int found = -1;
	if (out->index[column] >= 0)
		return true;
	for (int i = 0; i < out->header->n; i++) {
		if (is_used(out, i) ||
		    column_named(out->header->cells[i].s) != COLUMN_COUNT ||
		    below_column(header->table, out->first, i) != column)
			continue;
		if (found >= 0)
			return true;
		found = i;
	}
	if (found >= 0)
		take_column(header, found, column_defaults[column]);
	return found < 0;
}

static void
judge_unused(const struct header *header, int i)
{
	struct text cell = header->out->header->cells[i];
	if (cell.s[0] != '\0' && column_named(cell.s) == COLUMN_COUNT &&
	    !is_used(header->out, i))
		diag_note(header->d, cell.at, _("the column \"%s\" is not used"), cell.s);
}

/* The names of the header, each above what it means. */
static const char *
right_header(const struct header *header, struct arena *a)
{
	const struct columns *out = header->out;
	struct buffer line = {0};
	for (int i = 0; i < out->header->n; i++) {
		const char *name = out->header->cells[i].s;
		for (enum column column = 0; column < COLUMN_COUNT; column++) {
			if (out->index[column] == i)
				name = out->name[column];
		}
		if (i > 0)
			buffer_append(&line, &header->table->separator, 1);
		buffer_puts(&line, name);
	}
	const char *text = arena_strndup(a, line.data, line.len);
	buffer_free(&line);
	return text;
}

/* Sets the columns to what stands in them, where that is clear for all three and another
 * one than their names say. */
static bool
swap_columns(const struct header *header)
{
	struct columns *out = header->out;
	int index[COLUMN_ALT] = {-1, -1, -1};
	bool differ = false;
	for (enum column column = 0; column < COLUMN_ALT; column++) {
		int i = out->index[column];
		enum column held =
		    i < 0 ? COLUMN_COUNT : below_column(header->table, out->first, i);
		if (held == COLUMN_COUNT || index[held] >= 0)
			return false;
		index[held] = i;
		differ |= held != column;
	}
	memcpy(out->index, index, sizeof index);
	return differ;
}

/* The same for the logos and their descriptions, which may be left out. */
static bool
swap_alt(const struct header *header)
{
	int *index = header->out->index, first = header->out->first;
	int logo = index[COLUMN_LOGO], alt = index[COLUMN_ALT];
	if (logo < 0 || alt < 0 ||
	    below_column(header->table, first, alt) != COLUMN_LOGO ||
	    below_column(header->table, first, logo) == COLUMN_LOGO)
		return false;
	index[COLUMN_LOGO] = alt;
	index[COLUMN_ALT] = logo;
	return true;
}

/* Names that stand above each other's cells. */
static bool
judge_swapped(const struct header *header)
{
	if (!swap_columns(header) && !swap_alt(header))
		return true;
	struct arena scratch = {0};
	diag_error(header->d, header->out->header->at,
	    _("the names of the columns do not fit what stands below them; write \"%s\""),
	    right_header(header, &scratch));
	arena_free(&scratch);
	return false;
}

static bool
require_column(enum column column, struct diag *d, struct columns *out)
{
	static const char *const messages[COLUMN_COUNT] = {
	    N_("no column for the names of the cities; name one \"city\" (or \"stad\", \"ville\")"),
	    N_("no column for the links; name one \"url\" (or \"website\", \"link\", \"lien\")"),
	    N_("no column for the logos' file names; name one \"logo\""),
	};
	if (out->index[column] >= 0 || messages[column] == NULL)
		return true;
	diag_error(d, out->header->at, "%s", _(messages[column]));
	return false;
}

static bool
judge_names(const struct header *header)
{
	const struct csv_row *row = header->out->header;
	bool ok = true;
	for (int i = 0; i < row->n; i++)
		ok &= set_column(header, i);
	for (int i = 0; i < row->n; i++)
		ok &= judge_misspelt(header, i);
	for (enum column column = 0; column < COLUMN_ALT; column++)
		ok &= judge_missing(header, column);
	for (int i = 0; i < row->n; i++)
		judge_unused(header, i);
	return ok;
}

static bool
read_header(const struct csv_table *table, struct diag *d, struct columns *out)
{
	const struct header header = {table, d, out};
	bool ok = !out->header->broken;
	if (out->header->width > CSV_COLUMNS_MAX) {
		diag_error(d, out->header->at,
		    _("the header has %d columns; expected %d at most"),
		    out->header->width, CSV_COLUMNS_MAX);
		ok = false;
	}
	ok &= judge_names(&header);
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		if (!out->header->broken)
			ok &= require_column(column, d, out);
	}
	return judge_swapped(&header) && ok;
}

static bool
judge_rows_above(const struct csv_table *table, int header, struct diag *d)
{
	for (int i = 0; i < header; i++) {
		if (has_link(&table->rows[i])) {
			diag_error(d, table->rows[header].at,
			    _("the header stands in row %d, below cities; move it to the top"),
			    table->rows[header].number);
			return false;
		}
	}
	if (header > 0)
		diag_warning(d, table->rows[0].at,
		    _("the header stands in row %d; what is above it is left out; take it away"),
		    table->rows[header].number);
	return true;
}

bool
columns_find(const struct csv_table *table, struct diag *d, struct columns *out)
{
	*out = (struct columns){.header = &table->rows[0]};
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		out->index[column] = -1;
		out->name[column] = column_defaults[column];
	}
	int header = find_header(table);
	if (below_lies_on_side(table)) {
		diag_error(d, table->rows[0].at,
		    _("the table lies on its side; expected a row for each city, not a column (copy it, then paste it transposed)"));
		return false;
	}
	if (header < 0) {
		/* of a row that was lost, the fault is told */
		if (!table->rows[0].broken)
			report_no_header(&table->rows[0], d, out);
		return false;
	}
	out->header = &table->rows[header];
	out->first = header + 1;
	bool ok = judge_rows_above(table, header, d);
	return read_header(table, d, out) && ok;
}
