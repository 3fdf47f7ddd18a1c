#include "link/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define JUDGE(cases, kinds) judge((cases), sizeof(cases) / sizeof *(cases), (kinds))

struct link_case {
	const char *text;
	enum rule rule;   /* of the first finding; RULE_NONE: nothing is told */
	const char *part; /* of its message; NULL: any */
	const char *cure; /* NULL: none */
};

static bool
is_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* What a message says word for word is done, and is not told again. */
static void
assert_cured(const char *cure, unsigned kinds, struct arena *a)
{
	struct link_verdict again;
	if (!link_judge(cure, kinds, a, &again) || again.cure != NULL)
		fail_msg("the cure %s: %s", cure, again.findings[0].message);
}

/* Holds the verdict about each of the N CASES against what it expects. */
static void
judge(const struct link_case *cases, size_t n, unsigned kinds)
{
	struct arena a = {0};
	for (size_t i = 0; i < n; i++) {
		const struct link_case *c = &cases[i];
		struct link_verdict v;
		bool ok = link_judge(c->text, kinds, &a, &v);
		enum rule rule = v.n > 0 ? v.findings[0].rule : RULE_NONE;
		const char *message = v.n > 0 ? v.findings[0].message : "nothing";
		if (rule != c->rule)
			fail_msg("%s: [%s] %s", c->text, rules[rule].name, message);
		if (c->part != NULL && strstr(message, c->part) == NULL)
			fail_msg("%s: %s", c->text, message);
		if (!is_same(v.cure, c->cure))
			fail_msg("%s: cured as %s", c->text, v.cure ? v.cure : "nothing");
		if (v.cure != NULL && strstr(message, v.cure) == NULL)
			fail_msg("%s: the cure is not in: %s", c->text, message);
		assert_int_equal(ok, v.n == 0 || rules[rule].severity != SEVERITY_ERROR);
		if (v.cure != NULL)
			assert_cured(v.cure, kinds, &a);
	}
	arena_free(&a);
}

static void
good_links_pass_in_silence(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {.text = "https://gent.be"},
	    {.text = "https://gent.be/"},
	    {.text = "HTTPS://Gent.BE/"},
	    {.text =
		    "https://www.antwerpen.be/info/5c9cc105f98a304a1155a7f4/stad-in-cijfers"},
	    {.text = "https://gent.be:8443/a?b=c&d=%C3%A9#e"},
	    {.text = "https://gent.be:/"},
	    {.text = "https://xn--brgge-lva.be/"},
	    {.text = "https://192.0.2.1/"},
	    {.text = "https://[2001:db8::1]/a"},
	    {.text = "https://[2001:db8::1]:8080/a"},
	    {.text = "https://a_b.gent.be/(x),;@!$&'*+=~"},
	    {.text = "https://nl--gent.netlify.app/"},
	    {.text = "https://gent.be./"},
	    {.text = "https://stad.gent/"},
	    {.text = "https://gent.be/?a=b?c/d"},
	    {.text = "https://gent.be/a//b"},
	    {.text = "https://web.archive.org/web/2020/https://gent.be/"},
	    {.text = "https://gent.be/?url=https://brugge.be/,https://genk.be/"},
	    {.text = "https://https.be/"},
	    {.text = "https://nl.wikipedia.org/wiki/Gent_(stad)"},
	    {.text = "https://en.wikipedia.org/wiki/Washington,_D.C."},
	    {.text = "https://en.wikipedia.org/wiki/Wham!"},
	    {.text = "https://172.32.0.1/"},
	    {.text = "https://100.128.0.1/"},
	    {.text = "https://192.169.0.1/"},
	    {.text = "https://223.255.255.255/"},
	    {.text = "https://[2a02:a000::1]/"},
	    {.text = "https://[::ffff:8.8.8.8]/"},
	    {.text = "https://10.gent.be/"},
	    {.text = "https://fd.gent.be/"},
	    {.text = "https://www2.gent.be/"},
	    {.text = "https://www-gent.be/"},
	    {.text = "https://w.gent.be/"},
	    {.text = "https://ww.be/"},
	    {.text = "https://www.be.gent/"},
	    {.text = "https://archive.be/2020/www.gent.be/"},
	    {.text = "https://gent.be/#https://gent.be/"},
	    {.text = "https://gent.be/compare/v1...v2"},
	    {.text = "https://gent.be/a..b"},
	    {.text = "https://gent.be/(nieuw)"},
	    {.text = "https://110.0.0.5/"},
	    {.text = "https://gent.be/loginhulp"},
	    {.text = "https://gent.be/readme.local"},
	    {.text = "https://www.google.com/url?q=gent"},
	};
	JUDGE(cases, LINK_WEB);
}

