#include "input/prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
marks_of_markdown_and_html_are_found(void **state)
{
	(void)state;
	static const struct {
		const char *text, *markup;
	} cases[] = {
	    {"**Gent** en meer", "**"},
	    {"*Gent*", "*"},
	    {"_Gent_", "_"},
	    {"`Gent`", "`"},
	    {"Gent <b>", "<b>"},
	    {"</span> Gent", "</span>"},
	    {"Gent<br/>Aalst", "<br/>"},
	    {"Gent<br />Aalst", "<br />"},
	    {"<h1>Gent", "<h1>"},
	    {"<a href=\"x y\">Gent</a>", "<a href=\"x y\">"},
	    {"Gent &amp; Aalst", "&amp;"},
	    {"Gent&nbsp;", "&nbsp;"},
	    {"&#39;s", "&#39;"},
	    {"&frac12;", "&frac12;"},
	    {"Gent", NULL},
	    {"", NULL},
	    {"*", NULL},
	    {"**", NULL},
	    {"5 * 3 ** 2", NULL},
	    {"* 5", NULL},
	    {"snake_case", NULL},
	    {"a < b > c", NULL},
	    {"<", NULL},
	    {"<nieuw & anders>", NULL},
	    {"<jan@gent.be>", NULL},
	    {"1 <b", NULL},
	    {"R&D; S&P", NULL},
	    {"Jansen & Zn;", NULL},
	    {"&;", NULL},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *markup = prose_markup(&a, cases[i].text);
		if (cases[i].markup == NULL
			? markup != NULL
			: markup == NULL || strcmp(markup, cases[i].markup) != 0)
			fail_msg("%s: %s", cases[i].text, markup ? markup : "-");
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(marks_of_markdown_and_html_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
