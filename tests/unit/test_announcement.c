#include "announcement/announcement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "told.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define GRID         "grid:\n  heading: Steden\n  intro: Klik.\n  link: \"{city} – website\"\n"
#define TOP          "title: T\nlang: nl-BE\n" GRID

struct reading {
	struct arena a;
	struct diag d;
	struct announcement out;
	bool ok;
};

static void
read_bytes(struct reading *r, const char *file, const char *bytes, size_t len)
{
	*r = (struct reading){0};
	struct source source = {
	    .file = file, .bytes = arena_strndup(&r->a, bytes, len), .len = len};
	r->ok = announcement_parse(&source, &r->a, &r->d, &r->out);
}

static void
close_reading(struct reading *r)
{
	diag_free(&r->d);
	arena_free(&r->a);
}

struct told_case {
	const char *text, *told;
};

/* Reads front matter LINES and a body. */
static void
read_lines(struct reading *r, const char *lines)
{
	struct buffer b = {0};
	buffer_printf(&b, "---\n%s---\n\nTekst.\n", lines);
	read_bytes(r, "a.md", b.data, b.len);
	buffer_free(&b);
}

static void
every_setting_is_read(void **state)
{
	(void)state;
	struct reading r;
	const char text[] = "---\n"
			    "title: Cijfers 2023\n"
			    "lang: nl-BE\n"
			    "date: 2024-02-29\n"
			    "author: 'Stad: in cijfers'\n"
			    "subject: |\n  Twee\n  regels\n"
			    "keywords: [a, b c]\n"
			    "kicker: Lie\xcc\x80ge\n"
			    "figures:\n  - value: 135.000\n    label: deelnemers\n"
			    "  - {value: \"14\", label: x}\n" GRID
			    "colors: {accent: \"#0b4\", text: \"#1D252c\"}\n"
			    "fonts:\n  bold: f/b.ttf\n  italic: /i.ttf\n"
			    "page: a5 Landscape\n"
			    "max_ppi: 0\n"
			    "words: {page: blz., logo: Logo van, continued: vervolg}\n"
			    "allow:\n  - logo-coarse\n  - link-bare\n"
			    "---\nTekst\n";
	read_bytes(&r, "data/a.md", text, strlen(text));
	assert_told(&r.d, "");
	assert_true(r.ok);
	const struct announcement *a = &r.out;
	assert_string_equal(a->title.s, "Cijfers 2023");
	assert_int_equal(a->title.at.line, 2);
	assert_int_equal(a->title.at.column, 8);
	assert_string_equal(a->lang.s, "nl-BE");
	assert_string_equal(a->date.s, "2024-02-29");
	assert_string_equal(a->author.s, "Stad: in cijfers");
	assert_string_equal(a->subject.s, "Twee regels");
	assert_string_equal(a->keywords.s, "a, b c");
	assert_string_equal(a->kicker.s, "Li\xc3\xa8ge");
	assert_int_equal(a->nfigures, 2);
	assert_string_equal(a->figures[0].value.s, "135.000");
	assert_string_equal(a->figures[1].label.s, "x");
	assert_string_equal(a->grid.heading.s, "Steden");
	assert_string_equal(a->grid.intro.s, "Klik.");
	assert_string_equal(a->grid.link.s, "{city} – website");
	assert_true(
	    a->colors.accent.given && a->colors.text.given && !a->colors.paper.given);
	assert_int_equal(a->colors.accent.value.r, 0x00);
	assert_int_equal(a->colors.accent.value.g, 0xbb);
	assert_int_equal(a->colors.accent.value.b, 0x44);
	assert_int_equal(a->colors.text.value.r, 0x1d);
	assert_string_equal(a->fonts.bold.s, "data/f/b.ttf");
	assert_string_equal(a->fonts.italic.s, "/i.ttf");
	assert_null(a->fonts.regular.s);
	assert_int_equal(a->page.paper, PAPER_A5);
	assert_true(a->page.landscape);
	assert_int_equal(a->max_ppi, 0);
	assert_string_equal(a->words.page.s, "blz.");
	assert_string_equal(a->words.logo.s, "Logo van");
	assert_string_equal(a->words.continued.s, "vervolg");
	assert_int_equal(a->allow.n, 2);
	assert_string_equal(a->allow.list[1].s, "link-bare");
	assert_int_equal(a->allow.list[1].at.line, 28);
	assert_true(r.d.allowed[RULE_LOGO_COARSE] && r.d.allowed[RULE_LINK_BARE]);
	assert_int_equal(a->nblocks, 1);
	close_reading(&r);
}

