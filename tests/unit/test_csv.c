#include "cities/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cities/header.h"
#include "told.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The table as "row line:column|cell|line:column|cell" lines. */
static void
describe(const struct csv_table *table, struct buffer *b)
{
	for (int i = 0; i < table->n; i++) {
		const struct csv_row *row = &table->rows[i];
		buffer_printf(b, "%d%s", row->number, row->broken ? "!" : "");
		for (int j = 0; j < row->n; j++)
			buffer_printf(b, " %d:%d|%s|", row->cells[j].text.at.line,
			    row->cells[j].text.at.column, row->cells[j].text.s);
		buffer_puts(b, "\n");
	}
	buffer_append(b, "", 1);
}

struct table_case {
	const char *csv, *rows, *told;
};

static void
assert_tables(const struct table_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a = {0};
		struct diag d = {0};
		struct buffer b = {0};
		struct csv_table table;
		struct source source = {.file = "t",
		    .bytes = arena_strdup(&a, cases[i].csv),
		    .len = strlen(cases[i].csv)};
		csv_read(&source, ',', &a, &d, &table);
		assert_told(&d, cases[i].told);
		describe(&table, &b);
		assert_string_equal(b.data, cases[i].rows);
		buffer_free(&b);
		diag_free(&d);
		arena_free(&a);
	}
}

static void
cells_have_the_place_of_their_first_character(void **state)
{
	(void)state;
	static const struct table_case cases[] = {
	    {"a,b\nc,d\n", "1 1:1|a| 1:3|b|\n2 2:1|c| 2:3|d|\n", ""},
	    {"a,b", "1 1:1|a| 1:3|b|\n", ""},
	    {"a,b\r\nc,d\r\n", "1 1:1|a| 1:3|b|\n2 2:1|c| 2:3|d|\n", ""},
	    {"a,b\rc,d\r", "1 1:1|a| 1:3|b|\n2 2:1|c| 2:3|d|\n", ""},
	    {"  a , \t b\n", "1 1:3|a| 1:9|b|\n", ""},
	    {"\xc2\xa0"
	     "a\xc2\xa0,b\n",
		"1 1:2|a| 1:5|b|\n", ""},
	    {"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80,b\n",
		"1 1:1|\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80| 1:5|b|\n", ""},
	    {"\"a\",\"b\"\n", "1 1:1|a| 1:5|b|\n", ""},
	    {" \"a\" ,b\n", "1 1:2|a| 1:7|b|\n", ""},
	    {"\"a\nb\",c\nd\n", "1 1:1|a\nb| 2:4|c|\n2 3:1|d|\n", ""},
	    {"\"a\r\nb\",c\r\nd", "1 1:1|a\r\nb| 2:4|c|\n2 3:1|d|\n", ""},
	    {"\"a\rb\",c\rd", "1 1:1|a\rb| 2:4|c|\n2 3:1|d|\n", ""},
	    {"\"a\"\"b\",c\n", "1 1:1|a\"b| 1:8|c|\n", ""},
	    {"\" a \",c\n", "1 1:1|a| 1:7|c|\n", ""},
	    {"a,,c\n", "1 1:1|a| 1:3|| 1:4|c|\n", ""},
	    {",b,\n", "1 1:1|| 1:2|b| 1:4||\n", ""},
	    {"a,\"\"\n", "1 1:1|a| 1:3||\n", ""},
	    {"a \"b\" c,d\n", "1 1:1|a \"b\" c| 1:9|d|\n", ""},
	    {"a;b\tc\n", "1 1:1|a;b\tc|\n", ""},
	};
	assert_tables(cases, COUNT(cases));
}

static void
empty_rows_are_skipped_and_counted(void **state)
{
	(void)state;
	static const struct table_case cases[] = {
	    {"", "", ""},
	    {"\n\r\n\r", "", ""},
	    {",,\n", "", ""},
	    {"\"\",\" \"\n", "", ""},
	    {"\na\n\n\nb\n", "2 2:1|a|\n5 5:1|b|\n", ""},
	    {"\r\na\r\n,\r\nb", "2 2:1|a|\n4 4:1|b|\n", ""},
	    {"\"a\n\n\"\nb\n", "1 1:1|a|\n2 4:1|b|\n", ""},
	};
	assert_tables(cases, COUNT(cases));
}

static void
after_a_faulty_row_the_next_is_read(void **state)
{
	(void)state;
	static const struct table_case cases[] = {
	    {"a,\"b\nc,d\n", "1! 1:1|a|\n2 2:1|c| 2:3|d|\n", "1:3: error: never closed"},
	    {"a\nb,\"", "1 1:1|a|\n2! 2:1|b|\n", "2:3: error: never closed"},
	    {"\"a\" b,c\nd\n", "1!\n2 2:1|d|\n", "1:5: error: text after the quote"},
	    {"\"a\"b\n\"c\"d\ne\n", "1!\n2!\n3 3:1|e|\n",
		"1:4: error: row 1: text after\n2:4: error: row 2: text after"},
	    {"\"a\nb\" c\nd\n", "1!\n2 3:1|d|\n", "2:4: error: text after the quote"},
	};
	assert_tables(cases, COUNT(cases));
}

