#include "cities/cities.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cities/rows.h"
#include "told.h"

struct reading {
	struct arena a;
	struct diag d;
	struct cities cities;
	bool ok;
};

static void
read_bytes(struct reading *r, const char *bytes, size_t len)
{
	*r = (struct reading){0};
	struct source source = {
	    .file = "cities.csv", .bytes = arena_strndup(&r->a, bytes, len), .len = len};
	r->ok = cities_parse(&source, &r->a, &r->d, &r->cities);
}

static void
close_reading(struct reading *r)
{
	diag_free(&r->d);
	arena_free(&r->a);
}

/* The cities as "name|url|logo|alt" lines. */
static void
assert_cities(const struct cities *cities, const char *expected)
{
	struct buffer b = {0};
	for (int i = 0; i < cities->n; i++) {
		const struct city *city = &cities->list[i];
		buffer_printf(&b, "%s|%s|%s|%s\n", city->name.s, city->url.s,
		    city->logo.s, city->alt.s != NULL ? city->alt.s : "");
	}
	buffer_append(&b, "", 1);
	assert_string_equal(b.data, expected);
	buffer_free(&b);
}

#define GENT "Gent|https://gent.be/|gent.png|\n"

static void
what_spreadsheets_save_is_read_alike(void **state)
{
	(void)state;
#define BYTES(s) s, sizeof(s) - 1
	static const struct {
		const char *bytes;
		size_t len;
		const char *cities, *told;
	} cases[] = {
	    {BYTES("city,url,logo,alt\nGent,https://gent.be/,gent.png,\n"), GENT, ""},
	    {BYTES("city;url;logo;alt\r\nGent;https://gent.be/;gent.png;\r\n"), GENT, ""},
	    {BYTES("city\turl\tlogo\talt\rGent\thttps://gent.be/\tgent.png\t\r"), GENT,
		""},
	    {BYTES("\xef\xbb\xbf"
		   "city,url,logo\nGent,https://gent.be/,gent.png"),
		GENT, ""},
	    {BYTES("sep=;\r\ncity;url;logo\r\nGent;https://gent.be/;gent.png\r\n"), GENT,
		""},
	    {BYTES("\"sep=|\"\ncity|url|logo\nGent|https://gent.be/|gent.png\n"), GENT,
		""},
	    {BYTES(
		 "\"city\",\"url\",\"logo\"\n\"Gent\",\"https://gent.be/\",\"gent.png\"\n"),
		GENT, ""},
	    {BYTES("URL , Stad,LOGO\n https://gent.be/ ,\tGent\t,gent.png\n"), GENT, ""},
	    {BYTES("ville;lien;logo;description\nGent;https://gent.be/;gent.png;\n"),
		GENT, ""},
	    {BYTES("Stadt;Webseite;Logo;Beschreibung\nGent;https://gent.be/;gent.png;\n"),
		GENT, ""},
	    {BYTES("GEMEINDE;Homepage;Logo;Alt\nGent;https://gent.be/;gent.png;\n"), GENT,
		""},
	    {BYTES("Stad;Link;Logo;Beschrijving\nGent;https://gent.be/;gent.png;Leeuw\n"),
		"Gent|https://gent.be/|gent.png|Leeuw\n", ""},
	    {BYTES(
		 "Gemeente;Website;Logo;Omschrijving\nGent;https://gent.be/;gent.png;\n"),
		GENT, ""},
	    {BYTES(
		 "\n\ncity,url,logo\n\n,,\n\" \",,\nGent,https://gent.be/,gent.png\n,,\n\n"),
		GENT, ""},
	    {BYTES("city,url,logo,,\nGent,https://gent.be/,gent.png,,\n"), GENT, ""},
	    /* Excel, where the last cells of sixteen rows are empty */
	    {BYTES("stad;url;logo;alt;kaart;taal\r\nGent;https://gent.be/;gent.png\r\n"),
		GENT, ""},
	    {BYTES("city,url,logo,alt,card\nGent,https://gent.be/,gent.png,De stad\n"),
		"Gent|https://gent.be/|gent.png|De stad\n", ""},
	    {BYTES(
		 "city,url,logo,alt\n\"Gent\",https://gent.be/,gent.png,\"Logo, \"\"Gent\"\"\r\nnu\"\n"),
		"Gent|https://gent.be/|gent.png|Logo, \"Gent\" nu\n", ""},
	    {BYTES("city,url,logo\nLie\xcc\x80ge,https://liege.be/,lie\xcc\x80ge.png\n"),
		"Li\xc3\xa8ge|https://liege.be/|li\xc3\xa8ge.png|\n", ""},
	    {BYTES("city,url,logo\nLi\xe8ge,https://liege.be/,liege.png\n"),
		"Li\xc3\xa8ge|https://liege.be/|liege.png|\n",
		"2:3: note: was read as Windows-1252"},
	    {BYTES(
		 "\xff\xfe"
		 "c\0i\0t\0y\0\t\0u\0r\0l\0\t\0l\0o\0g\0o\0\n\0\xc9\0\t\0h\0t\0t\0p\0s\0:\0/\0"
		 "/\0a\0.\0b\0e\0\t\0a\0.\0p\0n\0g\0"),
		"\xc3\x89|https://a.be|a.png|\n", ""},
	    {BYTES(
		 "\xfe\xff"
		 "\0c\0i\0t\0y\0,\0u\0r\0l\0,\0l\0o\0g\0o\0\n\0A\0,\0h\0t\0t\0p\0s\0:\0/"
		 "\0/\0a\0.\0b\0e\0,\0a\0.\0p\0n\0g"),
		"A|https://a.be|a.png|\n", ""},
	    {BYTES(
		 "ci\u00adty\u200e,\ufeffurl,lo\u2065go\n\u200e\"Gent\u200f \",https://gent.be/\u200e,ge\u00adnt.png\n"),
		GENT, ""},
	    {BYTES("city,postcode,url,logo\nGent,9000,https://gent.be/,gent.png\n"), GENT,
		"1:6: note: \"postcode\" is not used"},
	    {BYTES("city,url,logo\nAalst \"Oilsjt\",https://a.be/,a.png\n"),
		"Aalst \"Oilsjt\"|https://a.be/|a.png|\n", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reading r;
		read_bytes(&r, cases[i].bytes, cases[i].len);
		assert_told(&r.d, cases[i].told);
		assert_true(r.ok);
		assert_cities(&r.cities, cases[i].cities);
		close_reading(&r);
	}
}

struct fault_case {
	const char *bytes, *told;
};

/* Every case is refused, with just what it says. */
static void
assert_refused(const struct fault_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct reading r;
		read_bytes(&r, cases[i].bytes, strlen(cases[i].bytes));
		assert_told(&r.d, cases[i].told);
		assert_false(r.ok);
		close_reading(&r);
	}
}

