#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "logo/svg.h"
#include "told.h"

#define SVG                                                                              \
	"<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink'>"
#define END   "</svg>"
#define LATER "\n\n\n"
#define PIXEL                                                                                \
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU" \
	"5ErkJggg=="
#define PNG "data:image/png;base64," PIXEL

/* A file that says TEXT, judged; what is to be drawn goes into OUT. */
static bool
judge(const char *text, size_t len, struct diag *d, struct buffer *out)
{
	const struct logo_source file = {
	    .bytes = (const unsigned char *)text, .len = len, .path = "a.svg", .d = d};
	struct svg_shape first;
	return svg_judge(&file, out, &first);
}

static void
assert_judged(const char *text, size_t len, const char *told)
{
	struct diag d = {0};
	struct buffer out = {0};
	assert_int_equal(judge(text, len, &d, &out), *told == '\0');
	assert_told(&d, told);
	buffer_free(&out);
	diag_free(&d);
}

static void
a_drawing_passes(void **state)
{
	(void)state;
	static const char *const drawings[] = {
	    SVG END,
	    "<svg/>",
	    "\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>\n"
	    "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' "
	    "'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>" SVG END,
	    "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:path d='M0 0h9v9z'/></s:svg>",
	    SVG "<path d='M0 0h9' fill='url(#a) red' style='mask:url( \"#b\" )'/>" END,
	    SVG "<use x:href='#a'/><use href=' #a'/><g id='a'/><use x:href=''/>" END,
	    SVG "<use id='a' href='#b'/><use id='b' href='#a'/>" END,
	    SVG "<a x:href='https://gent.be/'><path d='M0 0h9'/></a>" END,
	    SVG "<text> \n</text><title>Gent &amp; rand</title><desc>x</desc>" END,
	    SVG "<metadata xmlns:r='urn:r'><r:text>x</r:text><r:script/></metadata>" END,
	    SVG "<style>.a{fill:url(#g)} @font-face{src:url(data:font/woff;base64,A)}"
		"</style>" END,
	    SVG "<image href='" PNG "'/><image x:href=' " PNG "'/>" END,
	    SVG
	    "<image href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6"
	    "fptV\n AAAACklEQVR4nGNgAAAAAgABSK%2bkcQAAAABJRU5ErkJggg%3D%3D'/>" END,
	    SVG
	    "<style>@namespace url(http://www.w3.org/2000/svg); .a{fill:red}</style>" END,
	    SVG "<path xmlns:i='urn:i' i:href='file.ai' i:onload='x'/>" END,
	};
	for (size_t i = 0; i < sizeof drawings / sizeof drawings[0]; i++)
		assert_judged(drawings[i], strlen(drawings[i]), "");
}

static void
what_is_more_than_a_drawing_is_told_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *told;
	} cases[] = {
	    {"<text>x</text>", "<text> is text"},
	    {"<text><tspan>\xc2\xa0</tspan></text>", "<text> is text"},
	    {"<text>&#120;</text>", "<text> is text"},
	    {"<text><![CDATA[x]]></text>", "<text> is text"},
	    {"<flowRoot><flowPara>x</flowPara></flowRoot>", "<flowRoot> is text"},
	    {"<text><tref x:href='#a'/></text>", "<tref> is text"},
	    {"<g xmlns=''><text>x</text></g>", "<text> is text"},
	    {"<image href='a.png'/>", "<image> refers"},
	    {"<image x:href='http://a.be/a.png'/>", "<image> refers"},
	    {"<image x:href='/etc/passwd'/>", "<image> refers"},
	    {"<use href='a.svg#b'/>", "<use> refers"},
	    {"<use href='data:image/svg+xml,%3Csvg/%3E#b'/>", "<use> refers"},
	    {"<feImage href='a.png'/>", "<feImage> refers"},
	    {"<path fill='url(a.svg#b)'/>", "<path> refers"},
	    {"<path style='fill : URL( \"a.svg#b\" )'/>", "<path> refers"},
	    {"<path fill='url(data:image/svg+xml,%3Csvg/%3E#b)'/>", "<path> refers"},
	    {"<style>@import 'a.css';</style>", "<style> refers"},
	    {"<style><![CDATA[ .a { fill: url(http://a.be/a.svg#b) } ]]></style>",
		"<style> refers"},
	    {"<style>.a{fill:url(data:image/svg+xml,%3Csvg/%3E#b)}</style>",
		"<style> refers"},
	    {"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='a'/>",
		"<include> refers"},
	    {"<?xml-stylesheet href='a.css'?>", "<?xml-stylesheet> refers"},
	    {"<script/>", "<script> holds a script"},
	    {"<path onclick='x()'/>", "<path> holds a script"},
	    {"<animate attributeName='x'/>", "<animate> is an animation"},
	    {"<path><set attributeName='x'/></path>", "<set> is an animation"},
	    {"<animateTransform/>", "<animateTransform> is an animation"},
	    {"<style>@keyframes a{}</style>", "<style> is an animation"},
	    {"<foreignObject/>", "<foreignObject> cannot be drawn"},
	    {"<meshgradient/>", "<meshgradient> cannot be drawn"},
	    {"<g systemLanguage='nl'/>", "<g> cannot be drawn"},
	    {"<image href='data:image/gif;base64,R0lGODlhAQABAA=='/>",
		"<image> holds a picture that is not"},
	    {"<image href='data:image/svg+xml;base64,PHN2Zy8+'/>",
		"<image> holds a picture that is not"},
	    {"<image href='data:image/png;base64,PHN2Zy8+'/>",
		"<image> holds a picture that is not"},
	    {"<image href='data:image/png,x'/>", "<image> holds a picture that is not"},
	    {"<image href='" PNG "AAAA'/>", "<image> holds a picture that is damaged"},
	    {"<image href='data:image/png;base64,iVBOR!'/>",
		"<image> holds a picture that is damaged"},
	    {"<image href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAf"
	     "FcSJ'/>",
		"<image> holds a picture that is damaged"},
	    {"<feImage href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6"
	     "fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAAAJRU5ErkJggg=='/>",
		"<feImage> holds a picture that is damaged"},
	    {"<image href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA//8AAP//CAYAAAAf"
	     "FcSJ'/>",
		"<image> holds too large a picture"},
	    {"&nbsp;", "undefined entity"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buffer text = {0}, told = {0};
		buffer_printf(&text, SVG LATER "<g>%s</g>\n<path/>" END, cases[i].text);
		buffer_printf(&told, "error: a.svg, line 4: %s%s",
		    cases[i].text[0] == '&' ? "not well-formed (" : "", cases[i].told);
		buffer_append(&told, "", 1);
		assert_judged(text.data, text.len, told.data);
		buffer_free(&text);
		buffer_free(&told);
	}
}

