/* Any bytes as CSV, and a cell of it written anew: all others stay as they were. */
#include "cities/csv.h"
#include "input/encoding.h"

#include <string.h>

#include "reading.h"

struct table {
	struct source text;
	struct csv_table csv;
};

/* Whether the LEN bytes at S are text; OUT is what they hold then. */
static bool
table_read(
    struct reading *r, const char *s, size_t len, char separator, struct table *out)
{
	out->text = (struct source){.file = "fuzz", .len = len};
	out->text.bytes = arena_strndup(&r->a, s, len);
	if (!encoding_any(&out->text, &r->a, &r->d))
		return false;
	csv_read(&out->text, separator, &r->a, &r->d, &out->csv);
	return true;
}

static bool
same_encoding(const struct source *x, const struct source *y)
{
	if (x->encoding == NULL || y->encoding == NULL)
		return x->encoding == y->encoding;
	return strcmp(x->encoding, y->encoding) == 0;
}

/* Asserts that OTHER is TABLE but for its cell CHANGED, which is VALUE. */
static void
compare(const struct csv_table *table, const struct csv_table *other,
    const struct csv_cell *changed, const char *value)
{
	assert(table->n == other->n && table->separator == other->separator);
	for (int i = 0; i < table->n; i++) {
		const struct csv_row *x = &table->rows[i], *y = &other->rows[i];
		assert(x->n == y->n && x->number == y->number && x->broken == y->broken);
		for (int j = 0; j < x->n; j++) {
			const struct csv_cell *cell = &x->cells[j];
			const char *wanted = cell == changed ? value : cell->text.s;
			assert(strcmp(y->cells[j].text.s, wanted) == 0);
		}
	}
}

static void
change_cell(struct reading *r, const struct table *table, const uint8_t *choice)
{
	static const char *const values[] = {
	    "x", "https://a.be/?b=c", "\"", "a,b;c\td|e", "a\r\nb\nc\rd", "\xc3\xa9"};
	/* a quote that is never closed may be closed by a new one */
	if (table->csv.n == 0 || r->d.nerrors > 0)
		return;
	const struct csv_row *row = &table->csv.rows[choice[1] % table->csv.n];
	if (row->n == 0)
		return;
	const struct csv_cell *cell = &row->cells[choice[2] % row->n];
	const char *value = values[choice[3] % (sizeof values / sizeof values[0])];
	struct csv_splice splice = csv_replace(&table->csv, cell, value, &r->a);
	assert(splice.start <= splice.end && splice.end <= r->source.len);
	if (splice.bytes == NULL)
		return;
	struct buffer saved = {0};
	buffer_append(&saved, r->source.bytes, splice.start);
	buffer_append(&saved, splice.bytes, splice.len);
	buffer_append(&saved, r->source.bytes + splice.end, r->source.len - splice.end);
	struct table again;
	bool ok = table_read(r, saved.data, saved.len, table->csv.separator, &again);
	buffer_free(&saved);
	/* without its only letters, Windows-1252 cannot be told from UTF-8 */
	if (ok && same_encoding(&table->text, &again.text))
		compare(&table->csv, &again.csv, cell, value);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char separators[] = {',', ';', '\t', '|'};
	if (len < 4)
		return 0;
	struct reading r = reading_open(data + 4, len - 4);
	struct table table;
	if (table_read(&r, r.source.bytes, r.source.len, separators[data[0] % 4], &table))
		change_cell(&r, &table, data);
	reading_close(&r, r.d.nerrors == 0);
	return 0;
}