#define HEADER       "city,url,logo,alt\n"
#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
a_header_that_is_wrong_is_explained(void **state)
{
	(void)state;
	static const struct fault_case cases[] = {
	    {"", "1:1: error: no cities here; expected a header"},
	    {"\n \n;;\n", "1:1: error: no cities here"},
	    {"\xef\xbb\xbf", "1:1: error: no cities here"},
	    {HEADER, "1:1: error: no cities here"},
	    {"Gent,https://gent.be/,gent.png,\nAalst,www.aalst.be,aalst.png,\n",
		"1:1: error: the header is missing; expected a first row"},
	    {"a,b,c\nd,e,f\n", "1:1: error: the header is missing"},
	    {"\"city,url,logo\"\n\"Gent,https://gent.be/,gent.png\"\n",
		"1:1: error: everything is in one column"},
	    {"city|url|logo\nGent|https://gent.be/|gent.png\n",
		"1:1: error: everything is in one column"},
	    {"Gent,https://gent.be/,gent.png\ncity,url,logo\nAalst,https://a.be/,a.png\n",
		"2:1: error: is in row 2, below cities; move it to the top"},
	    {"city,url\nGent,https://gent.be/\n",
		"1:1: error: no column for logo; expected: city, url, logo, alt"},
	    {"logo,alt\ngent.png,\n", "1:1: error: no column for city, url; expected"},
	    {"staad,ulr,logo\nGent,gent.be,gent.png\n",
		"1:1: error: unknown column \"staad\", and no column for city, url; expected: city"},
	    {"city,stad,url,logo\nGent,Gent,https://gent.be/,gent.png\n",
		"1:6: error: \"city\" and \"stad\" mean the same"},
	};
	assert_refused(cases, COUNT(cases));
}

