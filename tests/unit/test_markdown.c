#include "announcement/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "told.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
describe_runs(const struct block *block, struct buffer *b)
{
	for (int i = 0; i < block->nruns; i++) {
		const struct run *run = &block->runs[i];
		buffer_printf(b, "%s%s[%s]", run->style & RUN_EMPHASIS ? "*" : "",
		    run->style & RUN_STRONG ? "**" : "", run->text);
		if (run->link != NULL)
			buffer_printf(b, "(%d %s)", run->link_id, run->link);
	}
}

/* Blocks in short: p[text], h2[text], ul(i(…)), ol(3(…)), q(…). */
static void
describe(const struct block *list, int n, struct buffer *b)
{
	for (int i = 0; i < n; i++) {
		const struct block *block = &list[i];
		if (block->kind == BLOCK_PARAGRAPH)
			buffer_puts(b, "p");
		else if (block->kind == BLOCK_HEADING)
			buffer_printf(b, "h%d", block->level);
		else if (block->kind == BLOCK_LIST && block->ordered)
			buffer_puts(b, "ol");
		else if (block->number != NULL)
			buffer_printf(b, "%s", block->number);
		else
			buffer_puts(b,
			    block->kind == BLOCK_LIST       ? "ul"
				: block->kind == BLOCK_ITEM ? "i"
							    : "q");
		describe_runs(block, b);
		if (block->nchildren > 0) {
			buffer_puts(b, "(");
			describe(block->children, block->nchildren, b);
			buffer_puts(b, ")");
		}
	}
}

struct reading {
	struct arena a;
	struct diag d;
	struct lines lines;
	struct announcement out;
};

static void
read_text(struct reading *r, const char *text)
{
	*r = (struct reading){0};
	r->lines = lines_index(&r->a, "t", text, strlen(text));
	markdown_parse(&r->lines, 1, &r->a, &r->d, &r->out);
}

static void
close_reading(struct reading *r)
{
	diag_free(&r->d);
	arena_free(&r->a);
}

struct markdown_case {
	const char *text, *blocks, *told;
};

static void
assert_blocks(const struct markdown_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct reading r;
		struct buffer b = {0};
		read_text(&r, cases[i].text);
		assert_told(&r.d, cases[i].told);
		describe(r.out.blocks, r.out.nblocks, &b);
		buffer_append(&b, "", 1);
		assert_string_equal(b.data, cases[i].blocks);
		buffer_free(&b);
		close_reading(&r);
	}
}

static void
text_stays_word_for_word(void **state)
{
	(void)state;
	static const struct markdown_case cases[] = {
	    {"Dank zij tussen het de steden.", "p[Dank zij tussen het de steden.]", ""},
	    {"een -- twee --- drie... \"vier\" 'vijf' (c)",
		"p[een -- twee --- drie... \"vier\" 'vijf' (c)]", ""},
	    {"thema’s – 135.000", "p[thema’s – 135.000]", ""},
	    {"een\ntwee  \ndrie\\\nvier", "p[een twee\ndrie\nvier]", ""},
	    {"een  twee \t drie", "p[een twee drie]", ""},
	    {"10\xc2\xa0km &nbsp;x &amp; \\* &#10;y", "p[10\xc2\xa0km \xc2\xa0x & * y]",
		""},
	    {"Lie\xcc\x80ge", "p[Li\xc3\xa8ge]", ""},
	    {"a ~~ b ~~ c [x] [^] ~~~", "p[a ~~ b ~~ c [x] [^] ~~~]", ""},
	    {"[x] a\n\n- a [ ] b", "p[[x] a]ul(i(p[a [ ] b]))", ""},
	    {"|a| of a | b", "p[|a| of a | b]", ""},
	    {"ge&shy;meente&ZeroWidthSpace; b&zwnj; *&lrm;* c&ffllig;",
		"p[gemeente b ][cffl]", ""},
	    {"a\n\n\nb", "p[a]p[b]", ""},
	};
	assert_blocks(cases, COUNT(cases));
}