static void
a_phone_number_is_dialled_without_what_makes_it_legible(void **state)
{
	(void)state;
	static const char *const cases[][2] = {{"+32 2 123 45 67", "tel:+3221234567"},
	    {"+32 (0)2 123.45.67", "tel:+3221234567"}, {"02/123 45-67", "tel:021234567"},
	    {"(02) 123 45 67", "tel:021234567"}};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;
		struct buffer b = {0};
		buffer_printf(&b, TOP "publisher: {name: n, phone: %s}\n", cases[i][0]);
		buffer_append(&b, "", 1);
		read_lines(&r, b.data);
		assert_told(&r.d, "");
		assert_string_equal(r.out.publisher.phone.shown.s, cases[i][0]);
		assert_string_equal(r.out.publisher.phone.url, cases[i][1]);
		close_reading(&r);
		buffer_free(&b);
	}
}

static void
truth_has_two_words(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"no", "yes"}, {"NO", "Yes"}, {"false", "true"}, {"False", "TRUE"}};
	for (size_t i = 0; i < COUNT(cases); i++)
		for (int yes = 0; yes < 2; yes++) {
			struct reading r;
			struct buffer b = {0};
			buffer_printf(&b,
			    "title: T\nlang: nl\ngrid: {heading: h, intro: i, link: \"{city}\","
			    " address: %s, closing: {text: t, code: %s}}\n",
			    cases[i][yes], cases[i][yes]);
			buffer_append(&b, "", 1);
			read_lines(&r, b.data);
			assert_told(&r.d, "");
			assert_int_equal(r.out.grid.no_address, !yes);
			assert_int_equal(r.out.grid.closing.code, yes);
			close_reading(&r);
			buffer_free(&b);
		}
}

static void
what_is_not_set_has_its_default(void **state)
{
	(void)state;
	struct reading r;
	read_lines(&r, TOP);
	assert_told(&r.d, "");
	assert_true(r.ok);
	assert_null(r.out.date.s);
	assert_null(r.out.kicker.s);
	assert_int_equal(r.out.nfigures, 0);
	assert_false(r.out.colors.accent.given);
	assert_int_equal(r.out.page.paper, PAPER_A4);
	assert_false(r.out.page.landscape);
	assert_int_equal(r.out.max_ppi, 450);
	assert_int_equal(r.out.allow.n, 0);
	close_reading(&r);
}

/* Each of CASES is refused as front matter, with just what it says. */
static void
assert_refused(const struct told_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct reading r;
		read_lines(&r, cases[i].text);
		assert_told(&r.d, cases[i].told);
		assert_false(r.ok);
		close_reading(&r);
	}
}

static void
a_missing_key_is_told_with_the_line_to_add(void **state)
{
	(void)state;
	static const struct told_case cases[] = {
	    {"",
		"1:1: error: \"title\" is missing; add \"title: \n"
		"1:1: error: add \"lang: nl-BE\"\n"
		"1:1: error: add \"grid:\", \"  heading: De websites van de steden\", \"  intro: "},
	    {"title: T\n" GRID, "1:1: error: \"lang\" is missing"},
	    {"title: T\nlang: nl\ngrid:\n  intro: i\n",
		"4:1: error: \"heading\" is missing; add \"  heading: \n"
		"4:1: error: \"link\" is missing; add '  link: \"{city} – website\"'"},
	    {"title: T\nlang: nl\ngrid: {intro: i, link: \"{city}\"}\n",
		"4:1: error: \"heading\" is missing; add \"heading: "},
	    {TOP "figures:\n  - value: x\n",
		"9:5: error: \"label\" is missing; add \"    label: "},
	};
	assert_refused(cases, COUNT(cases));
}

