#include "pdf/serialize.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "judge.h"
#include "pdf/text.h"

static void
put_object(struct serializer *s, int number, const char *value)
{
	buffer_puts(object_begin(s, number), value);
	object_end(s);
}

/* A file of one empty page, a stream of LEN bytes, and NOBJECTS objects more. */
static void
write_file(const char *path, size_t len, int nobjects)
{
	struct serializer s;
	char *data = memory_alloc(len);
	for (size_t i = 0; i < len; i++)
		data[i] = ' ';
	struct output *out;
	bool damaged;
	assert_int_equal(output_open(path, &out), 0);
	assert_non_null(out);
	serializer_open(&s, out, "1.7");
	int first = serializer_reserve(&s, 4);
	assert_int_equal(first, 1);
	put_object(&s, 1, "<</Type/Catalog/Pages 2 0 R>>");
	stream_write(&s, 4, (struct bytes){"", 0}, (struct bytes){data, len});
	put_object(&s, 2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
	put_object(&s, 3,
	    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents 4 0 R>>");
	int next = serializer_reserve(&s, nobjects);
	for (int i = 0; i < nobjects; i++)
		put_object(&s, next + i, "(text)");
	serializer_finish(&s, (struct trailer){.root = 1});
	serializer_free(&s);
	assert_int_equal(output_close(out, true, &damaged), 0);
	free(data);
}

static void
qpdf_and_mupdf_read_files_of_any_length(void **state)
{
	/* offsets of 1 to 4 bytes; object streams not full, just full, and several */
	static const struct {
		size_t len;
		int nobjects;
	} cases[] = {
	    {0, 0}, {300, 196}, {300, 197}, {300, 198}, {70000, 1000}, {17000000, 1}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int status;
		char path[] = "/tmp/brochure-test-XXXXXX";
		char command[200];
		close(mkstemp(path));
		write_file(path, cases[i].len, cases[i].nobjects);
		snprintf(command, sizeof command,
		    "qpdf --check %s 2>&1 >/dev/null; mutool show %s trailer 2>&1 | "
		    "grep -e error -e repair",
		    path, path);
		char *said = judge(command, &status);
		if (said[0] != '\0')
			fail_msg("%zu bytes: %s", cases[i].len, said);
		free(said);
		unlink(path);
	}
}

static void
text_has_the_shorter_encoding_and_is_escaped(void **state)
{
	static const struct {
		const char *text, *value;
		size_t len;
	} cases[] = {
	    {"", "/K()", 4},
	    {"a (b) \\", "/K(a \\(b\\) \\\\)", 14},
	    /* PDFDocEncoding (ISO 32000-1, D.2) */
	    {"\xC3\xAB \xE2\x80\x93 \xE2\x82\xAC", "/K(\xEB \x85 \xA0)", 9},
	    {"\xE2\x80\xA2\xC5\xBE\xC2\xA1", "/K(\x80\x9E\xA1)", 7},
	    /* UTF-16BE where a character has no byte there */
	    {"\xC2\xA0", "/K(\xFE\xFF\0\xA0)", 8},
	    {"\xC2\xAD", "/K(\xFE\xFF\0\xAD)", 8},
	    {"\r", "/K(\xFE\xFF\0\\r)", 9},             /* escaped (7.3.4.2) */
	    {"\xE2\xA0\xA8", "/K(\xFE\xFF\\(\\()", 10}, /* U+2828, two parentheses */
	    {"\xF0\x9F\x8F\x99", "/K(\xFE\xFF\xD8\x3C\xDF\xD9)", 10},
	    {"\xFF", "/K(\xFE\xFF\xFF\xFD)", 8}, /* no UTF-8 */
	    /* and where the bytes would look like another encoding's mark */
	    {"\xC3\xBE\xC3\xBF", "/K(\xFE\xFF\0\xFE\0\xFF)", 10},
	    {"\xC3\xAF\xC2\xBB\xC2\xBF", "/K(\xFE\xFF\0\xEF\0\xBB\0\xBF)", 12},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buffer out = {0};
		put_text(&out, "/K", bytes_of(cases[i].text));
		assert_int_equal(out.len, cases[i].len);
		assert_memory_equal(out.data, cases[i].value, out.len);
		buffer_free(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(qpdf_and_mupdf_read_files_of_any_length),
	    cmocka_unit_test(text_has_the_shorter_encoding_and_is_escaped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