static void
a_link_has_to_stand_alone(void **state)
{
	(void)state;
	static const char two[] = "more than one link here; keep one",
			  more[] = "more than the link";
	static const struct link_case cases[] = {
	    {"https://a.be / https://b.be", RULE_URL_NOT_ALONE, two, NULL},
	    {"https://a.be|https://b.be", RULE_URL_NOT_ALONE, two, NULL},
	    {"https://a.be;https://b.be", RULE_URL_NOT_ALONE, two, NULL},
	    {"https://a.be,https://b.be", RULE_URL_NOT_ALONE, two, NULL},
	    {"https://a.behttps://b.be", RULE_URL_NOT_ALONE, two, NULL},
	    {"https://a.be\nhttps://b.be", RULE_URL_NOT_ALONE, two, NULL},
	    {"https://a.be\thttps://b.be", RULE_URL_NOT_ALONE, two, NULL},
	    {"www.a.be of www.b.be", RULE_URL_NOT_ALONE, two, NULL},
	    /* pasted twice, or into the browser's own line */
	    {"https://x.be/https://x.be", RULE_URL_NOT_ALONE, two, NULL},
	    {"https://x.be/a/https://x.be/a", RULE_URL_NOT_ALONE, two, NULL},
	    {"https://x.be/a/HTTPS://X.be?b", RULE_URL_NOT_ALONE, two, NULL},
	    {"https://gent.be/https://brugge.be/", RULE_URL_NOT_ALONE, two, NULL},
	    {"gent.be/https://gent.be", RULE_URL_SCHEME, "expected a link such as", NULL},
	    {"“https://gent.be/”", RULE_URL_NOT_ALONE, more, "https://gent.be/"},
	    {"„https://gent.be/‟", RULE_URL_NOT_ALONE, more, "https://gent.be/"},
	    {"https://gent.be/»", RULE_URL_NOT_ALONE, more, "https://gent.be/"},
	    {"‹https://gent.be/›", RULE_URL_NOT_ALONE, more, "https://gent.be/"},
	    {"<https://gent.be/>", RULE_URL_NOT_ALONE, more, "https://gent.be/"},
	    {"Gent (https://gent.be/a)", RULE_URL_NOT_ALONE, more, "https://gent.be/a"},
	    {"[https://gent.be/a]", RULE_URL_NOT_ALONE, more, "https://gent.be/a"},
	    {"Gent: www.gent.be.", RULE_URL_NOT_ALONE, more, "https://www.gent.be"},
	    {"Zie 'https://gent.be/a', of bel", RULE_URL_NOT_ALONE, more,
		"https://gent.be/a"},
	    {"Gent (https://gent.be", RULE_URL_NOT_ALONE, more, "https://gent.be"},
	    {"Gent\nhttps://gent.be/a", RULE_URL_NOT_ALONE, more, "https://gent.be/a"},
	    {"=HYPERLINK(\"https://gent.be/a\")", RULE_URL_NOT_ALONE, more,
		"https://gent.be/a"},
	    {" https://gent.be/ ", RULE_URL_NOT_ALONE, more, "https://gent.be/"},
	    {"\xe2\x80\xaahttps://gent.be/", RULE_URL_NOT_ALONE, more,
		"https://gent.be/"},
	    {"https://gent.be/\xe2\x80\x8e", RULE_URL_NOT_ALONE, more,
		"https://gent.be/"},
	    {"Zie https://gent.be/a?utm_source=x.", RULE_URL_NOT_ALONE, more,
		"https://gent.be/a"},
	    {"https://a.be\nhttp\ns://b.be", RULE_URL_CHARACTER,
		"expected a link such as", NULL},
	};
	JUDGE(cases, LINK_WEB);
}

