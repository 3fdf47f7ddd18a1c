#include "cities/cities.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "cities/cell.h"
#include "cities/csv.h"
#include "cities/header.h"
#include "cities/rows.h"
#include "input/encoding.h"

enum { CSV_MAX = 16 * 1024 * 1024 };

struct list {
	const struct csv_table *table;
	struct header header;
	struct arena *a;
	struct diag *d;
	struct cities *out;
	int *numbers; /* the row of each city */
};

/* --- the form of a row -------------------------------------------------------- */

static const char *
separator_name(const struct list *list)
{
	char separator = list->table->separator;
	return separator == '\t' ? _("a tab")
				 : arena_printf(list->a, _("\"%c\""), separator);
}

/* Whether ROW is a single cell, because of its separators or the quotes around it, and
 * the header is not; reported. */
static bool
is_one_cell(const struct list *list, const struct csv_row *row)
{
	const struct csv_row *header = list->header.row;
	if (row->n != 1 || header->width == 1 ||
	    strpbrk(row->cells[0].text.s, ",;\t|") == NULL)
		return false;
	/* the separators of the first row are those of all rows, but for the header */
	bool others = row == &list->table->rows[list->header.first] &&
	    strchr(row->cells[0].text.s, list->table->separator) == NULL;
	diag_report(list->d, RULE_ROW_SEPARATOR, others ? header->at : row->at,
	    _("row %d is all in one cell, the header has %s between its cells; use the same in all rows, and no quotes (\") around a whole row"),
	    row->number, separator_name(list));
	return true;
}

/* Whether ROW ends where only cells that may be empty would follow: Excel leaves out the
 * separators before such cells, sixteen rows at a time.  What describes a logo in one
 * word may stand one cell too early. */
static bool
ends_early(const struct list *list, const struct csv_row *row)
{
	const int *index = list->header.index, alt = index[COLUMN_ALT];
	for (int column = 0; column < COLUMN_ALT; column++)
		if (index[column] >= row->n)
			return false;
	const char *s = alt >= 0 && alt < row->n ? row->cells[alt].text.s : "";
	return s[0] == '\0' || strchr(s, ' ') != NULL;
}

static bool
has_form(const struct list *list, const struct csv_row *row)
{
	const struct csv_row *header = list->header.row;
	if (row->n < header->width && !ends_early(list, row)) {
		diag_report(list->d, RULE_ROW_WIDTH, row->at,
		    ngettext(
			"row %d has %d cell, the header %d; add the missing cells, even if empty, or remove the row",
			"row %d has %d cells, the header %d; add the missing cells, even if empty, or remove the row",
			(unsigned long)row->n),
		    row->number, row->n, header->width);
		return false;
	}
	if (row->width > header->width) {
		int extra = header->width < row->n ? header->width : row->n - 1;
		diag_report(list->d, RULE_ROW_WIDTH, row->cells[extra].text.at,
		    _("row %d has %d cells, the header %d; put a cell that contains %s in quotes (\")"),
		    row->number, row->width, header->width, separator_name(list));
		return false;
	}
	return true;
}

/* How many of the first bytes of S are marks that no name begins with: "#", "//", "•". */
static size_t
mark_len(const char *s)
{
	size_t len = strlen(s), n = 0, step;
	for (; n < len; n += step) {
		int32_t u;
		step = utf8_decode(s + n, len - n, &u);
		const char *is = utf8_category(u);
		if (strstr("Pc Pd Po Sm Sc Sk So", is) == NULL || strchr("'\"`?", s[n]))
			break;
	}
	return n;
}

/* Whether ROW is but a line ("---") between others; reported. */
static bool
is_line(const struct list *list, const struct csv_row *row)
{
	for (int i = 0; i < row->n; i++)
		if (row->cells[i].text.s[mark_len(row->cells[i].text.s)] != '\0')
			return false;
	diag_report(list->d, RULE_ROW_MARK, row->at,
	    _("row %d is a line, not a city, and is left out; remove it"), row->number);
	return true;
}

/* --- the list ----------------------------------------------------------------- */

static struct cell
cell_of(const struct list *list, const struct csv_row *row, enum column column)
{
	int i = list->header.index[column];
	struct text text =
	    i >= 0 && i < row->n ? row->cells[i].text : (struct text){"", row->at};
	return (struct cell){text, row->number, list->header.name[column]};
}

/* What READ makes of the cell of ROW in COLUMN. */
static struct text
read_cell(const struct list *list, const struct csv_row *row, enum column column,
    const char *(*read)(const struct cell *, struct arena *, struct diag *))
{
	const struct cell cell = cell_of(list, row, column);
	const char *made = read(&cell, list->a, list->d);
	return (struct text){made, cell.text.at};
}