static void
each_kind_is_told_once(void **state)
{
	(void)state;
	static const char text[] = SVG
	    "<script/>\n<text>a</text><text>b</text>\n<image href='a'/><use href='b'/>"
	    "<set/><animate/>" END;
	assert_judged(text, sizeof text - 1,
	    "error: line 1: <script>\nerror: line 2: <text>\nerror: line 3: <image>\n"
	    "error: line 3: <set>");
}

static void
entities_are_refused_where_they_are_declared(void **state)
{
	(void)state;
	static const char *const cases[] = {
	    "<!DOCTYPE svg [\n<!ENTITY a 'b'>]>" SVG "&a;" END,
	    "<!DOCTYPE svg [\n<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" SVG "&a;" END,
	    "<!DOCTYPE svg [\n<!ENTITY % a SYSTEM 'http://a.be/a.dtd'> %a;]>" SVG END,
	    "<!DOCTYPE svg PUBLIC 'a' 'a.dtd'>\n" SVG "&nbsp;" END,
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_judged(cases[i], strlen(cases[i]),
		    "error: a.svg, line 2: <!ENTITY> is an entity");
}

static void
what_is_not_svg_is_told(void **state)
{
	(void)state;
	static const struct {
		const char *text, *told;
	} cases[] = {
	    {"<html><svg xmlns='http://www.w3.org/2000/svg'/></html>",
		"error: begins with <html>"},
	    {"<x:svg xmlns:x='urn:x'/>", "error: begins with <svg>"},
	    {"<svg>", "error: line 1: not well-formed (no element found)"},
	    {"<svg>\n</g>", "error: line 2: not well-formed (mismatched tag)"},
	    {"<svg><use xlink:href='#a'/></svg>", "error: unbound prefix"},
	    {"<?xml version='1.0' encoding='windows-1252'?><svg/>",
		"error: is not in UTF-8"},
	    {"<?xml version='1.0' encoding='utf-16'?><svg/>", "error: is not in UTF-8"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_judged(cases[i].text, strlen(cases[i].text), cases[i].told);
	static const char wide[] = "\xff\xfe<\0s\0v\0g\0/\0>";
	assert_judged(wide, sizeof wide, "error: is not in UTF-8");
}

/* N elements, one in the other. */
static void
put_nested(struct buffer *out, int n)
{
	for (int i = 0; i < n; i++)
		buffer_puts(out, "<g>\n");
	for (int i = 0; i < n; i++)
		buffer_puts(out, "</g>");
}

/* LEVELS groups, each of which draws the one before ten times, by way of WHAT and, unless
 * it is NULL, of a RULE in a style sheet. */
static void
put_bomb(struct buffer *out, const char *what, const char *rule, int levels)
{
	bool is_pattern = rule != NULL || strchr(what, '(') != NULL;
	buffer_puts(out, rule != NULL ? "<style>" : "");
	for (int i = 0; rule != NULL && i <= levels; i++)
		buffer_printf(out, rule, i, i);
	buffer_puts(out, rule != NULL ? "</style>" : "");
	buffer_puts(out, "<g id='a0'><path d='M0 0h9'/></g>\n");
	for (int i = 1; i <= levels; i++) {
		buffer_printf(out, "<%s id='a%d'>", is_pattern ? "pattern" : "g", i);
		for (int k = 0; k < 10; k++)
			buffer_printf(out, what, i - 1);
		buffer_printf(out, "</%s>\n", is_pattern ? "pattern" : "g");
	}
}

static void
what_takes_long_is_refused(void **state)
{
	(void)state;
	struct buffer text = {0};
	buffer_puts(&text, SVG);
	put_nested(&text, 199);
	buffer_puts(&text, END);
	assert_judged(text.data, text.len, "");
	text.len = 0;
	buffer_puts(&text, SVG);
	put_nested(&text, 200);
	buffer_puts(&text, END);
	assert_judged(text.data, text.len, "error: line 200: <g> is nested too deep");
	text.len = 0;
	buffer_puts(&text, SVG);
	for (int i = 0; i < 2000; i++) /* a chain, none of which is nested */
		buffer_printf(&text, "<use id='a%d' href='#a%d'/>\n", i, i + 1);
	buffer_puts(&text, END);
	assert_judged(text.data, text.len,
	    "error: line 200: <use> is nested too deep\nerror: line 1: <svg> draws");
	text.len = 0;
	buffer_puts(&text, SVG "<style>");
	for (int i = 0; i < 30000; i++)
		buffer_puts(&text, ".a{fill:url(#b)}");
	buffer_puts(&text, "</style>");
	for (int i = 0; i < 100000; i++)
		buffer_puts(&text, "<g class='a'/>");
	buffer_puts(&text, END);
	assert_judged(text.data, text.len, "error: line 1: <svg> draws");
	static const struct {
		const char *what, *rule;
		int levels;
		const char *told;
	} bombs[] = {
	    {"<use href='#a%d'/>", NULL, 4, ""},
	    {"<use href='#a%d'/>", NULL, 9, "error: line 6: <g> draws more"},
	    {"<path fill='url(#a%d)'/>", NULL, 2, ""},
	    {"<path fill='url(#a%d)'/>", NULL, 9, "error: line 5: <pattern> draws more"},
	    {"<path class='x c%d y'/>", ".a,g .c%d.y{x:y;fill:url(#a%d)}", 2, ""},
	    {"<path class='x c%d y'/>", ".z,g .c%d.z{x:y;fill:url(#a%d)}", 9,
		"error: line 5: <pattern> draws more"},
	    {"<path class='c%d'/>", ".b%d{fill:url(#a%d)}", 9, ""},
	    {"<path/>", "path:not(x%d){fill:url('#a%d')}", 9,
		"error: <pattern> draws more"},
	};
	for (size_t i = 0; i < sizeof bombs / sizeof bombs[0]; i++) {
		text.len = 0;
		buffer_puts(&text, SVG);
		put_bomb(&text, bombs[i].what, bombs[i].rule, bombs[i].levels);
		buffer_puts(&text, END);
		assert_judged(text.data, text.len, bombs[i].told);
	}
	buffer_free(&text);
}

static void
more_than_ten_megabytes_are_refused(void **state)
{
	(void)state;
	struct buffer text = {0};
	size_t len = 10 * 1024 * 1024;
	buffer_puts(&text, SVG "\n<image href='" PNG);
	memset(buffer_reserve(&text, len), 'A', len);
	text.len += len;
	buffer_puts(&text, "'/>" END);
	assert_judged(
	    text.data, text.len, "error: line 2: <image> holds too large a picture");
	text.len = 0;
	buffer_puts(&text, SVG "<!--");
	memset(buffer_reserve(&text, len), ' ', len);
	text.len += len;
	buffer_puts(&text, "-->" END);
	assert_judged(text.data, text.len, "error: a.svg takes 10 MB");
	buffer_free(&text);
}

static void
links_become_groups(void **state)
{
	(void)state;
	static const char in[] = SVG "<a x:href='b'><a/></a ><s:a "
				     "xmlns:s='http://www.w3.org/2000/svg'></s:a>"
				     "<b:a xmlns:b='urn:b'/><aa/>" END,
			  drawn[] = SVG "<g x:href='b'><g/></g ><s:g "
					"xmlns:s='http://www.w3.org/2000/svg'></s:g>"
					"<b:a xmlns:b='urn:b'/><aa/>" END;
	struct diag d = {0};
	struct buffer out = {0};
	assert_true(judge(in, sizeof in - 1, &d, &out));
	assert_int_equal(out.len, sizeof drawn - 1);
	assert_memory_equal(out.data, drawn, out.len);
	buffer_free(&out);
	diag_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_drawing_passes),
	    cmocka_unit_test(what_is_more_than_a_drawing_is_told_with_its_line),
	    cmocka_unit_test(each_kind_is_told_once),
	    cmocka_unit_test(entities_are_refused_where_they_are_declared),
	    cmocka_unit_test(what_is_not_svg_is_told),
	    cmocka_unit_test(what_takes_long_is_refused),
	    cmocka_unit_test(more_than_ten_megabytes_are_refused),
	    cmocka_unit_test(links_become_groups),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