static void
a_misspelt_beginning_is_told_with_the_right_one(void **state)
{
	(void)state;
	static const char not [] = "does not begin with http",
			      wrongly[] = "begins wrongly";
	static const struct link_case cases[] = {
	    {"www.gent.be", RULE_URL_SCHEME,
		"\"www.gent.be\" does not begin with https://; write \"https://www.gent.be\"",
		"https://www.gent.be"},
	    {"gent.be/cijfers", RULE_URL_SCHEME, not, "https://gent.be/cijfers"},
	    {"gent.be:8080/x", RULE_URL_SCHEME, not, "https://gent.be:8080/x"},
	    {"//gent.be/x", RULE_URL_SCHEME, not, "https://gent.be/x"},
	    {"htps://gent.be", RULE_URL_SCHEME, not, "https://gent.be"},
	    {"htp://gent.be", RULE_URL_SCHEME, not, "http://gent.be"},
	    {"https//gent.be", RULE_URL_SCHEME, not, "https://gent.be"},
	    {"http//gent.be", RULE_URL_SCHEME, not, "http://gent.be"},
	    {"https:/gent.be/", RULE_URL_SCHEME, not, "https://gent.be/"},
	    {"https:gent.be/", RULE_URL_SCHEME, not, "https://gent.be/"},
	    {"https:\\\\gent.be\\x", RULE_URL_SCHEME, not, "https://gent.be/x"},
	    {"htpps://gent.be", RULE_URL_SCHEME, not, "https://gent.be"},
	    {"https;//gent.be", RULE_URL_SCHEME, not, "https://gent.be"},
	    {"wwww.gent.be", RULE_URL_SCHEME, not, "https://www.gent.be"},
	    {"https.//gent.be", RULE_URL_SCHEME, not, "https://gent.be"},
	    {"https: //gent.be", RULE_URL_SCHEME, not, "https://gent.be"},
	    {"https:///gent.be", RULE_URL_SCHEME, wrongly, "https://gent.be"},
	    {"https://https://gent.be/x", RULE_URL_SCHEME, wrongly, "https://gent.be/x"},
	    {"http://https://gent.be/", RULE_URL_SCHEME, wrongly, "https://gent.be/"},
	    {"https://https//gent.be", RULE_URL_SCHEME, wrongly, "https://gent.be"},
	    {"br\xc3\xbcgge.be", RULE_URL_SCHEME, not, "https://xn--brgge-lva.be"},
	};
	JUDGE(cases, LINK_WEB);
}

static void
what_is_not_a_website_is_refused(void **state)
{
	(void)state;
	static const char other[] = "is not the address of a website";
	static const struct link_case cases[] = {
	    {"javascript:alert(1)", RULE_URL_SCHEME,
		"\"javascript:alert(1)\" is not the address of a website; expected one that begins with https://",
		NULL},
	    {"JavaScript:alert(1)", RULE_URL_SCHEME, other, NULL},
	    {"file:///etc/passwd", RULE_URL_SCHEME, other, NULL},
	    {"ftp://gent.be/", RULE_URL_SCHEME, other, NULL},
	    {"data:text/html,x", RULE_URL_SCHEME, other, NULL},
	    {"tel:+3290000000", RULE_URL_SCHEME, other, NULL},
	    {"C:\\gent.html", RULE_URL_SCHEME, other, NULL},
	    {"\\\\server.gent.be\\share", RULE_URL_SCHEME, other, NULL},
	    {"mailto:info@gent.be", RULE_URL_SCHEME, other, NULL},
	    {"info@gent.be", RULE_URL_SCHEME, other, NULL},
	    {"localhost:80", RULE_URL_SCHEME, other, NULL},
	    {"bijlage.pdf", RULE_URL_SCHEME, other, NULL},
	    {"/pad/op/site", RULE_URL_SCHEME, other, NULL},
	    {"Gent", RULE_URL_SCHEME, other, NULL},
	    {"http", RULE_URL_SCHEME, other, NULL},
	    {":", RULE_URL_SCHEME, other, NULL},
	    {"#grid", RULE_URL_SCHEME, other, NULL},
	    {"n.v.t.", RULE_URL_SCHEME, other, NULL},
	    {"3.14", RULE_URL_SCHEME, other, NULL},
	    {"Dit is een zin. Echt.", RULE_URL_SCHEME, other, NULL},
	    {"«»", RULE_URL_SCHEME, other, NULL},
	    {"https://", RULE_URL_HOST, "\"https://\" does not lead to a website", NULL},
	    {"https:///", RULE_URL_HOST, NULL, NULL},
	    {"https://?x", RULE_URL_HOST, NULL, NULL},
	    {"https://stad,gent/", RULE_URL_HOST, NULL, NULL},
	    {"https://stad gent.be/", RULE_URL_HOST, NULL, NULL},
	    {"https://gent..be/", RULE_URL_HOST, NULL, NULL},
	    {"https://-gent.be/", RULE_URL_HOST, NULL, NULL},
	    {"https://gent-.be/", RULE_URL_HOST, NULL, NULL},
	    {"https://.be/", RULE_URL_HOST, NULL, NULL},
	    {"https://xn--\xc3\xa9.be/", RULE_URL_HOST, NULL, NULL},
	    {"https://gent.be:99999/", RULE_URL_HOST, NULL, NULL},
	    {"https://gent.be:0/", RULE_URL_HOST, NULL, NULL},
	    {"https://gent.be:18446744073709551696/", RULE_URL_HOST, NULL, NULL},
	    {"https://gent.be:80a/", RULE_URL_HOST, NULL, NULL},
	    {"https://[::1/", RULE_URL_HOST, NULL, NULL},
	    {"https://gent.be]/", RULE_URL_HOST, NULL, NULL},
	    {"https://gent.be%2F/", RULE_URL_HOST, NULL, NULL},
	    {"www.gent..be", RULE_URL_SCHEME, other, NULL},
	};
	JUDGE(cases, LINK_WEB);
}

