#include "link/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct link_case {
	const char *url;
	const char *part; /* of the error or warning; NULL: nothing is said */
};

static void
good_links_pass_in_silence(void **state)
{
	(void)state;
	static const char *const urls[] = {"https://gent.be", "https://gent.be/",
	    "HTTPS://Gent.BE/",
	    "https://www.antwerpen.be/info/5c9cc105f98a304a1155a7f4/stad-in-cijfers",
	    "https://gent.be:8443/a?b=c&d=%C3%A9#e", "https://xn--brgge-lva.be/",
	    "https://192.0.2.1/", "https://[2001:db8::1]/a",
	    "https://a_b.gent.be/(x),;@!$&'*+=~", "https://gent.be./",
	    "https://gent.be/?a=b?c/d",
	    "https://web.archive.org/web/2020/https://gent.be/", "https://https.be/"};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(urls); i++) {
		struct link_verdict report;
		assert_true(link_judge(urls[i], LINK_WEB, &a, &report));
		assert_int_equal(report.n, 0);
	}
	arena_free(&a);
}

static void
a_link_has_to_stand_alone(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"https://a.be / https://b.be", "two links"},
	    {"https://a.be|https://b.be", "two links"},
	    {"https://a.be;https://b.be", "two links"},
	    {"https://a.be,https://b.be", "two links"},
	    {"https://a.behttps://b.be", "two links"},
	    {"https://a.be\nhttps://b.be", "two links"},
	    {"www.a.be of www.b.be", "two links"},
	    {"“https://gent.be/”",
		"more than a link stands here; write \"https://gent.be/\""},
	    {"https://gent.be/»", "write \"https://gent.be/\""},
	    {"<https://gent.be/>", "write \"https://gent.be/\""},
	    {"Gent (https://gent.be/a)", "write \"https://gent.be/a\""},
	    {"Gent: www.gent.be.", "write \"https://www.gent.be\""},
	    {"Zie 'https://gent.be/a', of bel", "write \"https://gent.be/a\""},
	    {"Gent (https://gent.be", "write \"https://gent.be\""},
	    {"https://gent.be/a\nb/c",
		"a line break in the link; write \"https://gent.be/ab/c\""},
	    {"javascript:f('https://gent.be/')", "\"javascript:\" is refused"},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct link_verdict report;
		if (link_judge(cases[i].url, LINK_WEB, &a, &report))
			fail_msg("%s: accepted", cases[i].url);
		if (strstr(report.findings[0].message, cases[i].part) == NULL)
			fail_msg("%s: %s", cases[i].url, report.findings[0].message);
	}
	arena_free(&a);
}

/* Also what looks like it, and is right. */
static void
a_link_that_readers_should_not_follow_is_warned_of(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"http://localhost/x",
		"\"localhost\" can be reached from within one network only"},
	    {"https://10.0.0.5/", "from within one network"},
	    {"https://172.16.0.1/", "from within one network"},
	    {"https://172.32.0.1/", NULL},
	    {"https://110.0.0.5/", NULL},
	    {"https://intranet.gent.be/", "from within one network"},
	    {"https://cijfers.local/", "from within one network"},
	    {"https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fgent.be%2F&data=1",
		"a detour by way of \"x.safelinks.protection.outlook.com\"; write \"https://gent.be/\""},
	    {"https://www.google.com/url?sa=t&q=https://gent.be/",
		"write \"https://gent.be/\""},
	    {"https://www.google.com/url?q=gent", NULL},
	    {"https://gent.be/?url=https://brugge.be/,https://genk.be/", NULL},
	    {"https://gent.be/login?to=x", "a page for signing in"},
	    {"https://gent.be/wp-admin/", "a page for signing in"},
	    {"https://gent.be/loginhulp", NULL},
	    {"https://gent.be/?a=1&amp;b=2", "write \"https://gent.be/?a=1&b=2\""},
	    {"https://gent.be/a).", "\").\" at the end is hardly a part of the link"},
	    {"https://nl.wikipedia.org/wiki/Gent_(stad)", NULL},
	    {"https://en.wikipedia.org/wiki/Washington,_D.C.", NULL},
	    {"http://gent/", "is \".be\" missing behind it?"},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct link_verdict report;
		assert_true(link_judge(cases[i].url, LINK_WEB, &a, &report));
		if (report.n != (cases[i].part != NULL))
			fail_msg("%s: %d warnings", cases[i].url, report.n);
		if (cases[i].part != NULL &&
		    strstr(report.findings[0].message, cases[i].part) == NULL)
			fail_msg("%s: %s", cases[i].url, report.findings[0].message);
	}
	arena_free(&a);
}

