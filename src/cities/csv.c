#include "cities/csv.h"

#include <string.h>

#include <csv.h>

#include "base/i18n.h"
#include "base/utf8.h"

struct reader {
	struct csv_input input;
	struct arena *a;
	struct diag *d;
	struct csv_table *table;
	struct csv_parser parser;

	size_t offset; /* of the byte in hand */
	struct place here;

	/* the cell in hand, from its first character on */
	bool cell_begun;
	size_t cell_offset;
	struct place cell_at;

	struct csv_row row;
	struct text cells[CSV_COLUMNS_MAX]; /* of the row */
	int ncells;                         /* of the row, also those that are not kept */
	bool cell_ended, row_ended;         /* by the byte in hand */
	bool ok;
};

/* --- cells and rows --------------------------------------------------------------------
 */

/* S without the white space at its ends; PREFIX: characters cut off before it. */
static const char *
trim(struct arena *a, const char *s, size_t len, int *prefix)
{
	size_t start = 0, end = 0;
	*prefix = 0;
	bool inside = false;
	for (size_t i = 0; i < len;) {
		int32_t u;
		size_t n = utf8_decode(s + i, len - i, &u);
		i += n;
		if (!utf8_is_space(u)) {
			inside = true;
			end = i;
		} else if (!inside) {
			start = i;
			++*prefix;
		}
	}
	return end > start ? arena_strndup(a, s + start, end - start) : "";
}

static void
on_cell(void *data, size_t len, void *context)
{
	struct reader *r = context;
	struct csv_row *row = &r->row;
	int prefix;
	struct text cell = {trim(r->a, data, len, &prefix), r->cell_at};
	if (!r->parser.quoted && cell.s[0] != '\0')
		cell.at.column += prefix;
	if (row->n < CSV_COLUMNS_MAX)
		r->cells[row->n++] = cell;
	r->ncells++;
	if (cell.s[0] != '\0')
		row->width = r->ncells;
	r->cell_ended = true;
}

static void
row_end(struct reader *r)
{
	struct csv_row *row = &r->row;
	if (row->width > 0 || row->broken) {
		size_t size = (size_t)row->n * sizeof *row->cells;
		row->cells = arena_alloc(r->a, size);
		memcpy(row->cells, r->cells, size);
		row->at = row->n > 0 ? row->cells[0].at : r->cell_at;
		*arena_append(r->a, r->table->rows, r->table->n) = *row;
	}
	*row = (struct csv_row){.number = row->number + 1};
	r->ncells = 0;
	r->row_ended = true;
}

static void
on_row(int terminator, void *context)
{
	(void)terminator;
	row_end(context);
}

/* --- libcsv ----------------------------------------------------------------------------
 */

static void
parser_open(struct reader *r)
{
	if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
		memory_exhausted();
	csv_set_delim(&r->parser, (unsigned char)r->input.separator);
}