static void
a_row_that_is_wrong_is_explained(void **state)
{
	(void)state;
	static const struct fault_case cases[] = {
	    {HEADER "Gent,https://gent.be/\n",
		"2:1: error: row 2 has 2 cells, the header 4; add the missing cells"},
	    {"city,url,logo,alt,card\nGent,https://gent.be/,gent.png,accent\n",
		"2:1: error: row 2 has 4 cells, the header 5; add the missing cells"},
	    {"city,alt,url,logo\nGent,https://gent.be/,gent.png\n",
		"2:1: error: row 2 has 3 cells, the header 4; add the missing cells"},
	    {HEADER "Gent,https://gent.be/,gent.png,Gent, de stad\n",
		"2:38: error: row 2 has 5 cells, the header 4; put a cell that contains \",\" in quotes"},
	    {HEADER "\"Gent,https://gent.be/,gent.png,\"\n",
		"2:1: error: row 2 is all in one cell"},
	    {"city,url,logo,\nGent,https://gent.be/,gent.png,x\n",
		"2:32: error: row 2 has 4 cells, the header 3"},
	    {HEADER ",https://gent.be/,gent.png,\n",
		"2:1: error: row 2, column \"city\": the name of the city is empty"},
	    {HEADER "\xc2\xad\xe2\x80\x8d,https://gent.be/,gent.png,\n",
		"2:1: error: row 2, column \"city\": the name of the city is empty"},
	    {HEADER "Gent,,gent.png,\n", "2:6: error: column \"url\": the link is empty"},
	    {HEADER "Gent,https://gent.be/,,\n",
		"2:23: error: column \"logo\": the logo is empty"},
	    {HEADER "Aalst,https://aalst.be/,logos\\aalst.png,\n",
		"2:25: error: is not a file in the logos folder; expected the name of one, such as \"aalst.png\""},
	    {HEADER "Gent,https://gent.be/,../gent.png,\n",
		"2:23: error: is not a file in the logos folder"},
	    {HEADER "Gent,https://gent.be/,a/../../gent.png,\n",
		"2:23: error: is not a file in the logos folder"},
	    {HEADER "Gent,https://gent.be/,/gent.png,\n",
		"2:23: error: is not a file in the logos folder"},
	    {HEADER "Gent,https://gent.be/,C:\\gent.png,\n",
		"2:23: error: is not a file in the logos folder"},
	    {HEADER "Gent,https://gent.be/,https://gent.be/logo.png,\n",
		"2:23: error: is not a file in the logos folder; expected the name of one, such as \"logo.png\""},
	    {HEADER "#REF!,#NAAM?,#N/B,#WAARDE!\n",
		"2:1: error: column \"city\": \"#REF!\" is an error of the spreadsheet\n"
		"2:7: error: column \"url\": \"#NAAM?\" is an error of the spreadsheet\n"
		"2:14: error: column \"logo\": \"#N/B\" is an error\n"
		"2:19: error: column \"alt\": \"#WAARDE!\" is an error"},
	    {HEADER "Gent,\"=HYPERLINK(\"\"https://gent.be\"\")\",gent.png,\n",
		"2:6: error: there is more than the link here; write \"https://gent.be\""},
	    {HEADER "Gent,########,Err:502,\n",
		"2:6: error: \"########\" is an error\n2:15: error: \"Err:502\" is an error"},
	    {HEADER "Ge\001nt,https://gent.be/,gent.png,\n",
		"2:1: error: an invisible control character (U+0001) is in this cell"},
	    {HEADER "\u202eGent,https://gent.be/,\u202agent.png,Stad\u2069\n",
		"2:1: error: (U+202E) is in this cell; type the cell again\n"
		"2:24: error: (U+202A)\n2:34: error: (U+2069)"},
	    {HEADER
		"Gent,https://x.be/li\u0160ge,g.png,\nHam,https://x.be/li\u00c3\u00a8ge,h.png,\n",
		"2:6: error: column \"url\": letters were lost in \"https://x.be/li\u0160ge\"\n"
		"3:5: error: must be encoded; write \"https://x.be/li%C3%A8ge\""},
	    {HEADER "***,https://x.be/,g.png,\n",
		"2:1: error: \"***\" is not the name of a city"},
	    {HEADER "Li\xef\xbf\xbdge,https://x.be/,l.png,\n",
		"2:1: error: column \"city\": a letter was lost in \"Li"},
	    {HEADER "Gent,https://ge\tnt.be/,gent.png,\n",
		"2:6: error: does not lead to a website"},
	    {HEADER "Gent,\"https://gent.be/\nx\",gent.png,\n",
		"2:6: error: a line break in the link"},
	    {HEADER "Gent,https://gent.be/,\"gent\n.png\",\n",
		"2:23: error: line break or tab is in the file name"},
	    {HEADER "\xc3\xa9\xc3\xa9,\"x\",gent.png,\n",
		"2:4: error: \"x\" is not the address of a website"},
	};
	assert_refused(cases, COUNT(cases));
}

