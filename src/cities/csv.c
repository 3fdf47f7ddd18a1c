#include "cities/csv.h"

#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "input/encoding.h"
#include "diag/lines.h"

struct reader {
	const char *s; /* a NUL after it */
	size_t i, len; /* the byte in hand, and how many there are */
	struct lines lines;
	struct csv_table *table;
	struct arena *a;
	struct diag *d;

	struct csv_row row;
	struct csv_cell cells[CSV_COLUMNS_MAX]; /* of the row */
};

static bool
ends_line(const struct reader *r)
{
	return r->i == r->len || r->s[r->i] == '\n' || r->s[r->i] == '\r';
}

static void
skip_line_end(struct reader *r)
{
	r->i += r->s[r->i] == '\r' && r->s[r->i + 1] == '\n';
	r->i += r->i < r->len;
}

static bool
ends_cell(const struct reader *r)
{
	return r->s[r->i] == r->table->separator || ends_line(r);
}

/* Whether U, at the end of a cell, does not belong to it: nobody sees it there. */
static bool
is_margin(int32_t u)
{
	return utf8_is_space(u) || (utf8_is_blank(u) && !utf8_is_control(u));
}

static void
skip_margin(struct reader *r)
{
	int32_t u = ' ';
	for (size_t n = 0; is_margin(u) && !ends_cell(r); r->i += n) {
		n = utf8_decode(r->s + r->i, r->len - r->i, &u);
		n = is_margin(u) ? n : 0;
	}
}

/* --- cells -------------------------------------------------------------------- */

/* Reports a fault of the row at the byte AT, which is then the one in hand. */
static bool
refuse(struct reader *r, enum rule rule, size_t at, const char *message)
{
	diag_report(r->d, rule, lines_place(&r->lines, at), _("row %d: %s"),
	    r->row.number, message);
	r->row.broken = true;
	r->i = at;
	return false;
}

static bool
refuse_size(struct reader *r, size_t at)
{
	return refuse(r, RULE_CSV_LIMIT, at,
	    _("this cell is longer than 64 KB; is a quote (\") missing at its end?"));
}

/* Narrows the span from *START to *END to what is not margin. */
static void
trim(const char *s, size_t *start, size_t *end)
{
	size_t first = *end, last = *start;
	for (size_t i = *start; i < *end;) {
		int32_t u;
		size_t at = i;
		i += utf8_decode(s + i, *end - i, &u);
		if (is_margin(u))
			continue;
		first = at < first ? at : first;
		last = i;
	}
	*start = first < last ? first : *start;
	*end = first < last ? last : *start;
}

/* Reads the cell that a quote opens, as far as its end.  False: faulty; reported. */
static bool
read_quoted(struct reader *r, struct csv_cell *cell)
{
	size_t open = r->i, len = 0;
	const char *s = r->s + open + 1;
	for (; *s != '\0' && (*s != '"' || s[1] == '"') && len <= CSV_CELL_MAX; len++)
		s += *s == '"' ? 2 : 1;
	if (*s == '\0')
		return refuse(r, RULE_CSV_QUOTE, open,
		    _("this quote (\") is never closed; put one at the end of the cell, or remove this one"));
	if (len > CSV_CELL_MAX)
		return refuse_size(r, open);
	char *text = arena_alloc(r->a, len + 1);
	s = r->s + open + 1;
	for (size_t n = 0; n < len; n++) {
		text[n] = *s;
		s += *s == '"' ? 2 : 1;
	}
	size_t start = 0, end = len;
	trim(text, &start, &end);
	text[end] = '\0';
	*cell = (struct csv_cell){.text = {text + start, lines_place(&r->lines, open)},
	    .quoted = true,
	    .start = open,
	    .end = (size_t)(s + 1 - r->s)};
	r->i = cell->end;
	skip_margin(r);
	return ends_cell(r) ||
	    refuse(r, RULE_CSV_QUOTE, r->i,
		_("text after the quote (\") that closes a cell; put the whole cell in quotes, and write a quote inside it twice: \"the \"\"best\"\" town\""));
}

