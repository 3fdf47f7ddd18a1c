#include "read/columns.h"

#include <string.h>

#include "base/i18n.h"
#include "base/words.h"

struct column_name {
	const char *name;
	enum column column;
};

static const struct column_name column_names[] = {
    {"city", COLUMN_CITY},
    {"stad", COLUMN_CITY},
    {"ville", COLUMN_CITY},
    {"gemeente", COLUMN_CITY},
    {"commune", COLUMN_CITY},
    {"url", COLUMN_URL},
    {"website", COLUMN_URL},
    {"link", COLUMN_URL},
    {"lien", COLUMN_URL},
    {"logo", COLUMN_LOGO},
    {"alt", COLUMN_ALT},
    {"omschrijving", COLUMN_ALT},
    {"description", COLUMN_ALT},
};

enum { NAMES_COUNT = sizeof column_names / sizeof column_names[0] };

static const char *const defaults[COLUMN_COUNT] = {"city", "url", "logo", "alt"};

/* Equal but for the case of ASCII letters, in every locale. */
static bool
equal_ignoring_case(const char *x, const char *y)
{
	for (; *x != '\0' && *y != '\0'; x++, y++) {
		char c = *x >= 'A' && *x <= 'Z' ? (char)(*x - 'A' + 'a') : *x;
		if (c != *y)
			return false;
	}
	return *x == *y;
}

enum column
column_named(const char *name)
{
	for (int i = 0; i < NAMES_COUNT; i++) {
		if (equal_ignoring_case(name, column_names[i].name))
			return column_names[i].column;
	}
	return COLUMN_COUNT;
}

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

/* The index of the row that names most columns, from two on; else of the first one that
 * names one; -1: none does. */
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
	return one;
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

static const char *
nearest_name(const char *name)
{
	const char *names[NAMES_COUNT];
	for (int i = 0; i < NAMES_COUNT; i++)
		names[i] = column_names[i].name;
	return words_nearest(name, names, NAMES_COUNT);
}

static bool
set_column(struct text cell, int i, struct diag *d, struct columns *out)
{
	enum column column = column_named(cell.s);
	if (column == COLUMN_COUNT)
		return true;
	if (out->index[column] >= 0) {
		diag_error(d, cell.at,
		    _("the columns \"%s\" and \"%s\" mean the same; keep one of them"),
		    out->name[column], cell.s);
		return false;
	}
	out->index[column] = i;
	out->name[column] = cell.s;
	return true;
}

/* A column that is not known: misspelt, or of no use here. */
static bool
judge_unknown(struct text cell, int i, struct diag *d, struct columns *out)
{
	const char *nearest = nearest_name(cell.s);
	enum column column = nearest != NULL ? column_named(nearest) : COLUMN_COUNT;
	if (column == COLUMN_COUNT || out->index[column] >= 0) {
		diag_note(d, cell.at, _("the column \"%s\" is not used"), cell.s);
		return true;
	}
	diag_error(d, cell.at, _("unknown column \"%s\"; did you mean \"%s\"?"), cell.s,
	    nearest);
	out->index[column] = i;
	out->name[column] = cell.s;
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
read_header(struct diag *d, struct columns *out)
{
	const struct csv_row *header = out->header;
	bool ok = !header->broken;
	if (header->width > CSV_COLUMNS_MAX) {
		diag_error(d, header->at,
		    _("the header has %d columns; expected %d at most"), header->width,
		    CSV_COLUMNS_MAX);
		ok = false;
	}
	for (int i = 0; i < header->n; i++)
		ok &= set_column(header->cells[i], i, d, out);
	for (int i = 0; i < header->n; i++) {
		struct text cell = header->cells[i];
		if (cell.s[0] != '\0' && column_named(cell.s) == COLUMN_COUNT)
			ok &= judge_unknown(cell, i, d, out);
	}
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		if (!header->broken)
			ok &= require_column(column, d, out);
	}
	return ok;
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
		out->name[column] = defaults[column];
	}
	int header = find_header(table);
	if (header < 0) {
		/* of a row that was lost, the fault is told */
		if (!table->rows[0].broken)
			report_no_header(&table->rows[0], d, out);
		return false;
	}
	out->header = &table->rows[header];
	out->first = header + 1;
	bool ok = judge_rows_above(table, header, d);
	return read_header(d, out) && ok;
}
