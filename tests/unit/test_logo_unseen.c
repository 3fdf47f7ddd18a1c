#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "logo/unseen.h"

enum { W = 40, H = 20 };

static struct color
rgb(unsigned n)
{
	return (struct color){
	    (unsigned char)(n >> 16), (unsigned char)(n >> 8), (unsigned char)n};
}

/* A box of one ink. */
struct shape {
	int x, y, w, h;
	unsigned ink, alpha;
};

/* N shapes, one over the other, on CARD and nothing else. */
static struct image
draw(const struct shape *shapes, int n, struct color card)
{
	struct image image;
	image_init(&image, W, H, 3);
	for (int i = 0; i < W * H; i++)
		memcpy(image.memory + (ptrdiff_t)3 * i, &card, 3);
	for (const struct shape *s = shapes; s < shapes + n; s++) {
		struct color ink = rgb(s->ink);
		const unsigned char *over = (const unsigned char *)&ink;
		for (int i = 0; i < s->w * s->h; i++) {
			unsigned char *p = image_row(&image, s->y + i / s->w) +
			    (ptrdiff_t)3 * (s->x + i % s->w);
			for (int c = 0; c < 3; c++)
				p[c] = (unsigned char)((over[c] * s->alpha +
							   p[c] * (255 - s->alpha)) /
				    255);
		}
	}
	return image;
}

static enum unseen
find(const struct shape *shapes, int n, unsigned card, bool faint)
{
	struct color contrary = unseen_contrary(rgb(card));
	struct image image = draw(shapes, n, rgb(card)),
		     other = draw(shapes, n, contrary);
	enum unseen found = unseen_find(&image, &other, rgb(card), faint);
	image_free(&image);
	image_free(&other);
	return found;
}

/* What is found of letters of INK beside an emblem that is seen. */
static enum unseen
find_letters(unsigned ink, unsigned alpha, unsigned card, bool faint)
{
	bool dark = unseen_contrary(rgb(card)).r == 255;
	unsigned seen = dark ? 0xffffff : 0x500000;
	const struct shape shapes[] = {{4, 4, 12, 12, ink, alpha},
	    {24, 4, 12, 4, seen, 255}, {24, 8, 6, 4, seen, 255}};
	return find(shapes, 3, card, faint);
}

static void
faint_ink_on_a_chosen_card_is_unseen(void **state)
{
	(void)state;
	static const struct {
		unsigned ink, card;
		enum unseen found;
	} cases[] = {
	    {0xffffff, 0xffd200, UNSEEN_PARTS},
	    {0xfffae1, 0xffd200, UNSEEN_PARTS},
	    {0xffffff, 0xffcc00, UNSEEN_PARTS},
	    {0xffffff, 0xffb000, UNSEEN_NOTHING},
	    {0xffffff, 0xf39200, UNSEEN_NOTHING},
	    {0xe0a000, 0xffd200, UNSEEN_PARTS},
	    {0xffffff, 0xcfe8f5, UNSEEN_PARTS},
	    {0xa6a6a6, 0xd0d0d0, UNSEEN_PARTS},
	    {0xa0a0a0, 0xd0d0d0, UNSEEN_NOTHING},
	    {0x000080, 0x000000, UNSEEN_PARTS},
	    {0x00009a, 0x000000, UNSEEN_PARTS},
	    {0x0000ff, 0x000000, UNSEEN_NOTHING},
	    {0x000000, 0x0a2342, UNSEEN_PARTS},
	    {0x444444, 0x0b4f6c, UNSEEN_PARTS},
	    {0x000000, 0x0b4f6c, UNSEEN_NOTHING},
	    /* as light as the card, but seen */
	    {0xc8102e, 0x0b4f6c, UNSEEN_NOTHING},
	    {0x2563ff, 0x00843d, UNSEEN_NOTHING},
	    {0xffbb00, 0xf3e9d2, UNSEEN_NOTHING},
	    {0xffbb00, 0xcfe8f5, UNSEEN_NOTHING},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		unsigned ink = cases[i].ink, card = cases[i].card;
		if (find_letters(ink, 255, card, true) != cases[i].found)
			fail_msg("#%06x on #%06x", ink, card);
		assert_int_equal(find_letters(ink, 255, card, false), UNSEEN_NOTHING);
	}
}

static void
pale_ink_on_a_white_card_is_as_it_was_meant(void **state)
{
	(void)state;
	static const unsigned inks[] = {0xffd200, 0xffff00, 0xc8c8c8, 0xd6d6d6, 0xcfe8f5},
			      cards[] = {0xffffff, 0xfafafa, 0xfffdf5};
	for (size_t i = 0; i < sizeof inks / sizeof *inks; i++)
		for (size_t k = 0; k < sizeof cards / sizeof *cards; k++) {
			assert_false(unseen_is_chosen(rgb(cards[k])));
			assert_int_equal(find_letters(inks[i], 255, cards[k], true),
			    find_letters(inks[i], 255, cards[k], false));
		}
	assert_int_equal(find_letters(0xffff00, 255, 0xffffff, true), UNSEEN_NOTHING);
	assert_int_equal(find_letters(0xfffae1, 255, 0xffffff, true), UNSEEN_PARTS);
}

static void
ink_that_lets_most_of_the_card_through_is_a_shadow(void **state)
{
	(void)state;
	assert_int_equal(find_letters(0xffffff, 200, 0xffd200, true), UNSEEN_PARTS);
	assert_int_equal(find_letters(0xffffff, 100, 0xffd200, true), UNSEEN_NOTHING);
}

static void
faint_ink_beside_ink_that_is_seen_is_seen(void **state)
{
	(void)state;
	const struct shape outlined[] = {{4, 4, 12, 12, 0x000080, 255},
	    {6, 6, 8, 8, 0xffffff, 255}, {20, 0, 9, 9, 0x000080, 255}};
	const struct shape half[] = {
	    {4, 4, 12, 12, 0xffffff, 255}, {16, 4, 12, 12, 0x000080, 255}};
	const struct shape apart[] = {
	    {4, 4, 12, 12, 0xffffff, 255}, {20, 2, 12, 16, 0x000080, 255}};
	const struct shape speck[] = {
	    {2, 2, 3, 3, 0xffffff, 255}, {8, 0, 31, 19, 0x000080, 255}};
	assert_int_equal(find(outlined, 3, 0xffd200, true), UNSEEN_NOTHING);
	assert_int_equal(find(apart, 2, 0xffd200, true), UNSEEN_PARTS);
	assert_int_equal(find(speck, 2, 0xffd200, true), UNSEEN_NOTHING);
	/* a flag on a margin */
	assert_int_equal(find(half, 2, 0xffd200, true), UNSEEN_GROUND);
	/* a seam of two shapes is not a gap */
	const struct shape striped[] = {{4, 2, 30, 6, 0xffffff, 255},
	    {4, 8, 30, 1, 0xe0ecf5, 192}, {4, 9, 30, 8, 0x0d5eaf, 255},
	    {20, 2, 4, 16, 0x0d5eaf, 255}};
	assert_int_equal(find(striped, 4, 0xcfe8f5, true), UNSEEN_NOTHING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(faint_ink_on_a_chosen_card_is_unseen),
	    cmocka_unit_test(pale_ink_on_a_white_card_is_as_it_was_meant),
	    cmocka_unit_test(ink_that_lets_most_of_the_card_through_is_a_shadow),
	    cmocka_unit_test(faint_ink_beside_ink_that_is_seen_is_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