static void
styles_and_links_become_runs(void **state)
{
	(void)state;
	static const struct markdown_case cases[] = {
	    {"a *b* **c** ***d*** _e_", "p[a ]*[b][ ]**[c][ ]***[d][ ]*[e]", ""},
	    {"**a *b* c**", "p**[a ]***[b]**[ c]", ""},
	    {"*a **b***", "p*[a ]***[b]", ""},
	    {"*a*b", "p*[a][b]", ""},
	    {"[a](#grid) [b](https://x.be/)", "p[a](1 #grid)[ ][b](2 https://x.be/)", ""},
	    {"[a *b* c](#grid)", "p[a ](1 #grid)*[b](1 #grid)[ c](1 #grid)", ""},
	    {"**([pagina 2](#grid))**", "p**[(]**[pagina 2](1 #grid)**[)]", ""},
	    {"<https://x.be/>, <info@x.be>",
		"p[https://x.be/](1 https://x.be/)[, ][info@x.be](2 mailto:info@x.be)",
		""},
	    {"[a][1] [1]\n\n[1]: https://x.be/",
		"p[a](1 https://x.be/)[ ][1](2 https://x.be/)", ""},
	    {"[a](<https://x.be/(b)>)", "p[a](1 https://x.be/(b))", ""},
	    {"[a](mailto:info@x.be)", "p[a](1 mailto:info@x.be)", ""},
	};
	assert_blocks(cases, COUNT(cases));
}

static void
blocks_nest(void **state)
{
	(void)state;
	static const struct markdown_case cases[] = {
	    {"## a\n\n### b ###\n\nc\n-\n", "h2[a]h3[b]h2[c]", ""},
	    {"- a\n- b\n  - c\n\n  d", "ul(i(p[a])i(p[b]ul(i(p[c]))p[d]))", ""},
	    {"3. a\n4. b\n", "ol(3(p[a])4(p[b]))", ""},
	    {"0) a", "ol(0(p[a]))", ""},
	    {"1. a\n1. b\n1. c\n", "ol(1(p[a])2(p[b])3(p[c]))", ""},
	    {"0. a\n\n0. b\n", "ol(0(p[a])1(p[b]))", ""},
	    {"2021. a\n2022. b\n", "ol(2021(p[a])2022(p[b]))", ""},
	    {"08. a\n09. b\n10. c\n", "ol(08(p[a])09(p[b])10(p[c]))", ""},
	    {"> 1. 7. a\n>    8. b\n> 2. c\n", "q(ol(1(ol(7(p[a])8(p[b])))2(p[c])))", ""},
	    {"24\\. Januar\n31\\. Januar\n", "p[24. Januar 31. Januar]", ""},
	    {"24. Januar\n31. Januar\n15. Februar\n",
		"ol(24(p[Januar])31(p[Januar])15(p[Februar]))",
		"2:1: warning: \"31.\" follows \"24.\" in this list and is printed as it is; "
		"number each item one higher than the one before, or write \"31\\.\""},
	    {"- 1. a\n  2. b\n\n  4. c\n", "ul(i(ol(1(p[a])2(p[b])4(p[c]))))",
		"4:3: warning: \"4.\" follows \"2.\""},
	    {"1. a\n1. b\n2. c\n", "ol(1(p[a])1(p[b])2(p[c]))",
		"2:1: warning: \"1.\" follows \"1.\""},
	    {"> a\n>\n> - b\n> > c", "q(p[a]ul(i(p[b]))q(p[c]))", ""},
	    {"a\n## b\n## c\n", "p[a]h2[b]h2[c]", ""},
	    {"> ## a\n\n### b", "q(h2[a])h3[b]", ""},
	};
	assert_blocks(cases, COUNT(cases));
}

