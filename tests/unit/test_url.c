#include "link/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
takes_urls_apart(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool ok;
		struct url parts;
	} cases[] = {
	    {"https://Gent.BE", true, {"https", "gent.be", "gent.be:443", "", ""}},
	    {"HTTP://gent.be:8080/a/B?c=D/e#f?g", true,
		{"http", "gent.be", "gent.be:8080", "/a/B", "c=D/e"}},
	    {"http://gent.be?a=/b", true, {"http", "gent.be", "gent.be:80", "", "a=/b"}},
	    {"http://gent.be#/b", true, {"http", "gent.be", "gent.be:80", "", ""}},
	    {"http://a:b@[2001:DB8::1]:1/", true,
		{"http", "[2001:db8::1]", "[2001:db8::1]:1", "/", ""}},
	    {"ftp://gent.be/", false, {"ftp", "", "", "", ""}},
	    {"mailto:a@gent.be", false, {"mailto", "", "", "", ""}},
	    {"http:///a", false, {"http", "", "", "", ""}},
	    {"/a", false, {"", "", "", "", ""}},
	    {"http://a b/", false, {"", "", "", "", ""}},
	    {"", false, {"", "", "", "", ""}},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct url parts;
		print_message("%s\n", cases[i].text);
		assert_int_equal(url_read(cases[i].text, &a, &parts), cases[i].ok);
		assert_string_equal(parts.scheme, cases[i].parts.scheme);
		assert_string_equal(parts.host, cases[i].parts.host);
		assert_string_equal(parts.origin, cases[i].parts.origin);
		assert_string_equal(parts.path, cases[i].parts.path);
		assert_string_equal(parts.query, cases[i].parts.query);
	}
	arena_free(&a);
}

/* RFC 3986, 5.4, and what servers write. */
static void
resolves_redirects(void **state)
{
	(void)state;
	static const char base[] = "http://a/b/c/d;p?q";
	static const struct {
		const char *base, *location, *expected;
	} cases[] = {{base, "g", "http://a/b/c/g"}, {base, "./g/", "http://a/b/c/g/"},
	    {base, "/g", "http://a/g"}, {base, "//g", "http://g"},
	    {base, "?y", "http://a/b/c/d;p?y"}, {base, "g?y#s", "http://a/b/c/g?y#s"},
	    {base, "../../g", "http://a/g"}, {base, "../../../g", "http://a/g"},
	    {base, "https://x.be/y", "https://x.be/y"}, {base, "ftp://x/y", "ftp://x/y"},
	    {base, "mailto:a@x.be", "mailto:a@x.be"},
	    {base, "http://u:p@x.be/", "http://x.be/"},
	    {base, "/a b|c\"d", "http://a/a%20b%7Cc%22d"},
	    {base, "/caf\xc3\xa9", "http://a/caf%C3%A9"},
	    {base, "http://caf\xc3\xa9.be/", "http://xn--caf-dma.be/"},
	    {"http://a/b#f", "/c", "http://a/c#f"},
	    {"http://a/b#f", "/c#g", "http://a/c#g"},
	    {"http://[::1]:8/b", "c", "http://[::1]:8/c"}, {base, "http://[::1/", NULL},
	    {base, "http://x:y/", NULL}, {base, "/%zz", "http://a/%25zz"},
	    {base, "/100%", "http://a/100%25"},
	    {base, "?tx[uid]=5", "http://a/b/c/d;p?tx%5Buid%5D=5"},
	    {base, "https://b.be/x?a[]=1&b=%5D#c[1]#d",
		"https://b.be/x?a%5B%5D=1&b=%5D#c%5B1%5D%23d"},
	    {base, "//[::1]:8/[x]", "http://[::1]:8/%5Bx%5D"},
	    {base, "/x//[::1]", "http://a/x//%5B::1%5D"}};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *found = url_resolve(cases[i].base, cases[i].location, &a);
		print_message("%s\n", cases[i].location);
		if (cases[i].expected == NULL)
			assert_null(found);
		else
			assert_string_equal(found, cases[i].expected);
	}
	arena_free(&a);
}

struct pair {
	const char *a, *b;
	bool same;
};

static void
check_pairs(const struct pair *pairs, size_t n,
    bool (*same)(const struct url *, const struct url *))
{
	struct arena arena = {0};
	for (size_t i = 0; i < n; i++) {
		struct url a, b;
		url_read(pairs[i].a, &arena, &a);
		url_read(pairs[i].b, &arena, &b);
		if (same(&a, &b) != pairs[i].same || same(&b, &a) != pairs[i].same)
			fail_msg("%s and %s", pairs[i].a, pairs[i].b);
	}
	arena_free(&arena);
}

