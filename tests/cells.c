/* cells - what the reader of the list of cities makes of CSV files, for tests.
 *
 * cells SEPARATOR FILE...: a JSON document a line, the rows of each file, each row its
 * number and its cells.  cells SEPARATOR FILE ROW COLUMN VALUE, with --set before it: the
 * file with that cell written anew; ROW and COLUMN count from 0, without empty rows.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cities/csv.h"
#include "diag/text.h"
#include "input/encoding.h"

struct input {
	struct arena a;
	struct diag d;
	struct source saved, text;
	struct csv_table table;
};

/* False: something in PATH is faulty, and was told. */
static bool
input_open(struct input *in, const char *path, char separator)
{
	*in = (struct input){0};
	if (source_read(path, 16 * 1024 * 1024, &in->a, &in->d, &in->saved)) {
		in->text = in->saved;
		if (encoding_any(&in->text, &in->a, &in->d))
			csv_read(&in->text, separator, &in->a, &in->d, &in->table);
	}
	struct buffer told = {0};
	diag_render(&in->d, (struct diag_look){0}, &told);
	if (in->d.nerrors > 0)
		fwrite(told.data, 1, told.len, stderr);
	buffer_free(&told);
	return in->d.nerrors == 0;
}

static void
input_close(struct input *in)
{
	diag_free(&in->d);
	arena_free(&in->a);
}

static void
print_rows(const struct csv_table *table)
{
	json_t *rows = json_array();
	for (int i = 0; i < table->n; i++) {
		json_t *row = json_array();
		json_array_append_new(row, json_integer(table->rows[i].number));
		for (int j = 0; j < table->rows[i].n; j++)
			json_array_append_new(
			    row, json_string(table->rows[i].cells[j].text.s));
		json_array_append_new(rows, row);
	}
	json_dumpf(rows, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(rows);
}

static int
set_cell(char **arguments)
{
	struct input in;
	bool ok = input_open(&in, arguments[1], arguments[0][0]);
	int row = atoi(arguments[2]), column = atoi(arguments[3]);
	ok = ok && row < in.table.n && column < in.table.rows[row].n;
	if (ok) {
		struct csv_splice splice = csv_replace(
		    &in.table, &in.table.rows[row].cells[column], arguments[4], &in.a);
		ok = splice.bytes != NULL;
		if (ok) {
			fwrite(in.saved.bytes, 1, splice.start, stdout);
			fwrite(splice.bytes, 1, splice.len, stdout);
			fwrite(in.saved.bytes + splice.end, 1, in.saved.len - splice.end,
			    stdout);
		}
	}
	input_close(&in);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
	if (argc == 7 && strcmp(argv[1], "--set") == 0)
		return set_cell(argv + 2);
	bool ok = argc > 2;
	for (int i = 2; i < argc; i++) {
		struct input in;
		ok = input_open(&in, argv[i], argv[1][0]) && ok;
		print_rows(&in.table);
		input_close(&in);
	}
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