static void
an_unknown_key_names_the_nearest(void **state)
{
	(void)state;
	static const struct told_case cases[] = {
	    {TOP "autor: x\n",
		"8:1: error: unknown key \"autor\"; did you mean \"author\"?"},
	    {TOP "Title: x\n",
		"8:1: error: unknown key \"Title\"; did you mean \"title\"?"},
	    {"titel: T\nlang: nl\n" GRID, "2:1: error: did you mean \"title\"?"},
	    {TOP "colours: {}\n", "8:1: error: did you mean \"colors\"?"},
	    {TOP "zzz: x\n",
		"8:1: error: unknown key \"zzz\"; expected one of title, lang, date"},
	    {TOP "colors: {acent: \"#fff\"}\n", "8:10: error: did you mean \"accent\"?"},
	    {TOP "words:\n  pag: x\n",
		"9:3: error: unknown key \"pag\"; did you mean \"page\"?"},
	    {TOP "title: U\n", "8:1: error: \"title\" is already on line 2; remove one"},
	};
	assert_refused(cases, COUNT(cases));
}

static void
a_value_that_cannot_be_is_explained(void **state)
{
	(void)state;
	static const struct told_case cases[] = {
	    {"title:\nlang: nl\n" GRID, "2:7: error: title: the value is empty"},
	    {"title: \"\\_\\u200b\"\nlang: nl\n" GRID,
		"2:8: error: title: the value is empty"},
	    {TOP "figures: [{value: \"\xc2\xad\", label: x}]\n",
		"8:19: error: value: the value is empty"},
	    {TOP "keywords: [a, \"\xe3\x85\xa4\"]\n",
		"8:15: error: keywords: the value is empty"},
	    {"title: ~\nlang: nl\n" GRID, "2:8: error: title: the value is empty"},
	    {"title: [a]\nlang: nl\n" GRID,
		"2:8: error: title: expected a text; put the value in quotes"},
	    {"title: T\nlang: nl_BE.UTF-8\n" GRID,
		"3:7: error: lang: \"nl_BE.UTF-8\" is not valid; write: lang: nl-BE"},
	    {"title: T\nlang: Nederlands (België)\n" GRID,
		"3:7: error: is not valid; expected one such as nl-BE"},
	    {TOP "date: 2023-02-29\n",
		"8:7: error: date: \"2023-02-29\" is not valid; expected one such as 2024-01-24"},
	    {TOP "date: 24/1/2024\n", "8:7: error: write: date: 2024-01-24"},
	    {TOP "date: 24 januari 2024\n",
		"8:7: error: is not valid; expected one such as"},
	    {TOP "colors: {accent: #fff}\n}\n",
		"8:10: error: accent: the value is empty; write one, in quotes if it begins with \"#\", as in 'accent: \"#0b4f6c\"'"},
	    {TOP "colors: {accent: blue}\n", "8:18: error: \"blue\" is not valid"},
	    {TOP "colors: {accent: \"#12345\"}\n",
		"8:18: error: \"#12345\" is not valid"},
	    {TOP "colors: rood\n",
		"8:9: error: expected lines such as \"colors:\", '  accent: \"#0b4f6c\"', '  text: "},
	    {TOP "page: A3\n",
		"8:7: error: page: \"A3\" is not valid; expected one of A4, A4 landscape, A5, A5 landscape, Letter, Letter landscape"},
	    {TOP "page: A4 dwars\n", "8:7: error: \"A4 dwars\" is not valid"},
	    {TOP "max_ppi: -1\n",
		"8:10: error: max_ppi: \"-1\" is not valid; expected a whole number from 0 to 10000"},
	    {TOP "max_ppi: 300.5\n", "8:10: error: \"300.5\" is not valid"},
	    {TOP "max_ppi: 1e1\n", "8:10: error: \"1e1\" is not valid"},
	    {TOP "max_ppi: +1\n", "8:10: error: \"+1\" is not valid"},
	    {TOP "max_ppi: 10001\n", "8:10: error: \"10001\" is not valid"},
	    {TOP "max_ppi: 99999999999999999999\n", "8:10: error: is not valid"},
	    {TOP "figures: 14\n",
		"8:10: error: expected lines such as \"figures:\", '  - value: \"135.000\"', \"    label: deelnemers\""},
	    {TOP "figures:\n  - 14\n", "9:5: error: expected lines such as \"figures:\""},
	    {TOP "keywords: [[a]]\n", "8:12: error: keywords: expected a text"},
	    {"title: T\nlang: nl\ngrid: {heading: h, intro: i, link: website}\n",
		"4:36: error: link: \"{city}\" is missing; expected a text such as \"{city} – website\""},
	    {TOP "grid2: x\ncolors: {accent: \"\u201c#0b4f6c\u201d\"}\n",
		"8:1: error: unknown key \"grid2\"; did you mean \"grid\"?\n"
		"9:18: error: is not valid; write: accent: \"#0b4f6c\""},
	    {TOP "allow: [logo-coars, url-scheme, zzz]\n",
		"8:9: error: allow: there is no rule \"logo-coars\"; did you mean \"logo-coarse\"?\n"
		"8:21: error: allow: \"url-scheme\" is an error and cannot be allowed\n"
		"8:33: error: allow: there is no rule \"zzz\""},
	    {TOP "allow: logo-coarse, 'link-moved'\n",
		"8:8: error: write: allow: [logo-coarse, link-moved]"},
	    {TOP "allow: '[logo-coarse], [link-moved]'\n",
		"8:8: error: write: allow: [logo-coarse, link-moved]"},
	    {TOP "allow: ','\n", "8:8: error: allow: there is no rule \",\""},
	    {TOP "publisher: {name: n, mail: MailTo:info@a.be}\n",
		"8:28: error: mail: \"MailTo:info@a.be\" is not valid; write: mail: info@a.be"},
	    {TOP "publisher: {name: n, mail: \"mailto: info@a.be\"}\n",
		"8:28: error: write: mail: info@a.be"},
	    {TOP "publisher: {name: n, mail: mailto:info@a}\n",
		"8:28: error: \"mailto:info@a\" is not valid; expected one such as info@vlaanderen.be"},
	    {TOP "publisher: {name: n, mail: https://a.be/}\n",
		"8:28: error: \"https://a.be/\" is not valid; expected one such as info@vlaanderen.be"},
	    {TOP "publisher: {name: n, phone: tel:+32 2 123 45 67}\n",
		"8:29: error: write: phone: +32 2 123 45 67"},
	    {TOP "publisher: {name: n, phone: nul-twee}\n",
		"8:29: error: \"nul-twee\" is not valid; expected one such as +32 2 123 45 67"},
	    {TOP "publisher: {name: n, phone: https://a.be/}\n",
		"8:29: error: \"https://a.be/\" is not valid; expected one such as +32 2 123 45 67"},
	    {TOP "publisher: {name: n, phone: info@a.be}\n",
		"8:29: error: \"info@a.be\" is not valid; expected one such as +32 2 123 45 67"},
	    {TOP "allow:\n",
		"8:7: error: allow: the value is empty; write one, in quotes if it begins with \"#\", as in \"allow:\", \"  - logo-coarse\""},
	    {"title: T\nlang: nl\ngrid:\n  - a\nheading: h\nintro: i\nlink: \"{city}\"\n",
		"6:1: error: \"heading\" belongs to \"grid\"; indent this line"},
	    {"title: T\nlang: nl\ngrid:\n  heading: h\nintro: i\nlink: \"{city}\"\n",
		"6:1: error: \"intro\" belongs to \"grid\"; indent this line"},
	    {"title: T\nlang: nl\ngrid:\nintro: i\nlink: \"{city}\"\n",
		"4:1: error: \"heading\" is missing; add \"  heading: \n"
		"5:1: error: \"intro\" belongs to \"grid\"; indent this line"},
	    {TOP "allow: {a: b}\n", "8:8: error: allow: expected a text"},
	    {TOP "author: \"a\\x01b\"\n",
		"8:9: error: there is a control character (U+0001)"},
	    {TOP "author: \"a\\0b\"\n",
		"8:9: error: there is a control character (U+0000)"},
	};
	assert_refused(cases, COUNT(cases));
}