static void
an_owner_has_all_below_a_public_suffix(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
	    {"http://gent.be/a", "https://gent.be/b", true},
	    {"http://www.gent.be", "http://stad.gent.be", true},
	    {"http://gent.be", "http://gent.be.evil.be", false},
	    {"http://gent.be", "http://gent.com", false},
	    {"http://a.co.uk", "http://b.co.uk", false},
	    {"http://x.a.co.uk", "http://y.a.co.uk", true},
	    {"http://a.github.io", "http://b.github.io", false},
	    {"http://be", "http://gent.be", false},
	    {"http://10.0.0.1", "http://10.1.0.1", false},
	    {"http://10.0.0.1", "http://10.0.0.1:81", true},
	    {"http://[::1]", "http://[::2]", false},
	    {"http://[::1]", "http://[::1]", true},
	    {"http://xn--brgge-lva.be", "http://www.xn--brgge-lva.be", true}};
	check_pairs(pairs, COUNT(pairs), url_same_owner);
}

static void
a_page_is_the_same_but_for_small_things(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
	    {"http://gent.be/a/", "https://www.gent.be/a#b", true},
	    {"http://gent.be", "http://gent.be/", true},
	    {"http://gent.be/a", "http://gent.be/A", false},
	    {"http://gent.be/a", "http://gent.be/ab", false},
	    {"http://gent.be/a?b", "http://gent.be/a", false},
	    {"http://stad.gent.be/a", "http://gent.be/a", false}};
	check_pairs(pairs, COUNT(pairs), url_same_page);
}

struct path_case {
	const char *url;
	bool is;
};

static void
check_paths(const struct path_case *cases, size_t n, bool (*is)(const struct url *))
{
	struct arena a = {0};
	for (size_t i = 0; i < n; i++) {
		struct url url;
		assert_true(url_read(cases[i].url, &a, &url));
		if (is(&url) != cases[i].is)
			fail_msg("%s", cases[i].url);
	}
	arena_free(&a);
}

static void
knows_home_pages(void **state)
{
	(void)state;
	static const struct path_case cases[] = {{"http://a.be", true},
	    {"http://a.be/", true}, {"http://a.be/nl", true},
	    {"http://a.be/nl-be/", true}, {"http://a.be/index.php", true},
	    {"http://a.be/fr/accueil", true}, {"http://a.be/Home", true},
	    {"http://a.be/?page=3", false}, {"http://a.be/nlx", false},
	    {"http://a.be/homes", false}, {"http://a.be/cijfers", false},
	    {"http://a.be/nl/cijfers", false}, {"http://a.be/index.php/cijfers", false}};
	check_paths(cases, COUNT(cases), url_is_home);
}

static void
knows_log_in_pages(void **state)
{
	(void)state;
	static const struct path_case cases[] = {{"http://a.be/login", true},
	    {"http://login.a.be/x", true}, {"http://a.be/x/SignIn.aspx", true},
	    {"http://a.be/saml2/idp/SSO", true}, {"http://sso.a.be/", true},
	    {"http://a.be/authors", false}, {"http://a.be/blogin", false},
	    {"http://sport.be/", false}, {"http://a.be/cijfers?next=/login", false}};
	check_paths(cases, COUNT(cases), url_is_login);
}

static void
knows_the_home_of_a_page(void **state)
{
	(void)state;
	static const struct {
		const char *home, *page;
		bool is;
	} cases[] = {{"http://gent.be/", "https://www.gent.be/x", true},
	    {"http://data.gent.be/nl", "http://data.gent.be/x", true},
	    {"http://www.gent.be/", "http://data.gent.be/x", true},
	    {"http://data.gent.be/", "http://gent.be/x", false},
	    {"http://a.gent.be/", "http://b.gent.be/x", false},
	    {"http://gent.be/y", "http://gent.be/x", false},
	    {"http://aalst.be/", "http://gent.be/x", false},
	    {"http://0.1/", "http://127.0.0.1/x", false}};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct url home, page;
		url_read(cases[i].home, &a, &home);
		url_read(cases[i].page, &a, &page);
		if (url_is_home_of(&home, &page) != cases[i].is)
			fail_msg("%s of %s", cases[i].home, cases[i].page);
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_urls_apart),
	    cmocka_unit_test(resolves_redirects),
	    cmocka_unit_test(an_owner_has_all_below_a_public_suffix),
	    cmocka_unit_test(a_page_is_the_same_but_for_small_things),
	    cmocka_unit_test(knows_home_pages),
	    cmocka_unit_test(knows_the_home_of_a_page),
	    cmocka_unit_test(knows_log_in_pages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
