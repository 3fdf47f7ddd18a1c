#include "cities/cities.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "told.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HEADER       "city,url,logo,alt\n"
#define AALST        "Aalst,https://aalst.be/,aalst.png,\n"
#define GENT         "Gent,https://gent.be/,gent.png,\n"

struct doubt {
	const char *list;
	const char *told; /* lines as "2:9: error: a part of the message" */
};

static void
assert_doubts(const struct doubt *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a = {0};
		struct diag d = {0};
		struct cities cities;
		size_t len = strlen(cases[i].list);
		struct source source = {.file = "cities.csv",
		    .bytes = arena_strndup(&a, cases[i].list, len),
		    .len = len};
		bool ok = cities_parse(&source, &a, &d, &cities);
		assert_int_equal(ok, d.nerrors == 0);
		assert_told(&d, cases[i].told);
		diag_free(&d);
		arena_free(&a);
	}
}

static void
what_only_looks_wrong_passes(void **state)
{
	(void)state;
	static const struct doubt cases[] = {
	    /* a logo for all that have none yet */
	    {HEADER AALST
		"Brugge,https://b.be/,aalst.png,\nGent,https://g.be/,aalst.png,\n",
		""},
	    /* words of the same sound as what is refused */
	    {HEADER "Waarschoot,https://w.be/,w.png,Foto van het stadhuis\n", ""},
	    {HEADER "6 Octobre,https://o.be/,o.png,Logo 2023 <nieuw & anders>\n", ""},
	    /* other cities that the description names, beside its own or as a part */
	    {HEADER AALST "Gent,https://g.be/,g.png,Gent bij Aalst\n", ""},
	    {HEADER "Aalst,https://a.be/,a.png,\n"
		    "Aalst (regio),https://ar.be/,ar.png,Logo regio Aalst\n",
		""},
	    {HEADER AALST "Gent,https://g.be/,g.png,Aalsterse leeuw\n", ""},
	    /* columns that nobody asked for, with links and pictures in them */
	    {"city,Facebook,url,logo,Foto\n"
	     "Aalst,https://f.be/,https://aalst.be/,aalst.png,stadhuis.jpg\n",
		"1:6: note: \"Facebook\" is not used\n1:24: note: \"Foto\" is not used"},
	};
	assert_doubts(cases, COUNT(cases));
}

static void
the_words_of_a_row_have_to_be_words(void **state)
{
	(void)state;
	static const struct doubt cases[] = {
	    {HEADER "45315,https://gent.be/,gent.png,\n",
		"2:1: error: \"45315\" is not the name of a city"},
	    {HEADER "2024-01-24,https://gent.be/,gent.png,\n",
		"2:1: error: is not the name of a city"},
	    {HEADER "www.gent.be,https://gent.be/,gent.png,\n",
		"2:1: error: is not the name of a city"},
	    {HEADER "Gent.PNG,https://gent.be/,gent.png,\n",
		"2:1: error: is not the name of a city"},
	    {HEADER "-,https://gent.be/,gent.png,\n",
		"2:1: error: is not the name of a city"},
	    {HEADER "<b>Gent</b>,https://gent.be/,gent.png,\n",
		"2:1: error: \"<b>\" would be printed"},
	    {HEADER "_Gent_,https://gent.be/,gent.png,\n",
		"2:1: error: \"_\" would be printed"},
	    {HEADER "Li&egrave;ge,https://liege.be/,liege.png,\n",
		"2:1: error: \"&egrave;\" would be printed"},
	    {HEADER "Gent,https://gent.be/,gent.png,logo\n",
		"2:32: warning: \"logo\" does not describe the logo"},
	    {HEADER "Gent,https://gent.be/,gent.png,<i>Leeuw</i>\n",
		"2:32: warning: \"<i>\" would be printed"},
	    {HEADER AALST "Gent,https://gent.be/,gent.png,Logo Aalst\n",
		"3:32: warning: \"Logo Aalst\" seems to belong to \"Aalst\" in row 2, not to \"Gent\""},
	    {"city,url,logo,short\nAalst,https://aalst.be/,aalst.png,aalst.be/x\n"
	     "Gent,https://gent.be/,gent.png,aalst.be/cijfers\n",
		"3:32: warning: \"aalst.be/cijfers\" seems to belong to \"Aalst\" in row 2, not to \"Gent\""},
	};
	assert_doubts(cases, COUNT(cases));
}

static void
one_mistake_in_the_header_is_told_once(void **state)
{
	(void)state;
	static const struct doubt cases[] = {
	    {"url;logo;city\nAalst;https://a.be/;a.png\nGent;https://g.be/;g.png\n",
		"1:1: error: no cell in the column \"city\" fits that name"},
	    {"city,alt,logo,url\nAalst,a.png,Toren,https://a.be/\n"
	     "Gent,g.png,,https://g.be/\n",
		"1:1: error: no cell in the column \"alt\" fits that name"},
	    {"city,logo,logo,alt\n" AALST GENT,
		"1:11: error: \"logo\" and \"logo\" mean the same; remove or rename one"},
	    {"city,url,URL,alt\n" AALST GENT,
		"1:10: error: \"url\" and \"URL\" mean the same"},
	    {"city,url,logo,logo\n" AALST GENT,
		"1:15: error: \"logo\" and \"logo\" mean the same; remove or rename one"},
	    {"city,url,,alt\n" AALST GENT,
		"1:10: error: no column for logo; expected: city, url, logo, alt"},
	    {",url,logo,alt\n" AALST GENT, "1:1: error: no column for city; expected"},
	    {"city,Zoek hier,logo,alt\n" AALST GENT,
		"1:6: error: unknown column \"Zoek hier\", and no column for url; expected"},
	    {"Naam,url *,Afbeelding:\nGent,https://gent.be/,gent.png\n",
		"1:1: error: did you mean \"city\"?\n"
		"1:6: error: unknown column \"url *\", and no column for url, logo; expected"},
	    {HEADER "Aalst;https://a.be/;a.png;\nGent;https://g.be/;g.png;\n",
		"1:1: error: row 2 is all in one cell, the header has \",\" between its cells"},
	    {"city,Aalst,Gent\nurl,https://a.be/,https://g.be/\nlogo,a.png,g.png\n",
		"1:6: error: unknown column \"Aalst\", and no column for url, logo"},
	    {"city,url,logo,\nAalst,https://a.be/,a.png,x\nGent,https://g.be/,g.png,x\n",
		"2:27: error: row 2 has 4 cells, the header 3\n"
		"3:26: error: row 3 has 4 cells, the header 3"},
	};
	assert_doubts(cases, COUNT(cases));
}

static void
a_remark_below_the_list_is_told_as_such(void **state)
{
	(void)state;
	static const struct doubt cases[] = {
	    {HEADER AALST GENT "Totaal: 2\n",
		"4:1: error: row 4 has 1 cell, the header 4; add the missing cells, even if empty, or remove the row"},
	    {HEADER AALST GENT ",,,* Bron\n",
		"4:1: error: empty; write it, or remove the row"},
	};
	assert_doubts(cases, COUNT(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_only_looks_wrong_passes),
	    cmocka_unit_test(the_words_of_a_row_have_to_be_words),
	    cmocka_unit_test(one_mistake_in_the_header_is_told_once),
	    cmocka_unit_test(a_remark_below_the_list_is_told_as_such),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