static void
a_text_has_4000_characters_at_most(void **state)
{
	(void)state;
	static char text[4200];
	for (int over = 0; over < 2; over++) {
		struct reading r;
		snprintf(text, sizeof text, TOP "subject: %0*d\n", 4000 + over, 0);
		read_lines(&r, text);
		assert_int_equal(r.ok, !over);
		assert_told(&r.d,
		    over
			? "8:10: error: subject: the text has 4001 characters; expected at most 4000"
			: "");
		close_reading(&r);
	}
}

/* Reads a list of N keywords of LEN characters. */
static void
read_many_keywords(struct reading *r, int n, int len)
{
	struct buffer lines = {0};
	buffer_puts(&lines, TOP "keywords:\n");
	for (int i = 0; i < n; i++)
		buffer_printf(&lines, "  - w%0*d\n", len - 1, i);
	buffer_append(&lines, "", 1);
	read_lines(r, lines.data);
	buffer_free(&lines);
}

static void
keywords_are_all_kept_or_told_to_be_too_many(void **state)
{
	(void)state;
	struct reading r;
	read_many_keywords(&r, 100, 38);
	assert_told(&r.d, "");
	assert_int_equal(strlen(r.out.keywords.s), 100 * 40 - 2);
	close_reading(&r);
	read_many_keywords(&r, 101, 3);
	assert_false(r.ok);
	assert_told(
	    &r.d, "109:5: error: too many items in one list or group; remove this one");
	close_reading(&r);
	read_many_keywords(&r, 100, 39);
	assert_false(r.ok);
	assert_told(&r.d,
	    "9:3: error: keywords: the text has 4098 characters; expected at most 4000");
	close_reading(&r);
	read_lines(&r, TOP "keywords: []\n");
	assert_told(&r.d, "8:11: error: keywords: the value is empty");
	close_reading(&r);
}