static void
quotes_that_do_not_match_are_shown_where_they_open(void **state)
{
	(void)state;
	static const struct fault_case cases[] = {
	    {HEADER "Gent,\"https://gent.be/,gent.png,\nAalst,x,aalst.png,\n",
		"2:6: error: this quote (\") is never closed\n3:7: error: \"x\" is not the address of a website"},
	    {HEADER "\"Gent\"x,https://gent.be/,gent.png,\nAalst,x,aalst.png,\n",
		"2:7: error: text after the quote (\") that closes a cell\n"
		"3:7: error: row 3, column \"url\": \"x\" is not the address of a website"},
	    {"\"city,url,logo,alt\nGent,https://gent.be/,gent.png,\n",
		"1:1: error: never closed"},
	};
	assert_refused(cases, COUNT(cases));
}

static void
text_that_is_no_text_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t len;
		const char *told;
	} cases[] = {
	    {BYTES("city,url\0,logo\n"), "1:9: error: a NUL byte here"},
	    {BYTES("c\0i\0t\0y\0,\0u\0r\0l\0"), "1:2: error: a NUL byte here"},
	    {BYTES("PK\003\004xxxx"), "error: this is a workbook"},
	    {BYTES("\320\317\021\340xxxx"), "error: this is an old Office file"},
	    {BYTES("<!DOCTYPE html>"), "error: this is a web page"},
	    {BYTES("%PDF-1.7"), "error: this is a PDF"},
	    {BYTES("\xff\xfe\0\0c\0\0\0"), "1:1: error: a NUL byte here"},
	    {BYTES("\xff\xfe\0\xd8z\0"), "1:1: error: not UTF-16LE text"},
	    {BYTES("\xff\xfe"
		   "c\0i"),
		"1:2: error: not UTF-16LE text"},
	    {BYTES("\xef\xbb\xbf"
		   "a\xe8"),
		"1:2: error: the byte 0xE8 is not UTF-8"},
	    {BYTES("\xc3\xa9,\xc3\xa8,\n\xe8"), "2:1: error: the byte 0xE8 is not UTF-8"},
	    {BYTES("a,\x81"), "1:3: error: not Windows-1252 text"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;
		read_bytes(&r, cases[i].bytes, cases[i].len);
		assert_told(&r.d, cases[i].told);
		assert_false(r.ok);
		close_reading(&r);
	}
}

