#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
a_name_keeps_its_number_however_many_there_are(void **state)
{
	(void)state;
	enum { N = 10000 };
	struct arena a = {0};
	struct map m = {0};
	for (int i = 0; i < N; i++) {
		int64_t *value = map_at(&m, &a, arena_printf(&a, "name %d", i));
		assert_int_equal(*value, 0);
		*value = i + INT64_C(1000000000000);
	}
	assert_int_equal(m.n, N);
	for (int i = 0; i < N; i++)
		assert_int_equal(*map_at(&m, &a, arena_printf(&a, "name %d", i)),
		    i + INT64_C(1000000000000));
	assert_int_equal(m.n, N);
	assert_int_equal(map_find(&m, "name 7"), 7 + INT64_C(1000000000000));
	assert_int_equal(map_find(&m, "another"), 0);
	assert_int_equal(map_find(&(struct map){0}, "name 7"), 0);
	assert_int_equal(m.n, N);
	arena_free(&a);
}

static void
an_empty_name_is_a_name(void **state)
{
	(void)state;
	struct arena a = {0};
	struct map m = {0};
	*map_at(&m, &a, "") = -1;
	assert_int_equal(*map_at(&m, &a, "a"), 0);
	assert_int_equal(*map_at(&m, &a, ""), -1);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_keeps_its_number_however_many_there_are),
	    cmocka_unit_test(an_empty_name_is_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