static void
figures_that_lack_something_are_left_out(void **state)
{
	(void)state;
	struct reading r;
	read_lines(&r,
	    TOP "figures:\n  - value: x\n  - label: y\n  - value: z\n    label:\n"
		"  - 14\n  - value: v\n    label: l\n");
	assert_false(r.ok);
	assert_int_equal(r.d.nerrors, 4);
	assert_int_equal(r.out.nfigures, 1);
	assert_string_equal(r.out.figures[0].value.s, "v");
	assert_string_equal(r.out.figures[0].label.s, "l");
	close_reading(&r);
}

static void
yaml_that_is_wrong_is_shown_where_it_stands(void **state)
{
	(void)state;
	static const struct told_case cases[] = {
	    {"title: Cijfers: 2023\n",
		"2:15: error: this value needs quotes around all of it; write: \"Cijfers: 2023\""},
	    {"title: \"Cijfers\nlang: nl\n",
		"2:8: error: the quote that begins here does not end on this line; put \" at both ends"},
	    {"title: \"Cijfers\" 2023\nlang: nl\n",
		"2:18: error: write: '\"Cijfers\" 2023'"},
	    {"title: x\nlang nl\n",
		"3:1: error: expected a line such as \"title: Cijfers 2023\""},
	    {"title: *Cijfers*\n",
		"2:16: error: the front matter is not Markdown; write: \"Cijfers\""},
	    {"title: **Cijfers: 2023**\n",
		"2:9: error: the front matter is not Markdown; write: \"Cijfers: 2023\""},
	    {"title: *a* b\n",
		"2:10: error: needs quotes around all of it; write: \"*a* b\""},
	    {TOP "keywords: [a], [b, c]\n",
		"8:14: error: a list has one pair of brackets; write: [a, b, c]"},
	    {TOP "publisher: Stad Gent\n  name: Gent\n",
		"8:12: error: \"publisher\" has keys below it, so nothing can follow its colon; remove: Stad Gent"},
	    {TOP "publisher: \"Stad Gent\"\n\n  name: Gent\n",
		"8:12: error: \"publisher\" has keys below it, so nothing can follow its colon; remove: \"Stad Gent\""},
	    {TOP "publisher: # wie\n  name: a: b\n", "9:10: error: write: \"a: b\""},
	    {"publisher: {name: n,\n  mail: a: b}\n",
		"2:12: error: this value needs quotes"},
	    {TOP "figures: vier\n  - value: 4\n",
		"8:10: error: \"figures\" has keys below it, so nothing can follow its colon; remove: vier"},
	    {"title: @x\n", "2:8: error: write: \"@x\""},
	    {"title: x\n\tlang: nl\n",
		"3:1: error: this line begins with a tab; use spaces"},
	    {"title: [x\nlang: nl\n", "2:8: error: write: \"[x\""},
	    {"title: \"a\\q\"\n", "2:10: error: a \"\\\" in double quotes"},
	    {"Gewoon een zin\n", "2:1: error: expected a line such as \"title: "},
	    {"title:a\nlang:b\n",
		"2:1: error: expected a line such as \"title: Cijfers 2023\", with a space after the colon"},
	    {"title: a\nauthor:b\nlang:c\n",
		"3:1: error: expected a line such as \"title: Cijfers 2023\", with a space after the colon"},
	    {"title: a\nauthor: b\n  lang: c\n",
		"3:1: error: this line and those below it are not indented alike"},
	    {"grid:\n  intro: a\n    link: b\n",
		"3:1: error: this line and those below it are not indented alike"},
	    {"grid:\n  intro: a\nlink: \"b\"\n  heading: c\n",
		"4:1: error: this line and those below it are not indented alike"},
	    {"keywords:\n- a\n - : b\n- c\n", "4:4: error: write: \": b\""},
	    {"keywords:\n- a\n- @c\n", "4:3: error: write: \"@c\""},
	    {"title: a\n\n\n author: b\n",
		"2:1: error: this line and those below it are not"},
	    {"title: \"a\nlang: nl\ngrid:\n  intro: \"b\"\n",
		"2:8: error: the quote that begins here does not end"},
	    {"grid:\n  intro: 'a\n  link: 'b'\n",
		"3:10: error: the quote that begins here does not end"},
	    {"title: a\nlang: nl\nlang: fr\nlang: de\ntitle: b\nauthor: c\nauthor: d\n",
		"1:1: error: \"grid\" is missing\n"
		"4:1: error: \"lang\" is already on line 3\n"
		"5:1: error: \"lang\" is already on line 3\n"
		"6:1: error: \"title\" is already on line 2\n"
		"8:1: error: \"author\" is already on line 7"},
	    {"- a\n- b\n", "2:1: error: expected a line such as \"title: "},
	    {TOP "author: &a x\n",
		"8:9: error: this value needs quotes around all of it; write: "},
	    {TOP "author: *a\n",
		"8:9: error: this value needs quotes around all of it; write: "},
	    {TOP "author: !a x\n", "8:9: error: write: \"!a x\""},
	    {TOP "author: [[[[[[[[x]]]]]]]]\n",
		"8:14: error: write: \"[[[[[[[[x]]]]]]]]\""},
	    {TOP "{a: b}: c\n", "8:1: error: expected a line such as"},
	    {"%YAML 1.1\n", "3:1: error: expected a line such as \"title"},
	    {"{title: T} x\n", "2:1: error: expected a line such as \"title"},
	    {"title: T\ncolors:\n  accent \"#fff\"\n  text: \"#000\"\n",
		"4:1: error: expected a line such as \"title"},
	    {"title: T\n}\n", "3:1: error: expected a line such as \"title"},
	    {"title: T\n> lang: nl\n", "3:1: error: expected a line such as \"title"},
	};
	assert_refused(cases, COUNT(cases));
}

