#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "logo/ground.h"

enum { SIDE = 8, PALE = 250, INK = 30 };

static const struct color white = {255, 255, 255};

static void
ground_is_judged_by_the_edge_of_the_image_not_of_its_window(void **state)
{
	(void)state;
	struct image image;
	image_init(&image, SIDE, SIDE, 1);
	memset(image.memory, PALE, (size_t)SIDE * SIDE);
	image.noisy = image.copyable = true;
	image.window = (struct window){2, 2, 4, 4};
	for (int y = 0; y < 4; y++)
		memset(image_row(&image, y), INK, 4);
	ground_clear(&image, white);
	assert_false(image.copyable);
	for (int i = 0; i < SIDE * SIDE; i++) {
		int x = i % SIDE, y = i / SIDE;
		bool inside = x >= 2 && x < 6 && y >= 2 && y < 6;
		if (inside)
			assert_in_range(image.memory[i], INK - 2, INK + 2);
		else
			assert_int_equal(image.memory[i], 255);
	}
	image_free(&image);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ground_is_judged_by_the_edge_of_the_image_not_of_its_window),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
