#include "cities/cities.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "cities/cell.h"
#include "cities/columns.h"
#include "cities/csv.h"
#include "cities/dialect.h"
#include "cities/label.h"
#include "cities/neighbours.h"
#include "input/encoding.h"
#include "input/prose.h"

enum { CSV_MAX = 16 * 1024 * 1024 };

struct list {
	struct arena *a;
	struct diag *d;
	struct csv_table table;
	struct columns columns;
	char separator;
	struct cities *out;
	int *rows;                  /* of each city */
	bool told[CSV_COLUMNS_MAX]; /* that the column has no name */
};

/* --- rows ------------------------------------------------------------------------------
 */

static struct cell
cell_of(const struct list *list, const struct csv_row *row, enum column column)
{
	int i = list->columns.index[column];
	struct text text = {"", row->at};
	if (i >= 0 && i < row->n)
		text = row->cells[i];
	return (struct cell){text, row->number, list->columns.name[column]};
}

static bool
is_header_again(const struct list *list, const struct csv_row *row)
{
	const struct csv_row *header = list->columns.header;
	if (columns_named(row) < 2)
		return false;
	for (int i = 0; i < row->n && i < header->n; i++) {
		if (column_named(row->cells[i].s) != column_named(header->cells[i].s))
			return false;
	}
	diag_warning(list->d, row->at,
	    _("row %d is the header once more and left out; take it away"), row->number);
	return true;
}

/* The separator that the row seems to have in place of the header's; '\0': none. */
static char
other_separator(const struct list *list, const struct csv_row *row)
{
	static const char known[] = ",;\t";
	for (const char *c = known; *c != '\0' && row->n == 1; c++)
		if (*c != list->separator && strchr(row->cells[0].s, *c) != NULL)
			return *c;
	return '\0';
}

static const char *
separator_name(char separator)
{
	return separator == '\t' ? _("a tab")
	    : separator == ';'   ? _("\";\"")
				 : _("\",\"");
}

/* The header with OTHER between its cells, where they are told apart by that. */
static const char *
header_with(const struct list *list, char other)
{
	char *line = arena_strdup(list->a, "");
	const struct csv_row *header = list->columns.header;
	for (int i = 0; i < header->width && i < header->n; i++)
		line = arena_printf(
		    list->a, "%s%.*s%s", line, i > 0, &other, header->cells[i].s);
	return line;
}

/* Whether the rows have the header's separator.  Where most have not, that is told once.
 */
static bool
have_separator(const struct list *list)
{
	const struct csv_row *header = list->columns.header;
	const struct csv_row *first = NULL;
	int n = 0, rows = list->table.n - list->columns.first;
	for (int i = list->columns.first; i < list->table.n; i++) {
		const struct csv_row *row = &list->table.rows[i];
		if (row->n >= header->width || other_separator(list, row) == '\0')
			continue;
		if (n++ == 0)
			first = row;
	}
	if (n < 2 || 2 * n <= rows)
		return true;
	char other = other_separator(list, first);
	diag_error(list->d, header->at,
	    _("the header has %s between its cells, the rows %s; write the header as \"%s\""),
	    separator_name(list->separator), separator_name(other),
	    header_with(list, other));
	return false;
}

/* A row that is a cell, because of its quotes or its separators. */
static bool
is_in_one_cell(const struct list *list, const struct csv_row *row)
{
	const struct csv_row *header = list->columns.header;
	if (row->n == 1 && header->width > 1 &&
	    strchr(row->cells[0].s, list->separator)) {
		diag_error(list->d, row->at,
		    _("row %d: the whole row stands in one cell; take away the quotes (\") around it"),
		    row->number);
		return true;
	}
	char other = other_separator(list, row);
	if (row->n < header->width && other != '\0') {
		diag_error(list->d, row->at,
		    _("row %d has %s between its cells, the header %s; use the same in all rows"),
		    row->number, separator_name(other), separator_name(list->separator));
		return true;
	}
	return false;
}

/* A remark or a sum, as at the end of a table. */
static bool
has_one_word(const struct list *list, const struct csv_row *row)
{
	const struct text *only = NULL;
	for (int i = 0; i < row->n; i++) {
		if (row->cells[i].s[0] == '\0')
			continue;
		if (only != NULL)
			return false;
		only = &row->cells[i];
	}
	if (only == NULL || row->width > row->n || list->columns.header->width < 3)
		return false;
	diag_error(list->d, only->at,
	    _("row %d holds \"%s\" only; take the row away, or fill in its other cells"),
	    row->number, only->s);
	return true;
}

static bool
has_right_width(const struct list *list, const struct csv_row *row)
{
	const struct csv_row *header = list->columns.header;
	if (is_in_one_cell(list, row) || has_one_word(list, row))
		return false;
	if (row->n < header->width) {
		diag_error(list->d, row->at,
		    ngettext(
			"row %d has %d cell, the header %d; add what is missing, an empty cell as well",
			"row %d has %d cells, the header %d; add what is missing, an empty cell as well",
			(unsigned long)row->n),
		    row->number, row->n, header->width);
		return false;
	}
	if (row->width > header->n) {
		int extra = header->n < row->n ? header->n : row->n - 1;
		diag_error(list->d, row->cells[extra].at,
		    _("row %d has %d cells, the header %d; put a cell that holds a \"%c\" in quotes (\")"),
		    row->number, row->width, header->width, list->separator);
		return false;
	}
	return true;
}

static bool
is_column(const struct list *list, int i)
{
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		if (list->columns.index[column] == i)
			return true;
	}
	return false;
}