static void
read_row(struct list *list, const struct csv_row *row)
{
	const struct cell card = cell_of(list, row, COLUMN_CARD);
	struct city city = {.name = read_cell(list, row, COLUMN_CITY, cell_name)};
	if (row->cells[list->header.index[COLUMN_CITY]].text.s[0] == '\0')
		return; /* a remark below the list, most likely */
	city.url = read_cell(list, row, COLUMN_URL, cell_url);
	city.logo = read_cell(list, row, COLUMN_LOGO, cell_logo);
	city.alt = read_cell(list, row, COLUMN_ALT, cell_alt);
	city.brief = read_cell(list, row, COLUMN_SHORT, cell_short);
	city.lang = read_cell(list, row, COLUMN_LANG, cell_lang);
	city.card = cell_card(&card, list->a, list->d);
	if (city.name.s == NULL)
		return;
	int mark = (int)mark_len(city.name.s);
	/* a letter that was lost is told already */
	if (mark > 0 && !encoding_lost(list->a, city.name.s, true))
		diag_report(list->d, RULE_ROW_MARK, city.name.at,
		    _("row %d: \"%s\" is printed with \"%.*s\"; remove that, or the whole row if it is to be left out"),
		    row->number, city.name.s, mark, city.name.s);
	int n = list->out->n;
	*arena_append(list->a, list->numbers, n) = row->number;
	*arena_append(list->a, list->out->list, list->out->n) = city;
}

static void
read_rows(struct list *list)
{
	for (int i = list->header.first; i < list->table->n; i++) {
		const struct csv_row *row = &list->table->rows[i];
		if (row->broken || is_line(list, row))
			continue;
		if (is_one_cell(list, row)) {
			if (i == list->header.first)
				return; /* all of them may be */
			continue;
		}
		if (header_again(&list->header, row)) {
			diag_report(list->d, RULE_HEADER_TWICE, row->at,
			    _("row %d repeats the header and is left out; remove it"),
			    row->number);
			continue;
		}
		if (list->out->n == CITIES_MAX) {
			diag_report(list->d, RULE_CSV_LIMIT, row->at,
			    _("row %d: more than %d cities; make two brochures of them"),
			    row->number, CITIES_MAX);
			return;
		}
		if (has_form(list, row))
			read_row(list, row);
	}
}

/* Copies the cities to A, without all that reading them left beside them. */
static void
keep_cities(struct cities *cities, struct arena *a)
{
	size_t size = (size_t)cities->n * sizeof *cities->list;
	if (size == 0)
		return;
	cities->list = memcpy(arena_alloc(a, size), cities->list, size);
	for (int i = 0; i < cities->n; i++) {
		struct city *city = &cities->list[i];
		struct text *const texts[] = {&city->name, &city->url, &city->logo,
		    &city->alt, &city->brief, &city->lang};
		for (size_t j = 0; j < sizeof texts / sizeof texts[0]; j++)
			if (texts[j]->s != NULL)
				texts[j]->s = arena_strdup(a, texts[j]->s);
	}
}

/* Reads TEXT, which is UTF-8; what it makes belongs to A. */
static void
parse_text(const struct source *text, struct arena *a, struct diag *d, struct cities *out)
{
	int before = d->nerrors;
	struct csv_table table;
	struct list list = {.table = &table, .a = a, .d = d, .out = out};
	csv_read(text, header_separator(text), a, d, &table);
	if (table.n > 0) {
		if (!header_find(&table, d, &list.header))
			return;
		read_rows(&list);
		rows_check(out, list.numbers, d);
	}
	if (out->n == 0 && d->nerrors == before)
		diag_report(d, RULE_CITY_NONE, (struct place){text->file, 1, 1},
		    _("no cities here; expected a header, \"city,url,logo,alt\", and a row for each city"));
}

bool
cities_parse(
    const struct source *source, struct arena *a, struct diag *d, struct cities *out)
{
	int before = d->nerrors;
	struct source text = *source;
	struct arena scratch = {0};
	*out = (struct cities){.file = source->file};
	if (encoding_any(&text, a, d))
		parse_text(&text, &scratch, d, out);
	keep_cities(out, a);
	arena_free(&scratch);
	return d->nerrors == before;
}

bool
cities_read(const char *path, struct arena *a, struct diag *d, struct cities *out)
{
	struct source source;
	*out = (struct cities){.file = path};
	return source_read(path, CSV_MAX, a, d, &source) &&
	    cities_parse(&source, a, d, out);
}
