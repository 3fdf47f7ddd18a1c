#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
memory_is_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	static const size_t sizes[] = {
	    0, 1, 15, 16, 17, 1000, 16384, 16385, 65536, 65537, 3, 1000000, 8};
	struct arena a = {0};
	unsigned char *blocks[13];
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		blocks[i] = arena_alloc(&a, sizes[i]);
		assert_non_null(blocks[i]);
		assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(blocks[i][j], 0);
		memset(blocks[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(blocks[i][j], i + 1);
	}
	arena_free(&a);
	assert_null(a.chunks);
}

static void
small_blocks_share_a_chunk_beside_a_large_one(void **state)
{
	(void)state;
	struct arena a = {0};
	char *first = arena_alloc(&a, 16);
	arena_alloc(&a, 1000000);
	char *second = arena_alloc(&a, 16);
	assert_ptr_equal(second, first + 16);
	arena_free(&a);
}

static void
strings_are_copied(void **state)
{
	(void)state;
	struct arena a = {0};
	char text[] = "brochure";
	char *whole = arena_strdup(&a, text), *part = arena_strndup(&a, text, 3);
	char *none = arena_strndup(&a, NULL, 0);
	char *made = arena_printf(&a, "%s-%d", text, 2023);
	text[0] = 'x';
	assert_string_equal(whole, "brochure");
	assert_string_equal(part, "bro");
	assert_string_equal(none, "");
	assert_string_equal(made, "brochure-2023");
	arena_free(&a);
}

static void
an_array_grows_and_keeps_what_it_holds(void **state)
{
	(void)state;
	struct arena a = {0};
	int *numbers = NULL, n = 0;
	while (n < 1000) {
		int value = n;
		*arena_append(&a, numbers, n) = value;
	}
	for (int i = 0; i < n; i++)
		assert_int_equal(numbers[i], i);
	arena_free(&a);
}

/* Runs ASK in a child; its exit status, with what it says on standard error in SAID. */
static int
run(void (*ask)(void), char *said, size_t size)
{
	int pipes[2], status;
	assert_int_equal(pipe(pipes), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(pipes[1], STDERR_FILENO);
		ask();
		_exit(0);
	}
	close(pipes[1]);
	ssize_t n = read(pipes[0], said, size - 1);
	said[n > 0 ? n : 0] = '\0';
	close(pipes[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
ask_arena(void)
{
	struct arena a = {0};
	arena_alloc(&a, SIZE_MAX - 3);
}

static void
ask_array(void)
{
	struct arena a = {0};
	char item;
	arena_grow(&a, &item, 1 << 30, SIZE_MAX / 1024);
}

static void
say_prepared_words(void)
{
	char words[] = "geen geheugen\n";
	memory_prepare(words, strlen(words));
	words[0] = 'x';
	memory_exhausted();
}

static void
say_too_many_words(void)
{
	char words[MEMORY_WORDS_MAX + 1] = "x";
	memory_prepare(words, sizeof words);
	memory_exhausted();
}

static void
the_words_for_it_are_prepared_beforehand(void **state)
{
	(void)state;
	char said[200];
	assert_int_equal(run(say_prepared_words, said, sizeof said), EXIT_FAILURE);
	assert_string_equal(said, "geen geheugen\n");
	assert_int_equal(run(say_too_many_words, said, sizeof said), EXIT_FAILURE);
	assert_string_equal(said, "brochure: error: out of memory\n");
}

static void
out_of_memory_is_said_and_ends_the_program(void **state)
{
	(void)state;
	void (*const asks[])(void) = {ask_arena, ask_array, memory_exhausted};
	for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
		char said[200];
		assert_int_equal(run(asks[i], said, sizeof said), EXIT_FAILURE);
		assert_string_equal(said, "brochure: error: out of memory\n");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
	    cmocka_unit_test(small_blocks_share_a_chunk_beside_a_large_one),
	    cmocka_unit_test(strings_are_copied),
	    cmocka_unit_test(an_array_grows_and_keeps_what_it_holds),
	    cmocka_unit_test(the_words_for_it_are_prepared_beforehand),
	    cmocka_unit_test(out_of_memory_is_said_and_ends_the_program),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