/* The same for the cell in hand, whatever it begins with. */
static bool
read_cell(struct reader *r, struct csv_cell *cell)
{
	size_t start = r->i;
	skip_margin(r);
	if (r->s[r->i] == '"')
		return read_quoted(r, cell);
	while (!ends_cell(r))
		r->i++;
	size_t end = r->i;
	trim(r->s, &start, &end);
	if (end - start > CSV_CELL_MAX)
		return refuse_size(r, start);
	*cell = (struct csv_cell){
	    .text = {arena_strndup(r->a, r->s + start, end - start),
		lines_place(&r->lines, start)},
	    .start = start,
	    .end = end,
	};
	return true;
}

/* --- rows --------------------------------------------------------------------- */

/* Reads the row in hand and its line end; of a faulty one, what is before the fault,
 * and goes on with the line after it. */
static void
read_row(struct reader *r)
{
	struct csv_row *row = &r->row;
	struct csv_cell cell;
	size_t start = r->i;
	for (int i = 1; read_cell(r, &cell); i++) {
		if (row->n < CSV_COLUMNS_MAX)
			r->cells[row->n++] = cell;
		if (cell.text.s[0] != '\0')
			row->width = i;
		if (ends_line(r))
			break;
		r->i++;
	}
	while (!ends_line(r))
		r->i++;
	skip_line_end(r);
	if (row->width == 0 && !row->broken)
		return;
	size_t size = (size_t)row->n * sizeof *row->cells;
	row->cells = memcpy(arena_alloc(r->a, size), r->cells, size);
	row->at = row->n > 0 ? row->cells[0].text.at : lines_place(&r->lines, start);
	*arena_append(r->a, r->table->rows, r->table->n) = *row;
}

/* A first line "sep=;", in quotes or not, separators after it ignored. */
static void
read_separator(struct reader *r)
{
	const char *s = r->s + (r->s[0] == '"');
	if (strncmp(s, "sep=", 4) != 0 && strncmp(s, "SEP=", 4) != 0)
		return;
	char rest[] = {s[4], '"', ' ', '\0'};
	if (s[4] == '\0' || strchr(",;\t|:", s[4]) == NULL)
		return;
	r->i = (size_t)(s + 5 - r->s);
	r->i += strspn(r->s + r->i, rest);
	if (ends_line(r)) {
		r->table->separator = s[4];
		skip_line_end(r);
	} else {
		r->i = 0;
	}
}

void
csv_read(const struct source *source, char separator, struct arena *a, struct diag *d,
    struct csv_table *out)
{
	*out = (struct csv_table){.source = source, .separator = separator};
	struct reader r = {.s = source->bytes,
	    .len = source->len,
	    .lines = lines_index(a, source->file, source->bytes, source->len),
	    .table = out,
	    .a = a,
	    .d = d};
	read_separator(&r);
	for (int number = 1; r.i < r.len; number++) {
		if (out->n == CSV_ROWS_MAX) {
			diag_report(d, RULE_CSV_LIMIT, lines_place(&r.lines, r.i),
			    _("more than %d rows; remove those without a city"),
			    CSV_ROWS_MAX);
			return;
		}
		r.row = (struct csv_row){.number = number};
		read_row(&r);
	}
}

/* --- writing ------------------------------------------------------------------ */

struct csv_splice
csv_replace(const struct csv_table *table, const struct csv_cell *cell, const char *value,
    struct arena *a)
{
	char special[] = {table->separator, '"', '\n', '\r', '\0'};
	bool quoted = cell->quoted || strpbrk(value, special) != NULL;
	struct buffer text = {0};
	buffer_puts(&text, quoted ? "\"" : "");
	for (const char *s = value; *s != '\0'; s++) {
		buffer_puts(&text, *s == '"' ? "\"" : "");
		buffer_append(&text, s, 1);
	}
	buffer_puts(&text, quoted ? "\"" : "");
	struct csv_splice splice = {
	    .start = encoding_offset(table->source, cell->start),
	    .end = encoding_offset(table->source, cell->end),
	};
	splice.bytes =
	    encoding_encode(table->source, buffer_take(&text, a), a, &splice.len);
	return splice;
}
