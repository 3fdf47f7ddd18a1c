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

static void
letters_that_were_lost_are_found(void **state)
{
	(void)state;
	/* as Windows-1252 shows CP850, Mac Roman, Windows-1250 and CP852 */
	static const char *const names[] = {"LiŠge", "K”ln", "Saint-H‚lŠne", "Chƒteau",
	    "M¡stek", "Andr‚", "Tiran‡", "Gen‰ve", "Malm”", "™sterreich", "€orovod‰",
	    "MŸnchen", "LiŽge", "AndrŽ", "K¿benhavn", "Alac—n", "Madro–era", "Dro§",
	    "dÕEnghien", "T…rrega", "C—rdoba", "K”ln (Rhein)", "£ódŸ", "Bia³ystok",
	    "Wroc³aw", "Wrocˆaw", "Pozna¤"};
	static const char *const words[] = {"Logo van LiŠge", "de K”lner Dom", "Stra§e",
	    "Saint-H‚lŠne", "chez Andr‚", "die MŸnchner"};
	static const char *const right[] = {"", "Gent", "'s-Gravenvoeren", "’t Zand",
	    "L'Haÿ-les-Roses", "L’Haÿ-les-Roses", "L´Aquila", "Saint-Hélène", "Ærø", "Å",
	    "Sant Cel·loni", "IJmuiden", "Łódź", "Iași", "GROßENHAIN", "Aßlar", "Žilina",
	    "Šibenik", "Æbeltoft", "Bruxelles–Midi", "Brussel—Zuid", "McDonald",
	    "Škofja Loka", "“Gent”", "«Gent»", "Gent®", "Αθήνα", "София", "hÉireann",
	    "Mª Luisa", "Dún Laoghaire", "Ūpytė", "Þórshöfn", "Ísafjörður", "Œting", "Ÿ",
	    "Nº 5"};
	static const char *const right_words[] = {"Logo «Gent»: ‘stad’ – “leeuw”…",
	    "12 m² en 5 °C, n°5", "noord–zuid", "Gent™ © 2023", "Gent† en Aalst‡", "€uro",
	    "wacht…maar", "¿Qué? ¡Sí!", "1½ kg", "„Gent“ und ‚Aalst‘"};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(names); i++)
		if (!encoding_lost(&a, names[i], true))
			fail_msg("%s", names[i]);
	for (size_t i = 0; i < COUNT(words); i++)
		if (!encoding_lost(&a, words[i], false))
			fail_msg("%s", words[i]);
	for (size_t i = 0; i < COUNT(right); i++)
		if (encoding_lost(&a, right[i], true) ||
		    encoding_lost(&a, right[i], false))
			fail_msg("%s", right[i]);
	for (size_t i = 0; i < COUNT(right_words); i++)
		if (encoding_lost(&a, right_words[i], false))
			fail_msg("%s", right_words[i]);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_character_is_found_again_in_the_file),
	    cmocka_unit_test(what_an_encoding_lacks_is_not_encoded),
	    cmocka_unit_test(letters_that_were_lost_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
