#include "links/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct limits limits = {.timeout = 20, .retries = 2, .now = 1000000000};
static const struct target gent = {.url = "https://www.gent.be/cijfers"};

static void
get_has_what_head_leaves_of_an_attempt(void **state)
{
	(void)state;
	struct arena a = {0};
	struct visit v;
	visit_start(&v, &gent, &limits, &a);
	assert_int_equal(v.next.method, METHOD_HEAD);
	assert_true(v.next.seconds == 10);
	struct answer silence = {.fault = FAULT_TIMEOUT, .seconds = 10};
	assert_int_equal(visit_take(&v, &silence, &limits, &a), STEP_ASK);
	assert_int_equal(v.next.method, METHOD_GET);
	assert_true(v.next.seconds == 10);
	silence.seconds = 10.1;
	assert_int_equal(visit_take(&v, &silence, &limits, &a), STEP_PAUSE);
	assert_true(v.next.seconds == 20);
	silence.seconds = 20;
	assert_int_equal(visit_take(&v, &silence, &limits, &a), STEP_PAUSE);
	assert_int_equal(visit_take(&v, &silence, &limits, &a), STEP_DONE);
	assert_int_equal(v.out.class, CLASS_TIMEOUT);
	arena_free(&a);
}

static void
no_time_is_left_after_the_timeout(void **state)
{
	(void)state;
	struct arena a = {0};
	struct visit v;
	visit_start(&v, &gent, &limits, &a);
	struct answer late = {
	    .status = 302, .location = "/later", .seconds = 20.5, .page = ""};
	assert_int_equal(visit_take(&v, &late, &limits, &a), STEP_ASK);
	assert_true(v.next.seconds == 0);
	arena_free(&a);
}

static void
pauses_grow_and_never_pass_a_minute(void **state)
{
	(void)state;
	static const struct {
		int attempt, retry_after;
		double chance, expected;
	} cases[] = {{1, 0, 0, 0.5}, {1, 0, 1, 1.5}, {2, 0, 0.5, 2}, {3, 0, 0.5, 4},
	    {4, 0, 0, 4}, {10, 0, 0.5, 60}, {1, 7, 0.5, 7}, {3, 2, 0.5, 4},
	    {1, 60, 1, 60}};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct visit v = {
		    .attempt = cases[i].attempt, .retry_after = cases[i].retry_after};
		assert_true(visit_pause(&v, cases[i].chance) == cases[i].expected);
	}
}

static void
a_certificate_ends_soon_within_21_days(void **state)
{
	(void)state;
	static const struct {
		int days;
		enum link_class expected;
	} cases[] = {{20, CLASS_EXPIRING}, {21, CLASS_OK}, {22, CLASS_OK}};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct visit v;
		struct answer answer = {.status = 200,
		    .page = "",
		    .expires = limits.now + cases[i].days * 86400};
		visit_start(&v, &gent, &limits, &a);
		assert_int_equal(visit_take(&v, &answer, &limits, &a), STEP_DONE);
		assert_int_equal(v.out.class, cases[i].expected);
		assert_int_equal(v.out.seen, limits.now);
	}
	arena_free(&a);
}

static void
the_first_certificate_to_end_on_the_way_counts(void **state)
{
	(void)state;
	struct arena a = {0};
	struct visit v;
	struct answer first = {.status = 302,
	    .location = "https://gent.be/x",
	    .page = "",
	    .expires = limits.now + 86400};
	struct answer second = {
	    .status = 200, .page = "", .expires = limits.now + 100 * 86400};
	visit_start(&v, &gent, &limits, &a);
	assert_int_equal(visit_take(&v, &first, &limits, &a), STEP_ASK);
	assert_int_equal(visit_take(&v, &second, &limits, &a), STEP_DONE);
	assert_int_equal(v.out.class, CLASS_EXPIRING);
	assert_int_equal(v.out.expires, limits.now + 86400);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(get_has_what_head_leaves_of_an_attempt),
	    cmocka_unit_test(no_time_is_left_after_the_timeout),
	    cmocka_unit_test(pauses_grow_and_never_pass_a_minute),
	    cmocka_unit_test(a_certificate_ends_soon_within_21_days),
	    cmocka_unit_test(the_first_certificate_to_end_on_the_way_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