/* Each column without a name is told once. */
static void
judge_unnamed(struct list *list, const struct csv_row *row)
{
	const struct csv_row *header = list->columns.header;
	for (int i = 0; i < row->n && i < header->n; i++) {
		if (header->cells[i].s[0] != '\0' || row->cells[i].s[0] == '\0' ||
		    list->told[i] || is_column(list, i))
			continue;
		list->told[i] = true;
		diag_warning(list->d, row->cells[i].at,
		    _("row %d: this cell is in a column without a name and not used"),
		    row->number);
	}
}

/* Fills CITY; what is faulty stays NULL.  A column that is missing was reported once. */
static bool
read_row(struct list *list, const struct csv_row *row, struct city *city)
{
	judge_unnamed(list, row);
	struct cell name = cell_of(list, row, COLUMN_CITY);
	city->name.at = name.text.at;
	bool ok = label_name(&name, list->a, list->d, &city->name.s);
	struct cell url = cell_of(list, row, COLUMN_URL);
	city->url.at = url.text.at;
	if (list->columns.index[COLUMN_URL] >= 0) {
		bool good = cell_link(&url, list->a, list->d);
		city->url.s = good ? url.text.s : NULL;
		ok &= good;
	}
	struct cell logo = cell_of(list, row, COLUMN_LOGO);
	city->logo.at = logo.text.at;
	if (list->columns.index[COLUMN_LOGO] >= 0) {
		bool good = cell_file(&logo, list->a, list->d);
		city->logo.s = good ? utf8_nfc(list->a, logo.text.s) : NULL;
		ok &= good;
	}
	struct cell alt = cell_of(list, row, COLUMN_ALT);
	city->alt.at = alt.text.at;
	if (!prose_is_blank(alt.text.s))
		ok &= label_alt(&alt, list->a, list->d, &city->alt.s);
	return ok;
}

/* --- the list --------------------------------------------------------------------------
 */

static bool
read_rows(struct list *list)
{
	struct cities *out = list->out;
	bool ok = true;
	for (int i = list->columns.first; i < list->table.n; i++) {
		const struct csv_row *row = &list->table.rows[i];
		if (row->broken || is_header_again(list, row))
			continue;
		if (out->n == CITIES_MAX) {
			diag_error(list->d, row->at,
			    _("row %d: more than %d cities; make two brochures of them"),
			    row->number, CITIES_MAX);
			return false;
		}
		struct city city = {0};
		ok &= has_right_width(list, row) && read_row(list, row, &city);
		if (city.name.s == NULL)
			continue;
		int n = out->n;
		*arena_append(list->a, list->rows, n) = row->number;
		*arena_append(list->a, out->list, out->n) = city;
	}
	return ok;
}

static bool
report_empty(const struct source *source, struct diag *d)
{
	diag_error(d, (struct place){source->file, 1, 1},
	    _("the file is empty; expected a header \"city,url,logo,alt\" and a row for each city"));
	return false;
}

static bool
read_table(struct list *list)
{
	bool ok = columns_find(&list->table, list->d, &list->columns);
	if (list->columns.index[COLUMN_CITY] < 0)
		return false;
	if (!have_separator(list))
		return false;
	ok &= read_rows(list);
	ok &= neighbours_check((struct neighbours){list->out, list->rows}, list->d);
	for (int i = 0; i < list->table.n; i++)
		ok &= !list->table.rows[i].broken; /* told already */
	if (ok && list->out->n == 0) {
		diag_error(list->d, list->columns.header->at,
		    _("no cities below the header; expected a row for each city"));
		return false;
	}
	return ok;
}

static struct text
keep_text(struct text text, struct arena *a)
{
	if (text.s != NULL)
		text.s = arena_strdup(a, text.s);
	return text;
}

/* Copies the cities to A, without all that reading them left beside them. */
static void
keep_cities(struct cities *cities, struct arena *a)
{
	struct city *list = arena_alloc(a, (size_t)cities->n * sizeof *list);
	for (int i = 0; i < cities->n; i++) {
		const struct city *from = &cities->list[i];
		list[i] = (struct city){
		    .name = keep_text(from->name, a),
		    .url = keep_text(from->url, a),
		    .logo = keep_text(from->logo, a),
		    .alt = keep_text(from->alt, a),
		};
	}
	cities->list = list;
}

/* Reads TEXT, which is UTF-8; what it makes belongs to A. */
static bool
parse_text(const struct source *text, struct arena *a, struct diag *d, struct cities *out)
{
	struct list list = {.a = a, .d = d, .out = out};
	struct csv_input input = dialect_guess(text);
	list.separator = input.separator;
	bool ok = csv_read(input, a, d, &list.table);
	if (list.table.n == 0)
		return ok && report_empty(text, d);
	return read_table(&list) && ok;
}

bool
cities_parse(
    const struct source *source, struct arena *a, struct diag *d, struct cities *out)
{
	struct source text = *source;
	*out = (struct cities){.file = source->file};
	if (source->len == 0)
		return report_empty(source, d);
	if (!encoding_any(&text, a, d))
		return false;
	struct arena scratch = {0};
	bool ok = parse_text(&text, &scratch, d, out);
	keep_cities(out, a);
	arena_free(&scratch);
	return ok;
}

bool
cities_read(const char *path, struct arena *a, struct diag *d, struct cities *out)
{
	struct source source;
	*out = (struct cities){.file = path};
	return source_read(path, CSV_MAX, a, d, &source) &&
	    cities_parse(&source, a, d, out);
}