static void
characters_that_a_link_cannot_have_are_encoded(void **state)
{
	(void)state;
	static const char space[] = "a space in the link", other[] = "must be encoded";
	static const char line[] = "a line break in the link";
	static const struct link_case cases[] = {
	    {"https://gent.be/stad in cijfers", RULE_URL_CHARACTER, space,
		"https://gent.be/stad%20in%20cijfers"},
	    {"https://gent.be/stad\xc2\xa0in\xc2\xa0"
	     "cijfers",
		RULE_URL_CHARACTER, space, "https://gent.be/stad%20in%20cijfers"},
	    {"https://gent.be/caf\xc3\xa9", RULE_URL_CHARACTER, other,
		"https://gent.be/caf%C3%A9"},
	    {"https://br\xc3\xbcgge.be/\xc3\xa9?\xc3\xa8#\xc3\xa0", RULE_URL_CHARACTER,
		other, "https://xn--brgge-lva.be/%C3%A9?%C3%A8#%C3%A0"},
	    {"https://Li\xc3\x88GE.be/", RULE_URL_CHARACTER, other,
		"https://xn--lige-6oa.be/"},
	    {"https://gent.be/2019–2023", RULE_URL_CHARACTER, other,
		"https://gent.be/2019%E2%80%932023"},
	    {"https://gent.be/L’Aquila", RULE_URL_CHARACTER, other,
		"https://gent.be/L%E2%80%99Aquila"},
	    {"https://gent.be/a[1]", RULE_URL_CHARACTER, other,
		"https://gent.be/a%5B1%5D"},
	    {"https://gent.be/100%", RULE_URL_CHARACTER, other, "https://gent.be/100%25"},
	    {"https://gent.be/%zz", RULE_URL_CHARACTER, other, "https://gent.be/%25zz"},
	    {"https://gent.be/#a#b", RULE_URL_CHARACTER, other, "https://gent.be/#a%23b"},
	    {"https://gent.be/\"x\"<>|^`{}y", RULE_URL_CHARACTER, other,
		"https://gent.be/%22x%22%3C%3E%7C%5E%60%7B%7Dy"},
	    {"https://gent.be/a\\b?c\\d", RULE_URL_CHARACTER, other,
		"https://gent.be/a/b?c%5Cd"},
	    {"https://gent.be/a\nb/c", RULE_URL_CHARACTER, line, "https://gent.be/ab/c"},
	    {"https://gent.be/a \r\n  b", RULE_URL_CHARACTER, line, "https://gent.be/ab"},
	    {"https://gent.be/\xe2\x80\x8bx", RULE_URL_CHARACTER,
		"an invisible character (U+200B)", "https://gent.be/x"},
	    {"https://gent.be/a\xc2\xad"
	     "b",
		RULE_URL_CHARACTER, "(U+00AD)", "https://gent.be/ab"},
	    {"https://gent.be/o\xef\xac\x81x", RULE_URL_CHARACTER, "a ligature",
		"https://gent.be/ofix"},
	    {"https://gent.be/a\x7f", RULE_URL_CHARACTER, "(U+007F)",
		"https://gent.be/a"},
	    {"https://gent.be/a\xc2\x85", RULE_URL_CHARACTER, "(U+0085)",
		"https://gent.be/a"},
	    {"\xe2\x80\xaagent.be", RULE_URL_CHARACTER, "(U+202A)", "https://gent.be"},
	};
	JUDGE(cases, LINK_WEB);
}