static void
a_misspelt_link_is_refused_with_the_right_spelling(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"www.gent.be",
		"does not begin with https://; write \"https://www.gent.be\""},
	    {"gent.be/cijfers", "write \"https://gent.be/cijfers\""},
	    {"gent.be:8080/x", "write \"https://gent.be:8080/x\""},
	    {"//gent.be/x", "write \"https://gent.be/x\""},
	    {"htps://gent.be", "write \"https://gent.be\""},
	    {"htp://gent.be", "write \"http://gent.be\""},
	    {"https//gent.be", "write \"https://gent.be\""},
	    {"http//gent.be", "write \"http://gent.be\""},
	    {"https:/gent.be/", "write \"https://gent.be/\""},
	    {"https:gent.be/", "write \"https://gent.be/\""},
	    {"https:\\\\gent.be\\x", "write \"https://gent.be/x\""},
	    {"https:///gent.be", "write \"https://gent.be\""},
	    {"https://https://gent.be/x", "begins wrongly; write \"https://gent.be/x\""},
	    {"http://https://gent.be/", "begins wrongly; write \"https://gent.be/\""},
	    {"https://https//gent.be", "begins wrongly; write \"https://gent.be\""},
	    {"htpps://gent.be", "write \"https://gent.be\""},
	    {"https;//gent.be", "write \"https://gent.be\""},
	    {"https.//gent.be", "write \"https://gent.be\""},
	    {"https: //gent.be", "a space in the link; write \"https://gent.be\""},
	    {"https://gent.be/stad in cijfers",
		"a space in the link; write \"https://gent.be/stad%20in%20cijfers\""},
	    {"https://gent.be/caf\xc3\xa9", "write \"https://gent.be/caf%C3%A9\""},
	    {"https://br\xc3\xbcgge.be/\xc3\xa9?\xc3\xa8#\xc3\xa0",
		"spell in ASCII; write \"https://xn--brgge-lva.be/%C3%A9?%C3%A8#%C3%A0\""},
	    {"https://Li\xc3\x88GE.be/", "write \"https://xn--lige-6oa.be/\""},
	    {"https://gent.be/\xe2\x80\x8bx", "write \"https://gent.be/x\""},
	    {"https://gent.be/a[1]", "write \"https://gent.be/a%5B1%5D\""},
	    {"https://gent.be/100%", "write \"https://gent.be/100%25\""},
	    {"https://gent.be/%zz", "write \"https://gent.be/%25zz\""},
	    {"https://gent.be/#a#b", "write \"https://gent.be/#a%23b\""},
	    {"https://gent.be/\"x\"<>|^`{}",
		"write \"https://gent.be/%22x%22%3C%3E%7C%5E%60%7B%7D\""},
	    {"https://gent.be:/", "write \"https://gent.be/\""},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct link_verdict report;
		assert_false(link_judge(cases[i].url, LINK_WEB, &a, &report));
		if (strstr(report.findings[0].message, cases[i].part) == NULL)
			fail_msg("%s: %s", cases[i].url, report.findings[0].message);
	}
	arena_free(&a);
}

static void
the_spelling_that_is_shown_is_accepted(void **state)
{
	(void)state;
	static const char *const urls[] = {"www.gent.be", "https:\\\\gent.be\\x y",
	    "gent.be?a b", "https://br\xc3\xbcgge.be/\xc3\xa9 [x]%#a#b",
	    "htps://gent.be:80/"};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(urls); i++) {
		struct link_verdict report;
		assert_false(link_judge(urls[i], LINK_WEB, &a, &report));
		const char *from = strstr(report.findings[0].message, "write \"");
		assert_non_null(from);
		from += strlen("write \"");
		const char *spelt = arena_strndup(&a, from, strcspn(from, "\""));
		assert_true(link_judge(spelt, LINK_WEB, &a, &report));
	}
	arena_free(&a);
}

static void
what_leads_nowhere_or_harms_is_refused(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"javascript:alert(1)", "\"javascript:\" is refused"},
	    {"JavaScript:alert(1)", "\"JavaScript:\" is refused"},
	    {"file:///etc/passwd", "\"file:\" is refused"},
	    {"ftp://gent.be/", "\"ftp:\" is refused"},
	    {"data:text/html,x", "\"data:\" is refused"},
	    {"mailto:info@gent.be", "this is a mail address"},
	    {"info@gent.be", "this is a mail address"},
	    {"https://jan:geheim@gent.be/", "user name or password"},
	    {"https://gent.be@evil.example/", "user name or password"},
	    {"https://", "names no website"},
	    {"https:///", "names no website"},
	    {"https://?x", "names no website"},
	    {"https://stad,gent/", "\"stad,gent\" is no name of a website"},
	    {"https://stad gent.be/", "a space in the name of the website"},
	    {"https://gent..be/", "is no name of a website"},
	    {"https://-gent.be/", "is no name of a website"},
	    {"https://gent-.be/", "is no name of a website"},
	    {"https://.be/", "is no name of a website"},
	    {"https://gent.be:99999/", "port \"99999\""},
	    {"https://gent.be:0/", "port \"0\""},
	    {"https://[::1/", "character"},
	    {"https://gent.be/a\nb", "a line break"},
	    {"https://gent.be/a\tb", "(U+0009)"},
	    {"https://gent.be/\x7f", "(U+007F)"},
	    {"https://gent.be/\xc2\x85", "(U+0085)"},
	    {"bijlage.pdf", "is no link"},
	    {"/pad/op/site", "is no link"},
	    {"Gent", "is no link"},
	    {"http", "is no link"},
	    {":", "is no link"},
	    {"#grid", "is no link"},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct link_verdict report;
		if (link_judge(cases[i].url, LINK_WEB, &a, &report))
			fail_msg("%s: accepted", cases[i].url);
		if (strstr(report.findings[0].message, cases[i].part) == NULL)
			fail_msg("%s: %s", cases[i].url, report.findings[0].message);
	}
	arena_free(&a);
}