static void
what_is_not_supported_is_refused_with_its_place(void **state)
{
	(void)state;
	static const struct markdown_case cases[] = {
	    {"a\n\nb ![c](d.png) e", "p[a]p[b e]",
		"3:3: error: images are not supported"},
	    {"a ![*b* `c`][d]\n\n[d]: e", "p[a ]",
		"1:3: error: images are not supported"},
	    {"a `b` c", "p[a c]", "1:3: error: code is not supported"},
	    {"é ``b`` c", "p[é c]", "1:3: error: code is not supported"},
	    {"a\n\n```\nb\n```\n", "p[a]",
		"3:1: error: code is not supported; remove the spaces before it"},
	    {"a\n\n~~~ c\nb\n", "p[a]",
		"3:1: error: code is not supported; remove the spaces before it"},
	    {"a\n\n    b\n", "p[a]",
		"3:5: error: code is not supported; remove the spaces before it"},
	    {"a <b>c</b>", "p[a c]",
		"1:3: error: HTML is not supported\n1:7: error: HTML"},
	    {"a\n\n<div>\nb\n</div>\n", "p[a]", "3:1: error: HTML is not supported"},
	    {"a\n\n<!-- b -->\n", "p[a]", "3:1: error: HTML is not supported"},
	    {"a\n\n***\n\n---\n", "p[a]",
		"3:1: error: horizontal rules are not supported\n5:1: error: horizontal rules"},
	    {"a\n\n| b | c |\n|---|:-:|\n| d | e |\n", "p[a]",
		"3:1: error: tables are not supported"},
	    {"b | c\n--- | ---\nd | e\n", "", "1:1: error: tables are not supported"},
	    {"| a | b |\n| c | d |\n", "", "1:1: error: tables are not supported"},
	    {"> | b |\n> |---|\n", "", "1:3: error: tables are not supported"},
	    {"# a\n\n## b", "h1[a]h2[b]",
		"1:1: error: only the title is a heading of level 1"},
	    {"a\n=\n", "h1[a]", "1:1: error: only the title is a heading of level 1"},
	    {"### a\n\n##### b\n", "h3[a]h5[b]",
		"1:1: error: a heading of level 3 cannot follow one of level 1; begin it with ##\n"
		"3:1: error: a heading of level 5 cannot follow one of level 3; begin it with ####"},
	    {"a\n\n##\n", "p[a]", "3:1: error: nothing follows this mark"},
	    {"- a\n-\n", "ul(i(p[a]))", "2:1: error: nothing follows this mark"},
	    {"a\n\n>\n", "p[a]", "3:1: error: nothing follows this mark"},
	    {"## &nbsp;&#8203;\n", "", "1:1: error: nothing follows this mark"},
	    {"- &nbsp;\n- a\n", "ul(i(p[a]))", "1:1: error: nothing follows this mark"},
	    {"> &shy;\n", "", "1:1: error: nothing follows this mark"},
	    {"a\n\n*&nbsp;*\n\nb\n", "p[a]p[b]",
		"3:1: warning: this paragraph has no visible text"},
	    {"[&zwj;](https://x.be/) a\n", "p[a]", "1:1: error: this link has no text"},
	    {"a &#1; b", "", "1:1: error: control character (U+0001)"},
	    {"a &#31; b", "",
		"1:1: error: hyphen for the end of a line (U+001F) here; remove it"},
	    {"> - a\n> - <i>\n", "q(ul(i(p[a])))", "2:5: error: HTML is not supported"},
	};
	assert_blocks(cases, COUNT(cases));
}

static void
what_other_markdown_knows_is_printed_with_a_warning(void **state)
{
	(void)state;
	static const struct markdown_case cases[] = {
	    {"a ~~weg~~ b", "p[a ~~weg~~ b]", "1:3: warning: \"~~\" is printed as it is"},
	    {"a ~~**weg**~~", "p[a ~~]**[weg][~~]", "1:3: warning: \"~~\" is printed"},
	    {"- [ ] a\n- [x] b\n", "ul(i(p[[ ] a])i(p[[x] b]))",
		"1:3: warning: \"[ ]\" is printed\n2:3: warning: \"[x]\" is printed"},
	    {"a[^1] b\n\n[^1]: de bron\n", "p[a[^1] b]p[[^1]: de bron]",
		"1:2: warning: \"[^1]\" is printed\n3:1: warning: \"[^1]\" is printed"},
	    {"a[^b]\n\n[^b]: https://x.be/\n", "p[a][^b](1 https://x.be/)",
		"1:2: error: footnotes are not supported; write the note"},
	    {"a[^b]\n\n[^b]: ABB\n", "p[a][^b](1 ABB)",
		"1:2: error: footnotes are not supported; write the note"},
	    {"zie **b en\n\n##Kop", "p[zie **b en]p[##Kop]",
		"1:5: warning: \"**\" is printed\n"
		"3:1: warning: \"##\" is printed as it is; for a heading, put a space"},
	    {"zie ** b ** en", "p[zie ** b ** en]", "1:5: warning: \"**\" is printed"},
	    {"4** en b** en \\*\\*c\n\n** d\n\n#e\n\n-5\n\n2.0",
		"p[4** en b** en **c]p[** d]p[#e]p[-5]p[2.0]", ""},
	    {"> 1)een\n> 2)twee", "q(p[1)een 2)twee])",
		"1:3: warning: \"1)\" is printed as it is; for a list, put a space"},
	    {"a\n\xe2\x80\xa2 b\n\xe2\x80\xa2 c\n\n\xe2\x80\xa2 d",
		"p[a \xe2\x80\xa2 b \xe2\x80\xa2 c]p[\xe2\x80\xa2 d]",
		"2:1: warning: for a list, begin each item\n5:1: warning: for a list"},
	    {"a\n\xe2\x80\xa2 b", "p[a \xe2\x80\xa2 b]", ""},
	    {"-heid", "p[-heid]", ""},
	    {"- a\n-b", "ul(i(p[a -b]))",
		"2:1: warning: \"-\" is printed as it is; for a list, put a space"},
	    {"a\tb\nc\td", "p[a b c d]",
		"1:1: warning: \"a b\" is printed as it is; write a list"},
	    {"a\tb\nc", "p[a b c]", ""},
	    {"groeten\n---", "h2[groeten]",
		"1:1: warning: remove it, or for a heading write: ## groeten"},
	    {"groeten\n-------", "h2[groeten]", ""},
	};
	assert_blocks(cases, COUNT(cases));
}

