#include "base/buffer.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
bytes_are_appended_as_they_are(void **state)
{
	(void)state;
	struct buffer b = {0};
	buffer_append(&b, NULL, 0);
	assert_int_equal(b.len, 0);
	buffer_append(&b, "a\0b", 3);
	buffer_puts(&b, "cd");
	buffer_printf(&b, "%s%d", "e", 12);
	memcpy(buffer_reserve(&b, 1000), "f", 1);
	b.len++;
	assert_int_equal(b.len, 9);
	assert_memory_equal(b.data, "a\0bcde12f", 9);
	buffer_free(&b);
	assert_null(b.data);
}

static void
a_buffer_holds_what_it_was_given(void **state)
{
	(void)state;
	struct buffer b = {0};
	for (int i = 0; i < 10000; i++)
		buffer_printf(&b, "%04d", i);
	assert_int_equal(b.len, 40000);
	assert_memory_equal(b.data, "00000001", 8);
	assert_memory_equal(b.data + 39996, "9999", 4);
	buffer_free(&b);
}

static void
numbers_are_pdf_reals_in_every_locale(void **state)
{
	(void)state;
	static const struct {
		double value;
		const char *text;
	} cases[] = {
	    {0, "0"},
	    {-0.0, "0"},
	    {1, "1"},
	    {-1, "-1"},
	    {0.5, "0.5"},
	    {-0.25, "-0.25"},
	    {1.005, "1.005"},
	    {12.3456, "12.346"},
	    {0.0004, "0"},
	    {-0.0004, "0"},
	    {-0.0005, "-0.001"},
	    {595.276, "595.276"},
	    {10.10, "10.1"},
	    {1e9, "1000000000"},
	    {99.9999, "100"},
	};
	setlocale(LC_ALL, "nl_BE.UTF-8"); /* where it is installed */
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buffer b = {0};
		buffer_number(&b, cases[i].value);
		buffer_append(&b, "", 1);
		assert_string_equal(b.data, cases[i].text);
		buffer_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bytes_are_appended_as_they_are),
	    cmocka_unit_test(a_buffer_holds_what_it_was_given),
	    cmocka_unit_test(numbers_are_pdf_reals_in_every_locale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