static void
a_link_with_a_gap_or_words_after_it_has_no_cure(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"https://gent.be/…/cijfers", RULE_URL_DAMAGED, "copy it again", NULL},
	    {"https://gent.be/cijf…", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/cijf...", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/caf\xef\xbf\xbd", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/a (nieuw)", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/a - nieuw", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/a, nieuw", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/ nieuw", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/a\tb", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/.../cijfers", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/[...]/cijfers", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/<id>", RULE_URL_DAMAGED, NULL, NULL},
	    {"https://gent.be/caf%C3%A", RULE_URL_DAMAGED, NULL, NULL},
	};
	JUDGE(cases, LINK_WEB);
}

static void
a_user_name_is_left_out(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"https://jan:geheim@gent.be/", RULE_URL_CREDENTIALS,
		"a user name or password", "https://gent.be/"},
	    {"https://gent.be@evil.example/", RULE_URL_CREDENTIALS, NULL,
		"https://evil.example/"},
	    {"https://jan@gent.be:8080/a?b@c", RULE_URL_CREDENTIALS, NULL,
		"https://gent.be:8080/a?b@c"},
	};
	JUDGE(cases, LINK_WEB);
}

static void
what_a_link_brought_along_is_left_out(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"https://gent.be/?utm_source=x&utm_medium=y", RULE_URL_TRACKING,
		"\"utm_source\" is left over from copying the link", "https://gent.be/"},
	    {"https://gent.be/?a=b&fbclid=x#c", RULE_URL_TRACKING, "\"fbclid\"",
		"https://gent.be/?a=b#c"},
	    {"https://gent.be/?gclid=x&a=b", RULE_URL_TRACKING, NULL,
		"https://gent.be/?a=b"},
	    {"https://gent.be/?a&_ga=1&b&_gl=2&c", RULE_URL_TRACKING, "\"_ga\"",
		"https://gent.be/?a&b&c"},
	    {"https://gent.be/#:~:text=cijfers", RULE_URL_TRACKING,
		"\":~:\" is left over", "https://gent.be/"},
	    {"https://gent.be/x#kop:~:text=a&text=b", RULE_URL_TRACKING, NULL,
		"https://gent.be/x#kop"},
	    {"https://gent.be/#utm_source=x", RULE_URL_TRACKING, NULL,
		"https://gent.be/"},
	    {"https://gent.be/?fbclid.&utm_x=1", RULE_URL_TRACKING, NULL,
		"https://gent.be/"},
	    {"https://gent.be/?utm=x", RULE_NONE, NULL, NULL},
	    {"https://gent.be/?autm_x=1", RULE_NONE, NULL, NULL},
	    {"https://gent.be/utm_source", RULE_NONE, NULL, NULL},
	    {"https://gent.be/?a=utm_source", RULE_NONE, NULL, NULL},
	    {"https://gent.be/?a=1&amp;b=2", RULE_URL_ENTITY, "is HTML",
		"https://gent.be/?a=1&b=2"},
	    {"https://gent.be/?a=1&amp;amp;utm_x=2", RULE_URL_ENTITY, NULL,
		"https://gent.be/?a=1"},
	    {"https://gent.be/R&amp;D", RULE_URL_ENTITY, NULL, "https://gent.be/R&D"},
	    {"https://gent.be/a.", RULE_URL_END, "\".\" at the end", "https://gent.be/a"},
	    {"https://gent.be/a).", RULE_URL_END, "\").\" at the end",
		"https://gent.be/a"},
	    {"https://gent.be/a.)", RULE_URL_END, NULL, "https://gent.be/a"},
	    {"https://gent.be.", RULE_URL_END, NULL, "https://gent.be"},
	};
	JUDGE(cases, LINK_WEB);
}