static void
links_that_lead_nowhere_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *told;
	} cases[] = {
	    {"a [](#grid)", "1:3: error: this link has no text"},
	    {"a [ ](https://x.be/)", "1:3: error: this link has no text"},
	    {"a [b]()", "1:3: error: this link has no address"},
	    {"a [b](#logos)",
		"1:3: error: \"#logos\" is not a place in this document; write \"#grid\""},
	    {"a [b](#)", "1:3: error: \"#\" is not a place in this document"},
	    {"a [b](bijlage.pdf)",
		"1:3: error: \"bijlage.pdf\" is not the address of a website"},
	    {"a [b](www.x.be)", "1:3: error: write \"https://www.x.be\""},
	    {"a [b](<https://x.be/c d>)", "1:3: error: write \"https://x.be/c%20d\""},
	    {"a [b](javascript:alert(1))", "1:3: error: is not the address of a website"},
	    {"a [b](info@x.be)", "1:3: error: write \"mailto:info@x.be\""},
	    {"a [b][c]\n\n[c]: x.be/d", "1:3: error: write \"https://x.be/d\""},
	    {"a [![b](c)](#grid)", "1:4: error: images are not supported"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;
		read_text(&r, cases[i].text);
		assert_told(&r.d, cases[i].told);
		assert_int_equal(r.d.nerrors, 1);
		close_reading(&r);
	}
}