static void
what_only_looks_odd_is_a_warning(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"http://gent.be/", "write \"https://gent.be/\""},
	    {"https://gent/", "\"gent\" has no ending"},
	    {"https://gent.be/?utm_source=x&utm_medium=y",
		"\"utm_source\" is left from where the link was copied; write \"https://gent.be/\""},
	    {"https://gent.be/?a=b&fbclid=x#c", "write \"https://gent.be/?a=b#c\""},
	    {"https://gent.be/?gclid=x&a=b", "write \"https://gent.be/?a=b\""},
	    {"https://gent.be/#:~:text=cijfers",
		"\":~:text\" is left from where the link was copied; write \"https://gent.be/\""},
	    {"https://gent.be/x#kop:~:text=cijfers", "write \"https://gent.be/x#kop\""},
	    {"https://gent.be/#utm_source=x", "write \"https://gent.be/\""},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct link_verdict report;
		assert_true(link_judge(cases[i].url, LINK_WEB, &a, &report));
		assert_int_equal(report.n, 1);
		if (strstr(report.findings[0].message, cases[i].part) == NULL)
			fail_msg("%s: %s", cases[i].url, report.findings[0].message);
	}
	arena_free(&a);
}

static void
parameters_that_only_look_like_followers_stay(void **state)
{
	(void)state;
	static const char *const urls[] = {"https://gent.be/?utm=x",
	    "https://gent.be/?autm_x=1", "https://gent.be/utm_source",
	    "https://gent.be/?a=utm_source"};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(urls); i++) {
		struct link_verdict report;
		assert_true(link_judge(urls[i], LINK_WEB, &a, &report));
		assert_int_equal(report.n, 0);
	}
	arena_free(&a);
}

static void
a_mail_address_needs_a_name_and_a_host(void **state)
{
	(void)state;
	static const struct link_case cases[] = {
	    {"mailto:info@gent.be", NULL},
	    {"MAILTO:info@gent.be?subject=Cijfers%20Gent", NULL},
	    {"info@gent.be", "write \"mailto:info@gent.be\""},
	    {"mailto:", "is no mail address"},
	    {"mailto:info", "is no mail address"},
	    {"mailto:@gent.be", "is no mail address"},
	    {"mailto:info@gent", "is no mail address"},
	    {"mailto:info@gent.be?subject=a b",
		"write \"mailto:info@gent.be?subject=a%20b\""},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct link_verdict report;
		bool ok = link_judge(cases[i].url, LINK_WEB | LINK_MAIL, &a, &report);
		if (ok != (cases[i].part == NULL) ||
		    (!ok && strstr(report.findings[0].message, cases[i].part) == NULL))
			fail_msg("%s: %s", cases[i].url,
			    ok ? "accepted" : report.findings[0].message);
	}
	arena_free(&a);
}

static void
a_link_has_2000_characters_at_most(void **state)
{
	(void)state;
	struct arena a = {0};
	char url[LINK_MAX + 2] = "https://gent.be/";
	memset(url + strlen(url), 'x', sizeof url - strlen(url));
	url[LINK_MAX + 1] = '\0';
	struct link_verdict report;
	assert_false(link_judge(url, LINK_WEB, &a, &report));
	assert_non_null(
	    strstr(report.findings[0].message, "2001 characters; expected 2000 at most"));
	url[LINK_MAX] = '\0';
	assert_true(link_judge(url, LINK_WEB, &a, &report));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_links_pass_in_silence),
	    cmocka_unit_test(a_link_has_to_stand_alone),
	    cmocka_unit_test(a_link_that_readers_should_not_follow_is_warned_of),
	    cmocka_unit_test(a_misspelt_link_is_refused_with_the_right_spelling),
	    cmocka_unit_test(the_spelling_that_is_shown_is_accepted),
	    cmocka_unit_test(what_leads_nowhere_or_harms_is_refused),
	    cmocka_unit_test(what_only_looks_odd_is_a_warning),
	    cmocka_unit_test(parameters_that_only_look_like_followers_stay),
	    cmocka_unit_test(a_mail_address_needs_a_name_and_a_host),
	    cmocka_unit_test(a_link_has_2000_characters_at_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