static void
a_link_of_a_mail_filter_is_told(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fgent.be%2F&data=1",
		RULE_URL_GATEWAY,
		"the mail filter \"x.safelinks.protection.outlook.com\" and shows whose mail it came from; open it and copy",
		NULL},
	    {"https://X.SafeLinks.Protection.Outlook.com/?url=x", RULE_URL_GATEWAY, NULL,
		NULL},
	    {"https://urldefense.com/v3/__https://gent.be/a__;!!AB$", RULE_URL_GATEWAY,
		NULL, NULL},
	    {"https://protect-eu.mimecast.com/s/AbCd?domain=gent.be", RULE_URL_GATEWAY,
		NULL, NULL},
	    {"https://www.mimecast.com/", RULE_NONE, NULL, NULL},
	    {"https://gent.be/?url=https%3A%2F%2Furldefense.com%2F", RULE_NONE, NULL,
		NULL},
	};
	JUDGE(cases, LINK_WEB);
}

/* By the ranges of RFC 6890: the first and the last address, and other ways to write one.
 */
static void
what_some_readers_cannot_open_is_told(void **state)
{
	(void)state;
	static const char *const hosts[] = {"localhost", "LOCALHOST.", "Intranet.Gent.be",
	    "cijfers.local", "cijfers.local.", "0.0.0.0", "0.255.255.255", "10.0.0.5",
	    "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "169.254.9.9",
	    "172.16.0.1", "172.31.255.255", "192.168.1.1", "198.19.0.1", "224.0.0.1",
	    "255.255.255.255", "127.1", "10.1", "0x7f.1", "0x7f000001", "2130706433",
	    "017700000001", "0300.0250.1.1", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]",
	    "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[fc00::]", "[fd00::1]:80",
	    "[fdff:ffff::1]", "[FE80::1]", "[febf::1]", "[fec0::1]", "[ff02::1]"};
	static const char public[] = "expected a public address";
	static const struct link_case pages[] = {
	    {"http://localhost/x", RULE_URL_PRIVATE,
		"not every reader can open \"localhost/x\"; expected a public address",
		NULL},
	    {"https://gent.be/login?to=x", RULE_URL_PRIVATE, public, NULL},
	    {"https://gent.be/wp-admin/", RULE_URL_PRIVATE, public, NULL},
	};
	JUDGE(pages, LINK_WEB);
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		char url[80];
		snprintf(url, sizeof url, "https://%s/", hosts[i]);
		const struct link_case c = {url, RULE_URL_PRIVATE, public, NULL};
		judge(&c, 1, LINK_WEB);
	}
}

static void
a_host_that_lacks_something_is_told(void **state)
{
	(void)state;
	static const char whole[] = "looks incomplete";
	static const char wrongly[] = "begins wrongly; write";
	static const struct link_case cases[] = {
	    {"https://gent/", RULE_URL_DOMAIN,
		"\"gent\" looks incomplete; expected a name such as", NULL},
	    {"http://gent/", RULE_URL_DOMAIN, whole, NULL},
	    {"https://www.brugge", RULE_URL_DOMAIN, whole, NULL},
	    {"https://www.genk.b", RULE_URL_DOMAIN, whole, NULL},
	    {"https://genk.b./", RULE_URL_DOMAIN, whole, NULL},
	    {"https://gent.be1/", RULE_URL_DOMAIN, whole, NULL},
	    {"https://gent.1be/", RULE_URL_DOMAIN, whole, NULL},
	    {"https://gent.b_e/", RULE_URL_DOMAIN, whole, NULL},
	    {"https://256.1.1.1/", RULE_URL_DOMAIN, whole, NULL},
	    {"https://1.1/", RULE_URL_DOMAIN, whole, NULL},
	    {"https://wwww.gent.be/a", RULE_URL_DOMAIN,
		"\"wwww.gent.be\" begins wrongly; write", "https://www.gent.be/a"},
	    {"https://ww.gent.be", RULE_URL_DOMAIN, wrongly, "https://www.gent.be"},
	    {"https://WWWW.Gent.be:8443/", RULE_URL_DOMAIN, wrongly,
		"https://www.Gent.be:8443/"},
	    {"https://wwwgent.be/", RULE_URL_DOMAIN, wrongly, "https://www.gent.be/"},
	    {"https://\\\\server\\share", RULE_URL_SCHEME, "expected a link such as",
		NULL},
	    {"https://www.", RULE_URL_END, "expected a link such as", NULL},
	};
	JUDGE(cases, LINK_WEB);
}