static void
what_looks_odd_is_only_remarked(void **state)
{
	(void)state;
	static const struct markdown_case cases[] = {
	    {"a [b](http://x.be/)", "p[a ][b](1 http://x.be/)",
		"1:3: warning: not encrypted"},
	    {"a [b](#grid \"c\")", "p[a ][b](1 #grid)",
		"1:3: warning: the title of this link (\"c\")"},
	    {"a [b](https://x.be/c d)", "p[a [b](https://x.be/c d)]",
		"1:5: warning: \"](https://x.be/c\" is printed as it is; for a link"},
	    {"a [b](https://x.be/c d", "p[a [b](https://x.be/c d]",
		"1:5: warning: \"](https://x.be/c\" is printed as it is; for a link"},
	    {"a \\[b\\]\\(c\\)", "p[a [b](c)]", ""},
	    {"a (b)[https://x.be/c] d", "p[a (b)[https://x.be/c] d]",
		"1:5: warning: \")[https://x.be/c\" is printed as it is; for a link"},
	    {"[b] (https://x.be/)", "p[[b] (https://x.be/)]",
		"1:3: warning: \"] (https://x.be/\" is printed as it is; for a link"},
	    {"zie https://x.be/", "p[zie https://x.be/]",
		"1:5: note: \"https://x.be/\" is printed as it is; for a link, write <https://…>"},
	    {"zie (www.x.be/y).", "p[zie (www.x.be/y).]",
		"1:6: note: \"www.x.be/y\" is printed as it is; for a link, write <https://www.…>"},
	    {"WWW.x.be", "p[WWW.x.be]", "1:1: note: \"WWW.x.be\" is printed as it is"},
	    {"mail Jan_d.a@stad.x.be, of mailto:b@x.be",
		"p[mail Jan_d.a@stad.x.be, of mailto:b@x.be]",
		"1:6: note: \"Jan_d.a@stad.x.be\" is printed as it is; for a link, put it between < and >"},
	    {"mailto:b@x.be", "p[mailto:b@x.be]",
		"1:1: note: \"mailto:b@x.be\" is printed as it is; for a link, put it"},
	    {"https://x.be/ of www.x.be", "p[https://x.be/ of www.x.be]",
		"1:1: note: \"https://x.be/\"\n1:18: note: \"www.x.be\""},
	    {"https://www.x.be/a@b.be", "p[https://www.x.be/a@b.be]",
		"1:1: note: \"https://www.x.be/a@b.be\" is printed as it is"},
	    {"<b@x.be> <mailto:c@x.be> [www.x.be](https://www.x.be)",
		"p[b@x.be](1 mailto:b@x.be)[ ][mailto:c@x.be](2 mailto:c@x.be)[ ][www.x.be](3 https://www.x.be)",
		""},
	    {"www. en wwww.x a@b @stad 5@x.1 a@", "p[www. en wwww.x a@b @stad 5@x.1 a@]",
		""},
	};
	assert_blocks(cases, COUNT(cases));
}

static void
places_count_in_the_whole_file(void **state)
{
	(void)state;
	struct reading r = {0};
	const char text[] = "---\nx\n---\n\nEén *twee*\nen [drie](#grid)\n\n- vier\n";
	r.lines = lines_index(&r.a, "t", text, strlen(text));
	markdown_parse(&r.lines, 4, &r.a, &r.d, &r.out);
	assert_told(&r.d, "");
	static const struct {
		int line, column;
	} runs[] = {{5, 1}, {5, 6}, {6, 1}, {6, 5}};
	const struct block *block = &r.out.blocks[0];
	assert_int_equal(block->nruns, COUNT(runs));
	for (int i = 0; i < block->nruns; i++) {
		assert_int_equal(block->runs[i].at.line, runs[i].line);
		assert_int_equal(block->runs[i].at.column, runs[i].column);
	}
	assert_int_equal(r.out.blocks[1].children[0].children[0].at.column, 3);
	close_reading(&r);
}

static void
texts_made_to_be_slow_are_not(void **state)
{
	(void)state;
	static const struct {
		const char *unit;
		int n;
		const char *told;
	} cases[] = {
	    {">", 100000, "1:13: error: lists and quotes are nested more than 12 deep"},
	    {"- ", 100000, "1:25: error: lists and quotes are nested more than 12 deep"},
	    {"![[]()", 20000,
		"1:1: error: images are not supported; remove this one and 19999 more"},
	    {"*a **b ", 20000, "1:4: warning: \"**\" is printed"},
	    {"*a*\\*\\*b\\]\\(c ", 20000, NULL},
	    {"[", 20000, ""},
	    {"[^", 20000, ""},
	    {"(** a", 20000, ""},
	    {"a | b\n", 20000, ""},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buffer b = {0};
		for (int j = 0; j < cases[i].n; j++)
			buffer_puts(&b, cases[i].unit);
		buffer_append(&b, "x", 2);
		struct reading r;
		read_text(&r, b.data);
		if (cases[i].told != NULL)
			assert_told(&r.d, cases[i].told);
		close_reading(&r);
		buffer_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_stays_word_for_word),
	    cmocka_unit_test(styles_and_links_become_runs),
	    cmocka_unit_test(blocks_nest),
	    cmocka_unit_test(what_is_not_supported_is_refused_with_its_place),
	    cmocka_unit_test(what_other_markdown_knows_is_printed_with_a_warning),
	    cmocka_unit_test(links_that_lead_nowhere_are_refused),
	    cmocka_unit_test(what_looks_odd_is_only_remarked),
	    cmocka_unit_test(places_count_in_the_whole_file),
	    cmocka_unit_test(texts_made_to_be_slow_are_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