static void
a_wide_row_keeps_64_cells(void **state)
{
	(void)state;
	struct arena a = {0};
	struct diag d = {0};
	struct buffer b = {0};
	for (int i = 0; i < 200; i++)
		buffer_puts(&b, i < 100 ? "x," : ",");
	struct source source = {
	    .file = "t", .bytes = arena_strndup(&a, b.data, b.len), .len = b.len};
	struct csv_table table;
	csv_read(&source, ',', &a, &d, &table);
	assert_int_equal(d.n, 0);
	assert_int_equal(table.n, 1);
	assert_int_equal(table.rows[0].n, CSV_COLUMNS_MAX);
	assert_int_equal(table.rows[0].width, 100);
	buffer_free(&b);
	diag_free(&d);
	arena_free(&a);
}

static void
a_cell_holds_64_KB_at_most(void **state)
{
	(void)state;
	static const struct {
		const char *before, *after, *told;
		int len, nrows;
	} cases[] = {
	    {"", ",b\nc\n", "", CSV_CELL_MAX, 2},
	    {"", ",b\nc\n", "1:1: error: row 1: this cell is longer than 64 KB",
		CSV_CELL_MAX + 1, 2},
	    {"a,\"", "\",b\nc\n", "1:3: error: row 1: this cell is longer than 64 KB",
		CSV_CELL_MAX + 1, 2},
	    {"a,\"\n", "\nc\n",
		"1:3: error: row 1: this cell is longer\n2:1: error: row 2: this cell is longer",
		2 * CSV_CELL_MAX, 3},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = {0};
		struct diag d = {0};
		struct buffer b = {0};
		buffer_puts(&b, cases[i].before);
		memset(
		    buffer_reserve(&b, (size_t)cases[i].len), 'x', (size_t)cases[i].len);
		b.len += (size_t)cases[i].len;
		buffer_puts(&b, cases[i].after);
		struct source source = {
		    .file = "t", .bytes = arena_strndup(&a, b.data, b.len), .len = b.len};
		struct csv_table table;
		csv_read(&source, ',', &a, &d, &table);
		assert_told(&d, cases[i].told);
		assert_int_equal(table.n, cases[i].nrows);
		buffer_free(&b);
		diag_free(&d);
		arena_free(&a);
	}
}

static void
the_separator_is_found_from_the_header(void **state)
{
	(void)state;
	static const struct {
		const char *csv;
		char separator;
		size_t nrows;
	} cases[] = {
	    {"", ',', 0},
	    {"city,url", ',', 1},
	    {"city;url", ';', 1},
	    {"city\turl", '\t', 1},
	    {"\"city\" ; \"url\"", ';', 1},
	    {"stad;url;a,b,c,d,e", ';', 1},
	    {"Steden, dorpen, wijken, buurten\ncity;url;logo\n", ';', 2},
	    {"\n\r\n\rcity;url\n", ';', 1},
	    {"Gent;https://gent.be/a,b;gent.png", ';', 1},
	    {"\"a;b;c\",d", ',', 1},
	    {"sep=;\ncity,url", ';', 1},
	    {"SEP=,\r\ncity;url", ',', 1},
	    {"sep=;", ';', 0},
	    {"\"sep=\t\"\rcity,url", '\t', 1},
	    {"sep=;;;;\ncity,url", ';', 1},
	    {"sep=x\ncity,url", ',', 2},
	    {"sep=;x\ncity,url", ',', 2},
	    {"sep=", ',', 1},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = {0};
		struct diag d = {0};
		struct source source = {.file = "t",
		    .bytes = arena_strdup(&a, cases[i].csv),
		    .len = strlen(cases[i].csv)};
		struct csv_table table;
		csv_read(&source, header_separator(&source), &a, &d, &table);
		assert_int_equal(table.separator, cases[i].separator);
		assert_int_equal(table.n, cases[i].nrows);
		assert_int_equal(d.n, 0);
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cells_have_the_place_of_their_first_character),
	    cmocka_unit_test(empty_rows_are_skipped_and_counted),
	    cmocka_unit_test(after_a_faulty_row_the_next_is_read),
	    cmocka_unit_test(a_wide_row_keeps_64_cells),
	    cmocka_unit_test(a_cell_holds_64_KB_at_most),
	    cmocka_unit_test(the_separator_is_found_from_the_header),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