static void
front_matter_has_to_be_there_and_closed(void **state)
{
	(void)state;
#define BYTES(s) s, sizeof(s) - 1
	static const struct {
		const char *bytes;
		size_t len;
		const char *told;
	} cases[] = {
	    {BYTES(""), "1:1: error: the file is empty"},
	    {BYTES("Tekst\n"),
		"1:1: error: the front matter is missing; begin the file with a line \"---\""},
	    {BYTES(" ---\ntitle: x\n"),
		"1:1: error: the front matter is missing\n"
		"1:2: error: horizontal rules are not supported"},
	    {BYTES("---\ntitle: x\n"),
		"1:1: error: that begins here does not end; put a line \"---\""},
	    {BYTES("\n\n---\ntitle: x\n"), "3:1: error: that begins here does not end"},
	    {BYTES("---"), "1:1: error: that begins here does not end"},
	    {BYTES("---\n" TOP "---\n"), "9:1: error: no text after the front matter"},
	    {BYTES("---\n" TOP "---"), "8:4: error: no text after the front matter"},
	    {BYTES("---\n" TOP "---\n\n  \n[a]: https://x.be/\n"),
		"9:1: error: no text after the front matter"},
	    {BYTES("---\n" TOP "---\n&nbsp;\n"),
		"9:1: warning: this paragraph has no visible text\n"
		"9:1: error: no text after the front matter"},
	    {BYTES("---\ntitle: \xe9\n"), "2:8: error: the byte 0xE9 is not UTF-8"},
	    {BYTES("\xff\xfe-\0-\0-\0"), "1:1: error: the text is UTF-16"},
	    {BYTES("-\0-\0-\0"), "1:2: error: a NUL byte here"},
	    {BYTES("---\n" TOP "---\nTek\0st\n"), "9:4: error: a NUL byte"},
	    {BYTES("PK\003\004"), "error: this is a workbook, a document"},
	    {BYTES("{\\rtf1"), "error: a rich text document"},
	    {BYTES("---\n" TOP "---\na\u202bb\n\nc\u2067d\u2069\n"),
		"9:2: error: control character (U+202B) here; remove it\n"
		"11:2: error: control character (U+2067) here; remove it"},
	    {BYTES("---\n" TOP "---\nTek\033st \001\n\xe2\x80\xa8\n\u202e\n"),
		"9:4: error: control character (U+001B)\n10:1: error: line or page break of a word processor (U+2028) here; write a space\n11:1: error: control character (U+202E)"},
	    {BYTES("---\n" TOP
		   "---\na\013b\n\fc\nd\036e\nf\037g\nh\xc2\x85i\n\xe2\x80\xa9\n"),
		"9:2: error: line or page break of a word processor (U+000B) here\n"
		"10:1: error: line or page break of a word processor (U+000C) here\n"
		"11:2: error: hyphen without a break (U+001E) here; write \"-\" instead\n"
		"12:2: error: hyphen for the end of a line (U+001F) here; remove it\n"
		"13:2: error: line or page break of a word processor (U+0085) here\n"
		"14:1: error: line or page break of a word processor (U+2029) here"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;
		read_bytes(&r, "a.md", cases[i].bytes, cases[i].len);
		assert_told(&r.d, cases[i].told);
		assert_false(r.ok);
		close_reading(&r);
	}
}

static void
what_nobody_sees_makes_no_difference(void **state)
{
	(void)state;
	struct reading r;
	const char text[] =
	    "\u200b---\n\ufeffti\u00adtle: \u202aGe\u00admeente\u200bra\u200dad b\u0133\n"
	    "lang: nl\u200e-BE\ngrid:\n  heading: St\ufe0feden\n"
	    "  intro: \"Kli\\u00adk.\"\n  link: \"{ci\u2060ty}\"\n---\u200c\n"
	    "\u2066Een\u00ad o\ufb03c\u202die\u202cel \u200b *\u00adge\u00admeente*\u034f.\u2069\n\n"
	    "\u200b## K\u00adop\n\n\u00ad- [a](\u202ahttps://x.\u00adbe/\u200b\u202c)\n"
	    "\u2060- क्\u200dष\n";
	read_bytes(&r, "a.md", text, sizeof text - 1);
	assert_told(&r.d, "");
	assert_true(r.ok);
	assert_string_equal(r.out.title.s, "Gemeenteraad bij");
	assert_string_equal(r.out.lang.s, "nl-BE");
	assert_string_equal(r.out.grid.heading.s, "Steden");
	assert_string_equal(r.out.grid.intro.s, "Klik.");
	assert_string_equal(r.out.grid.link.s, "{city}");
	assert_int_equal(r.out.nblocks, 3);
	const struct block *blocks = r.out.blocks, *list = &blocks[2];
	assert_string_equal(blocks[0].runs[0].text, "Een officieel ");
	assert_string_equal(blocks[0].runs[1].text, "gemeente");
	assert_string_equal(blocks[0].runs[2].text, ".");
	assert_int_equal(blocks[1].kind, BLOCK_HEADING);
	assert_string_equal(blocks[1].runs[0].text, "Kop");
	assert_int_equal(list->nchildren, 2);
	assert_string_equal(list->children[0].children[0].runs[0].link, "https://x.be/");
	assert_string_equal(list->children[1].children[0].runs[0].text, "क्\u200dष");
	close_reading(&r);
}

static void
line_ends_and_marks_make_no_difference(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "---\n" TOP "---\nEen\n\nTwee\n",
	    "\xef\xbb\xbf---\n" TOP "---\nEen\n\nTwee",
	    "---  \n" TOP "...\nEen\n\nTwee\n",
	    "---\r\ntitle: T\r\nlang: nl-BE\r\ngrid:\r\n  heading: Steden\r\n  intro: Klik.\r\n"
	    "  link: \"{city} – website\"\r\n---\r\nEen\r\n\r\nTwee\r\n",
	    "---\rtitle: T\rlang: nl-BE\rgrid:\r  heading: Steden\r  intro: Klik.\r"
	    "  link: \"{city} – website\"\r---\rEen\r\rTwee\r",
	};
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct reading r;
		read_bytes(&r, "a.md", texts[i], strlen(texts[i]));
		assert_told(&r.d, "");
		assert_true(r.ok);
		assert_int_equal(r.out.nblocks, 2);
		assert_int_equal(r.out.blocks[1].at.line, 11);
		assert_string_equal(r.out.blocks[1].runs[0].text, "Twee");
		assert_int_equal(r.out.grid.link.at.line, 7);
		close_reading(&r);
	}
}

