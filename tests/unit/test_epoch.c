#include "brochure/epoch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void
seconds_become_a_day_in_utc_and_nothing_else_is_taken(void **state)
{
	(void)state;
	static const struct {
		const char *value, *date;
		bool ok;
	} cases[] = {
	    {NULL, NULL, true},
	    {"", NULL, true},
	    {"0", "1970-01-01", true},
	    {"1706054400", "2024-01-24", true},
	    {"1706140799", "2024-01-24", true},
	    {"253402300799", "9999-12-31", true},
	    {"253402300800", NULL, false},
	    {"99999999999999999999", NULL, false},
	    {"-1", NULL, false},
	    {" 1", NULL, false},
	    {"1706054400s", NULL, false},
	    {"2024-01-24", NULL, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena a = {0};
		struct diag d = {0};
		const char *date;
		if (cases[i].value != NULL)
			setenv("SOURCE_DATE_EPOCH", cases[i].value, 1);
		else
			unsetenv("SOURCE_DATE_EPOCH");
		assert_int_equal(epoch_date(&a, &d, &date), cases[i].ok);
		assert_int_equal(d.nerrors, cases[i].ok ? 0 : 1);
		if (cases[i].date != NULL)
			assert_string_equal(date, cases[i].date);
		else
			assert_null(date);
		diag_free(&d);
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(seconds_become_a_day_in_utc_and_nothing_else_is_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