static void
what_can_be_mended_is_a_warning(void **state)
{
	(void)state;
	static const struct {
		const char *bytes, *told;
		int n;
	} cases[] = {
	    {"Onze steden,,\n" HEADER "Gent,https://gent.be/,gent.png,\n",
		"1:1: warning: the header is in row 2; remove the rows above it", 1},
	    {HEADER "Aalst,https://a.be/,a.png,\n" HEADER
		    "Gent,https://gent.be/,gent.png,\n",
		"3:1: warning: row 3 repeats the header", 2},
	    {HEADER "Gent,https://gent.be/,gent.png,\nGENT,https://gent.be/,gent.png,\n",
		"3:1: warning: row 3: \"GENT\" is in row 2 already, with the same link",
		1},
	    {HEADER "Gent,https://x.be/,gent.png,\nHasselt,https://x.be/,h.png,\n",
		"3:9: warning: row 3: \"Hasselt\" has the same link as \"Gent\" in row 2",
		2},
	    {HEADER "Gent,http://gent.be/,gent.png,\n",
		"2:6: warning: not encrypted; if the website allows it, write \"https://gent.be/\"",
		1},
	    {HEADER "Li\xc3\x83\xc2\xa8ge,https://liege.be/,l.png,\n",
		"2:1: warning: the wrong encoding; did you mean \"Li\xc3\xa8ge\"?", 1},
	    {HEADER "?\u00f3d?,https://x.be/,l.png,\n",
		"2:1: warning: letters were lost in \"?\u00f3d?\"; save the list as \"CSV UTF-8\"",
		1},
	    {HEADER "?????,https://x.be/,l.png,\nTimi?,https://y.be/,l.png,\n",
		"2:1: warning: letters were lost in \"?????\"\n3:1: warning: in \"Timi?\"",
		2},
	    {HEADER
		"Gent,https://x.be/,l.png,Ia?i\nHam,https://y.be/,l.png,Van ??? naar\n",
		"2:26: warning: column \"alt\": letters were lost in \"Ia?i\"\n3:25: warning: lost",
		2},
	    {HEADER
		"Gent,https://x.be/,l.png,Wie? Wat?!\nHam,https://y.be/,l.png,Van wie??\n",
		"", 2},
	    {HEADER "Li\u0160ge,https://x.be/,l.png,De leeuw van K\u201dln\n",
		"2:1: warning: letters were lost\n2:27: warning: letters were lost", 1},
	    {HEADER "\u2122sterreich,https://x.be/,l.png,\n",
		"2:1: warning: letters were lost", 1},
	    {HEADER "---,---,---,---\nGent,https://gent.be/,gent.png,\n***\n",
		"2:1: warning: row 2 is a line, not a city, and is left out\n4:1: warning: row 4 is a line",
		1},
	    {HEADER "#Gent,https://gent.be/,gent.png,\n// Ham,https://h.be/,h.png,\n",
		"2:1: warning: \"#Gent\" is printed with \"#\"; remove that, or the whole row\n"
		"3:1: warning: with \"//\"",
		2},
	    {HEADER
		"'s-Hal,https://a.be/,a.png,\n(I),https://c.be/,a.png,\n“K”,https://d.be/,a.png,\n’t Lo,https://b.be/,a.png,\n",
		"", 4},
	    {HEADER "Gent,https://gent.be/?utm_source=x,gent.png,\n",
		"2:6: warning: \"utm_source\" is left over from copying the link; write \"https://gent.be/\"",
		1},
	    {HEADER
		"Gent,https://gent.be/,g.png,\nAalst,https://a.be/,a.png,\nAarlen,https://r.be/,r.png,\n",
		"3:1: note: not in alphabetical order: \"Aalst\" is after \"Gent\"", 3},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;
		read_bytes(&r, cases[i].bytes, strlen(cases[i].bytes));
		assert_told(&r.d, cases[i].told);
		assert_true(r.ok);
		assert_int_equal(r.cities.n, cases[i].n);
		close_reading(&r);
	}
}

static void
a_city_with_two_links_is_refused(void **state)
{
	(void)state;
	static const struct fault_case cases[] = {
	    {HEADER "Gent,https://gent.be/,gent.png,\nGent,https://gent.be,gent.png,\n",
		"3:1: error: row 3: \"Gent\" is in row 2 already, with another link"},
	    {HEADER
		"Gent,https://a.be,g.png,\nGe\u00adnt,https://b.be,g.png,\nGE\u200dNT\ufe0f,https://c.be,g.png,\n",
		"3:1: error: row 3: \"Gent\" is in row 2 already\n4:1: error: row 4: \"GENT\" is in row 2 already"},
	    {HEADER "ক্ষ,https://a.be,g.png,\nক্\u200dষ,https://b.be,g.png,\n",
		"3:1: error: is in row 2 already, with another link"},
	    {HEADER "Gent,x,gent.png,\nGent,y,gent.png,\n",
		"2:6: error: \"x\" is not the address of a website\n3:6: error: \"y\" is not the address of a website"},
	};
	assert_refused(cases, COUNT(cases));
}

