#include "input/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define BYTES(s)     s, sizeof(s) - 1

/* Letters between two X, as several programs save them. */
struct saved {
	const char *bytes;
	size_t len;
	const char *text; /* as UTF-8 */
};

static const struct saved saved[] = {
    {BYTES("aX\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80Xa"),
	"aX\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80Xa"},
    {BYTES("\xef\xbb\xbf"
	   "aX\xc3\xa9Xa"),
	"aX\xc3\xa9Xa"},
    {BYTES("aX\xe9\x80Xa"), "aX\xc3\xa9\xe2\x82\xacXa"},
    {BYTES("\xff\xfe"
	   "a\0X\0\xe9\0\xac\x20\x3d\xd8\x00\xdeX\0a\0"),
	"aX\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80Xa"},
    {BYTES("\xfe\xff"
	   "\0a\0X\0\xe9\x20\xac\xd8\x3d\xde\x00\0X\0a"),
	"aX\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80Xa"},
};

static void
every_character_is_found_again_in_the_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(saved); i++) {
		struct arena a = {0};
		struct diag d = {0};
		struct source source = {.file = "t", .len = saved[i].len};
		source.bytes = arena_strndup(&a, saved[i].bytes, saved[i].len);
		assert_true(encoding_any(&source, &a, &d));
		assert_string_equal(source.bytes, saved[i].text);
		/* each X, and what is between the two, as the file has it */
		size_t first = strcspn(source.bytes, "X");
		size_t second = source.len - 2, len;
		const char *between =
		    arena_strndup(&a, source.bytes + first, second - first);
		const char *bytes = encoding_encode(&source, between, &a, &len);
		size_t at = encoding_offset(&source, first);
		assert_memory_equal(saved[i].bytes + at, bytes, len);
		assert_int_equal(encoding_offset(&source, second), at + len);
		assert_int_equal(encoding_offset(&source, source.len), saved[i].len);
		diag_free(&d);
		arena_free(&a);
	}
}

static void
what_an_encoding_lacks_is_not_encoded(void **state)
{
	(void)state;
	struct arena a = {0};
	struct source source = {.encoding = "Windows-1252"};
	size_t len;
	assert_null(encoding_encode(&source, "\xf0\x9f\x98\x80", &a, &len));
	assert_non_null(encoding_encode(&source, "\xe2\x82\xac", &a, &len));
	assert_int_equal(len, 1);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_character_is_found_again_in_the_file),
	    cmocka_unit_test(what_an_encoding_lacks_is_not_encoded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