static void
http_is_told_with_the_link_that_hides_what_is_read(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"http://gent.be/", RULE_URL_UNENCRYPTED, "write \"https://gent.be/\"", NULL},
	    {"HTTP://Gent.be:80?a", RULE_URL_UNENCRYPTED, "write \"https://gent.be?a\"",
		NULL},
	};
	JUDGE(cases, LINK_WEB);
}

/* One cure for all of it; what an editor has to decide is told beside it. */
static void
a_link_with_several_faults_has_one_cure(void **state)
{
	(void)state;
	static const enum rule expected[] = {
	    RULE_URL_SCHEME, RULE_URL_TRACKING, RULE_URL_END, RULE_URL_UNENCRYPTED};
	static const char cure[] = "http://gent.be/caf%C3%A9";
	struct arena a = {0};
	struct link_verdict v;
	assert_false(
	    link_judge("htp://gent.be/caf\xc3\xa9.?utm_source=x", LINK_WEB, &a, &v));
	assert_int_equal(v.n, 4);
	assert_string_equal(v.cure, cure);
	for (int i = 0; i < v.n; i++)
		assert_int_equal(v.findings[i].rule, expected[i]);
	for (int i = 0; i < 3; i++)
		assert_non_null(strstr(v.findings[i].message, cure));
	assert_non_null(strstr(v.findings[3].message, "\"https://gent.be/caf%C3%A9\""));
	arena_free(&a);
}

static void
a_mail_address_needs_a_name_and_a_host(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"mailto:info@gent.be", RULE_NONE, NULL, NULL},
	    {"MAILTO:info@gent.be?subject=Cijfers%20Gent", RULE_NONE, NULL, NULL},
	    {"https://gent.be/", RULE_NONE, NULL, NULL},
	    {"info@gent.be", RULE_URL_SCHEME,
		"\"info@gent.be\" does not begin with mailto:; write \"mailto:info@gent.be\"",
		"mailto:info@gent.be"},
	    {"mail:info@gent.be", RULE_URL_SCHEME, NULL, "mailto:info@gent.be"},
	    {"mailto:", RULE_URL_MAIL, "\"\" is not a mail address", NULL},
	    {"mailto:info", RULE_URL_MAIL, NULL, NULL},
	    {"mailto:@gent.be", RULE_URL_MAIL, NULL, NULL},
	    {"mailto:info@gent", RULE_URL_MAIL, NULL, NULL},
	    {"mailto:info@-gent.be", RULE_URL_MAIL, NULL, NULL},
	    {"mailto:info@gent.be?subject=a b", RULE_URL_CHARACTER, "a space",
		"mailto:info@gent.be?subject=a%20b"},
	    {"mailto:info@gent.be?subject=a, b (c)", RULE_URL_CHARACTER, "a space",
		"mailto:info@gent.be?subject=a,%20b%20(c)"},
	    {"mailto:info@gent.be.", RULE_URL_END, NULL, "mailto:info@gent.be"},
	    {"https://info@gent.be", RULE_URL_SCHEME, "begins wrongly",
		"mailto:info@gent.be"},
	    {"tel:+3290000000", RULE_URL_SCHEME, NULL, NULL},
	};
	JUDGE(cases, LINK_WEB | LINK_MAIL);
}