static void
rows_count_as_in_a_spreadsheet(void **state)
{
	(void)state;
	struct reading r;
	const char csv[] =
	    "sep=,\r\n" HEADER
	    "\r\n\"A\r\nB\",https://a.be/,a.png,\r\n\r\n,,,\r\nC,x,c.png,\r\n";
	read_bytes(&r, csv, strlen(csv));
	assert_told(&r.d, "8:3: error: row 6, column \"url\"");
	close_reading(&r);
}

static void
limits_are_told(void **state)
{
	(void)state;
	struct buffer b = {0};
	buffer_puts(&b, HEADER);
	for (int i = 0; i <= CITIES_MAX; i++)
		buffer_printf(&b, "S%05d,https://s%d.be/,s.png,\n", i, i);
	struct reading r;
	read_bytes(&r, b.data, b.len);
	assert_told(&r.d, "10002:1: error: more than 10000 cities");
	assert_false(r.ok);
	close_reading(&r);

	b.len = 0;
	buffer_puts(&b, HEADER "Gent,");
	for (int i = 0; i < 70000; i++)
		buffer_puts(&b, "x");
	buffer_puts(&b, ",gent.png,\nAalst,y,a.png,\n");
	read_bytes(&r, b.data, b.len);
	assert_told(&r.d,
	    "2:6: error: longer than 64 KB\n3:7: error: \"y\" is not the address of a website");
	close_reading(&r);
	buffer_free(&b);
}

static void
all_faults_of_a_list_are_told_in_one_run(void **state)
{
	(void)state;
	struct reading r;
	const char csv[] = HEADER "Aalst,www.aalst.be,aalst.png,\n"
				  ",https://b.be/,b.png,\n"
				  "Gent,javascript:alert(1),../g.png,\n"
				  "Leuven,https://leuven.be/,leuven.png,\n";
	read_bytes(&r, csv, strlen(csv));
	assert_told(&r.d,
	    "2:7: error: write \"https://www.aalst.be\"\n"
	    "3:1: error: empty\n"
	    "4:6: error: is not the address of a website\n"
	    "4:26: error: is not a file in");
	assert_int_equal(r.cities.n, 3);
	assert_null(r.cities.list[0].url.s);
	assert_string_equal(r.cities.list[0].logo.s, "aalst.png");
	assert_null(r.cities.list[1].logo.s);
	close_reading(&r);
}

static void
an_address_to_type_and_a_colour_of_the_card_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *columns, *cells, *brief;
		int kind;
		struct color color;
	} cases[] = {
	    {"short,card", "leuven.be/cijfers,accent", "leuven.be/cijfers", CARD_ACCENT,
		{0}},
	    {"Kort,Kaart", "www.leuven.be,#0B4f6c", "www.leuven.be", CARD_COLOR,
		{11, 79, 108}},
	    {"carte,court", "#fa0,leuven.be", "leuven.be", CARD_COLOR, {255, 170, 0}},
	    {"Kurz,Karte", "leuven.be/,Accent", "leuven.be/", CARD_ACCENT, {0}},
	    {"short,card", ",", NULL, CARD_PLAIN, {0}},
	    {"alt,card", "Toren,", NULL, CARD_PLAIN, {0}},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;
		char csv[200];
		int len = snprintf(csv, sizeof csv,
		    "city,url,logo,%s\nLeuven,https://www.leuven.be/x,l.png,%s\n",
		    cases[i].columns, cases[i].cells);
		read_bytes(&r, csv, (size_t)len);
		assert_told(&r.d, "");
		const struct city *city = r.cities.list;
		assert_int_equal(city->card.kind, cases[i].kind);
		assert_memory_equal(
		    &city->card.color, &cases[i].color, sizeof cases[i].color);
		if (cases[i].brief == NULL)
			assert_null(city->brief.s);
		else
			assert_string_equal(city->brief.s, cases[i].brief);
		close_reading(&r);
	}
}