static bool
parser_feed(struct reader *r)
{
	const char *byte = r->input.source->bytes + r->offset;
	if (csv_parse(&r->parser, byte, 1, on_cell, on_row, r) == 1)
		return true;
	if (csv_error(&r->parser) != CSV_EPARSE)
		memory_exhausted();
	if (r->parser.quoted)
		return false;
	/* a quote inside a cell without quotes stands for itself, as in spreadsheets */
	csv_set_opts(&r->parser, CSV_REPALL_NL);
	bool fed = csv_parse(&r->parser, byte, 1, on_cell, on_row, r) == 1;
	csv_set_opts(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
	if (!fed)
		memory_exhausted();
	return true;
}

/* --- places ----------------------------------------------------------------------------
 */

static bool
ends_line(const struct source *source, size_t offset)
{
	const char *s = source->bytes + offset;
	return *s == '\n' || (*s == '\r' && s[1] != '\n');
}

static void
advance(struct reader *r)
{
	const struct source *source = r->input.source;
	if (ends_line(source, r->offset)) {
		r->here.line++;
		r->here.column = 1;
	} else if (((unsigned char)source->bytes[r->offset] & 0xc0) != 0x80) {
		r->here.column++;
	}
	r->offset++;
}

/* Goes on with the line behind the one that OFFSET and HERE are in; its row is lost. */
static void
resume(struct reader *r, size_t offset, struct place here)
{
	r->ok = false;
	r->row.broken = true;
	row_end(r);
	r->offset = offset;
	r->here = here;
	while (r->offset < r->input.source->len && r->here.line == here.line)
		advance(r);
	r->cell_begun = false;
	r->cell_at = r->here;
	csv_free(&r->parser);
	parser_open(r);
}

/* --- the run ---------------------------------------------------------------------------
 */

static void
begin_cell(struct reader *r)
{
	char c = r->input.source->bytes[r->offset];
	char separator = r->input.separator;
	if (r->cell_begun || c == separator || c == ' ' || c == '\t' || c == '\r' ||
	    c == '\n')
		return;
	r->cell_begun = true;
	r->cell_at = r->here;
	r->cell_offset = r->offset;
}

static void
report_oversize(struct reader *r)
{
	diag_error(r->d, r->cell_at,
	    _("row %d: this cell holds more than 64 KB; is a quote (\") missing at its end?"),
	    r->row.number);
	if (r->parser.quoted)
		resume(r, r->cell_offset, r->cell_at);
	else
		resume(r, r->offset, r->here);
}

static void
read_byte(struct reader *r)
{
	const struct source *source = r->input.source;
	r->cell_ended = r->row_ended = false;
	begin_cell(r);
	if (!parser_feed(r)) {
		diag_error(r->d, r->here,
		    _("row %d: text behind the quote (\") that closes a cell; put the whole cell in quotes and write a quote inside it twice, as in: \"the \"\"best\"\" town\""),
		    r->row.number);
		resume(r, r->offset, r->here);
		return;
	}
	if (r->parser.entry_pos > CSV_CELL_MAX) {
		report_oversize(r);
		return;
	}
	if (r->row_ended && source->bytes[r->offset] == '\r' &&
	    source->bytes[r->offset + 1] == '\n')
		advance(r);
	advance(r);
	if (r->cell_ended || r->row_ended) {
		r->cell_begun = false;
		r->cell_at = r->here;
	}
}

/* False: nothing is left to read. */
static bool
finish(struct reader *r)
{
	r->cell_ended = r->row_ended = false;
	if (csv_fini(&r->parser, on_cell, on_row, r) == 0)
		return false;
	diag_error(r->d, r->cell_at,
	    _("row %d: this quote (\") is never closed; put one at the end of the cell, or take this one away"),
	    r->row.number);
	resume(r, r->cell_offset, r->cell_at);
	return r->offset < r->input.source->len;
}

static bool
too_many(struct reader *r)
{
	if (r->table->n < CSV_ROWS_MAX)
		return false;
	diag_error(r->d, r->here,
	    _("more than %d rows; expected a row for each of at most 10000 cities"),
	    CSV_ROWS_MAX);
	r->ok = false;
	return true;
}

static void
skip_lines(struct reader *r)
{
	while (r->offset < r->input.skip)
		advance(r);
	r->cell_at = r->here;
}

bool
csv_read(struct csv_input input, struct arena *a, struct diag *d, struct csv_table *out)
{
	struct reader r = {.input = input,
	    .a = a,
	    .d = d,
	    .table = out,
	    .here = {input.source->file, 1, 1},
	    .row = {.number = 1},
	    .ok = true};
	*out = (struct csv_table){.separator = input.separator};
	skip_lines(&r);
	parser_open(&r);
	do {
		while (r.offset < input.source->len && !too_many(&r))
			read_byte(&r);
	} while (out->n < CSV_ROWS_MAX && finish(&r));
	csv_free(&r.parser);
	return r.ok;
}