static void
a_phone_number_has_digits(void **state)
{
	(void)state;
	static const char not [] = "is not a phone number",
			      spelt[] = "is not how links spell";
	static const struct link_case cases[] = {
	    {"tel:+3290000000", RULE_NONE, NULL, NULL},
	    {"TEL:+32-9-000.00.00", RULE_NONE, NULL, NULL},
	    {"tel:112", RULE_NONE, NULL, NULL},
	    {"tel:090000000;ext=12", RULE_NONE, NULL, NULL},
	    {"tel:+32 9 000 00 00", RULE_URL_PHONE,
		"\"+32 9 000 00 00\" is not how links spell a phone number; write",
		"tel:+3290000000"},
	    {"tel:09/000 00 00", RULE_URL_PHONE, spelt, "tel:090000000"},
	    {"tel:+32\u00a09", RULE_URL_PHONE, not, NULL},
	    {"tel:+32 (0)9 000 00 00", RULE_URL_PHONE, spelt, "tel:+3290000000"},
	    {"tel:+32\u00a0900\u00a000", RULE_URL_PHONE, spelt, "tel:+3290000"},
	    {"tel: +32 (0)9 000 00 00", RULE_URL_SCHEME,
		"does not begin with tel:", "tel:+3290000000"},
	    {"tel:+32(0)90000000", RULE_URL_PHONE, spelt, "tel:+3290000000"},
	    {"tel:(09)0000000", RULE_NONE, NULL, NULL},
	    {"tel://+3290000000", RULE_URL_PHONE, spelt, "tel:+3290000000"},
	    {"tell:+3290000000", RULE_URL_SCHEME,
		"does not begin with tel:", "tel:+3290000000"},
	    {"+32 9 000 00 00", RULE_URL_SCHEME,
		"does not begin with tel:", "tel:+3290000000"},
	    {"tel:+3290000000.", RULE_URL_END, NULL, "tel:+3290000000"},
	    {"tel:", RULE_URL_PHONE, "\"\" is not a phone number", NULL},
	    {"tel:12", RULE_URL_PHONE, not, NULL},
	    {"tel:+", RULE_URL_PHONE, not, NULL},
	    {"tel:+3290000000000000", RULE_URL_PHONE, not, NULL},
	    {"tel:info@gent.be", RULE_URL_PHONE, not, NULL},
	    {"tel:+32 9 GENT", RULE_URL_PHONE, not, NULL},
	    {"tel:32+9000", RULE_URL_PHONE, not, NULL},
	};
	JUDGE(cases, LINK_WEB | LINK_PHONE);
	static const struct link_case mail[] = {
	    {"tel:+3290000000", RULE_URL_SCHEME, NULL, NULL}};
	JUDGE(mail, LINK_WEB | LINK_MAIL);
}

static void
a_link_has_2000_characters_at_most(void **state)
{
	(void)state;
	struct arena a = {0};
	char url[LINK_MAX + 2] = "https://gent.be/";
	memset(url + strlen(url), 'x', sizeof url - strlen(url));
	url[LINK_MAX + 1] = '\0';
	struct link_verdict v;
	assert_false(link_judge(url, LINK_WEB, &a, &v));
	assert_int_equal(v.findings[0].rule, RULE_URL_TOO_LONG);
	assert_non_null(
	    strstr(v.findings[0].message, "2001 characters; expected at most 2000"));
	url[LINK_MAX] = '\0';
	assert_true(link_judge(url, LINK_WEB, &a, &v));
	/* also as it would have to be spelt */
	url[LINK_MAX - 1] = '^';
	assert_false(link_judge(url, LINK_WEB, &a, &v));
	assert_int_equal(v.findings[0].rule, RULE_URL_TOO_LONG);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_links_pass_in_silence),
	    cmocka_unit_test(a_link_has_to_stand_alone),
	    cmocka_unit_test(a_misspelt_beginning_is_told_with_the_right_one),
	    cmocka_unit_test(what_is_not_a_website_is_refused),
	    cmocka_unit_test(characters_that_a_link_cannot_have_are_encoded),
	    cmocka_unit_test(a_link_with_a_gap_or_words_after_it_has_no_cure),
	    cmocka_unit_test(a_user_name_is_left_out),
	    cmocka_unit_test(what_a_link_brought_along_is_left_out),
	    cmocka_unit_test(a_link_of_a_mail_filter_is_told),
	    cmocka_unit_test(what_some_readers_cannot_open_is_told),
	    cmocka_unit_test(a_host_that_lacks_something_is_told),
	    cmocka_unit_test(http_is_told_with_the_link_that_hides_what_is_read),
	    cmocka_unit_test(a_link_with_several_faults_has_one_cure),
	    cmocka_unit_test(a_mail_address_needs_a_name_and_a_host),
	    cmocka_unit_test(a_phone_number_has_digits),
	    cmocka_unit_test(a_link_has_2000_characters_at_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