static void
an_address_to_type_begins_with_a_website(void **state)
{
	(void)state;
#define SHORT "city,url,logo,short,card\nGent,https://gent.be/,gent.png,"
	static const struct fault_case cases[] = {
	    {SHORT "https://gent.be/cijfers,\n",
		"2:32: error: column \"short\": \"https://gent.be/cijfers\" is not a short address; write \"gent.be/cijfers\""},
	    {SHORT "htps://gent.be,\n", "2:32: error: write \"gent.be\""},
	    {SHORT "/cijfers,\n", "2:32: error: is not a short address"},
	    {SHORT "cijfers,\n",
		"2:32: error: expected one that begins with the name of a website, such as \"leuven.be/cijfers\""},
	    {SHORT "stad Gent,\n", "2:32: error: is not a short address"},
	    {SHORT "mailto:info@gent.be,\n", "2:32: error: is not a short address"},
	    {SHORT "info@gent.be,\n", "2:32: error: is not a short address"},
	    {SHORT "gent,be,\n", "2:32: error: is not\n2:37: error: is not a colour"},
	    {SHORT "#REF!,\n", "2:32: error: \"#REF!\" is an error of the spreadsheet"},
	    {SHORT ",blauw\n",
		"2:33: error: column \"card\": \"blauw\" is not a colour; expected \"accent\" or one such as \"#0b4f6c\""},
	    {SHORT ",0B4F6C\n", "2:33: error: write \"#0B4F6C\""},
	    {SHORT ",#0b4f6\n", "2:33: error: is not a colour"},
	    {SHORT ",=A1\n", "2:33: error: \"=A1\" is a formula"},
	    /* of links in all rows each is told, not that columns were swapped */
	    {SHORT "https://gent.be/x,\nHam,https://ham.be/,ham.png,https://ham.be/x,\n",
		"2:32: error: write \"gent.be/x\"\n3:29: error: write \"ham.be/x\""},
	    {"city,url,logo,short url\nGent,https://gent.be/,gent.png,\n",
		"1:15: error: unknown column \"short url\"; did you mean \"short\"?"},
	    {"city,url,logo,kleur\nGent,https://gent.be/,gent.png,\n",
		"1:15: error: unknown column \"kleur\"; did you mean \"card\"?"},
	};
	assert_refused(cases, COUNT(cases));
}

static void
names_sort_as_in_dutch(void **state)
{
	(void)state;
	static const char *const sorted[] = {"Aalst", "Écaussinnes", "Eeklo",
	    "'s-Gravenvoeren", "Gravenwezel", "Lier", "Łódź", "Lommel", "Sint Joris",
	    "Sint-Katelijne-Waver", "SINT-NIKLAAS", "Sint-Truiden", "Sinterklaas",
	    "’t Zand", "Zelzate"};
	struct arena a = {0};
	for (size_t i = 1; i < COUNT(sorted); i++) {
		const char *before = rows_key(&a, sorted[i - 1]);
		assert_true(strcmp(before, rows_key(&a, sorted[i])) < 0);
	}
	assert_string_equal(rows_key(&a, "'s-Gravenvoeren"), "gravenvoeren");
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_spreadsheets_save_is_read_alike),
	    cmocka_unit_test(a_header_that_is_wrong_is_explained),
	    cmocka_unit_test(a_row_that_is_wrong_is_explained),
	    cmocka_unit_test(quotes_that_do_not_match_are_shown_where_they_open),
	    cmocka_unit_test(text_that_is_no_text_is_refused),
	    cmocka_unit_test(what_can_be_mended_is_a_warning),
	    cmocka_unit_test(a_city_with_two_links_is_refused),
	    cmocka_unit_test(rows_count_as_in_a_spreadsheet),
	    cmocka_unit_test(limits_are_told),
	    cmocka_unit_test(all_faults_of_a_list_are_told_in_one_run),
	    cmocka_unit_test(an_address_to_type_and_a_colour_of_the_card_are_read),
	    cmocka_unit_test(an_address_to_type_begins_with_a_website),
	    cmocka_unit_test(names_sort_as_in_dutch),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