static void
all_faults_of_a_text_are_told_in_one_run(void **state)
{
	(void)state;
	struct reading r;
	read_bytes(
	    &r, "a.md", BYTES("---\nlang: nl_BE\ndatum: x\n---\n\n# Kop\n\n`code`\n"));
	assert_told(&r.d,
	    "1:1: error: \"title\" is missing\n"
	    "1:1: error: \"grid\" is missing\n"
	    "2:7: error: write: lang: nl-BE\n"
	    "3:1: error: unknown key \"datum\"; expected one of title, lang, date\n"
	    "6:1: error: only the title is a heading of level 1\n"
	    "8:1: error: code is not supported");
	close_reading(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_setting_is_read),
	    cmocka_unit_test(a_phone_number_is_dialled_without_what_makes_it_legible),
	    cmocka_unit_test(truth_has_two_words),
	    cmocka_unit_test(what_is_not_set_has_its_default),
	    cmocka_unit_test(a_missing_key_is_told_with_the_line_to_add),
	    cmocka_unit_test(an_unknown_key_names_the_nearest),
	    cmocka_unit_test(a_value_that_cannot_be_is_explained),
	    cmocka_unit_test(a_text_has_4000_characters_at_most),
	    cmocka_unit_test(keywords_are_all_kept_or_told_to_be_too_many),
	    cmocka_unit_test(figures_that_lack_something_are_left_out),
	    cmocka_unit_test(yaml_that_is_wrong_is_shown_where_it_stands),
	    cmocka_unit_test(front_matter_has_to_be_there_and_closed),
	    cmocka_unit_test(what_nobody_sees_makes_no_difference),
	    cmocka_unit_test(line_ends_and_marks_make_no_difference),
	    cmocka_unit_test(all_faults_of_a_text_are_told_in_one_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
