#include "logo/unseen.h"

#include <stdlib.h>

#include "base/arena.h"

/* Levels by which a colour is as good as the card's.  #fffae1 differs by 30 from white.
 */
enum { PALE = 40 };

/* Pixels of a side that are looked at. */
enum { SIDE_MAX = 800 };

/* Less than a part in LOST_SHARE does not matter.  A pale part is seen when one pixel in
 * TOUCH_SHARE at its edge lies beside what is seen. */
enum { LOST_SHARE = 33, LOST_MIN = 8, TOUCH_SHARE = 10 };

enum kind { CLEAR, INK, PALE_INK, PALE_DONE };

/* A logo with fewer pixels: what kind each is. */
struct map {
	int w, h;
	unsigned char *kinds;
	int *stack; /* of pixels whose neighbours are to be looked at */
};

/* A pale part: its pixels, and how many neighbours of them are what. */
struct part {
	long area, touches_ink, touches_clear;
};

struct color
unseen_contrary(struct color card)
{
	unsigned char v = card.r + card.g + card.b > 382 ? 0 : 255;
	return (struct color){v, v, v};
}

static void
map_open(struct map *map, const struct image *image, const struct image *contrary,
    struct color card)
{
	int longer = image->w > image->h ? image->w : image->h;
	int step = (longer + SIDE_MAX - 1) / SIDE_MAX;
	map->w = (image->w + step - 1) / step;
	map->h = (image->h + step - 1) / step;
	size_t n = (size_t)map->w * (size_t)map->h;
	map->kinds = memory_alloc(n);
	map->stack = memory_alloc(n * sizeof *map->stack);
	unsigned char *kind = map->kinds;
	for (int y = 0; y < image->h; y += step) {
		const unsigned char *row = image_row(image, y),
				    *other = image_row(contrary, y);
		for (int x = 0; x < image->w; x += step)
			*kind++ = !image_is_near(image_color(image, row, x), card, PALE)
			    ? INK
			    : image_is_near(image_color(contrary, other, x), card, PALE)
			    ? PALE_INK
			    : CLEAR;
	}
}

/* Looks at a neighbour of PART: one more pixel of it, or what lies beside it. */
static void
visit(struct map *map, int x, int y, int *n, struct part *part)
{
	bool inside = x >= 0 && y >= 0 && x < map->w && y < map->h;
	int i = y * map->w + x;
	int kind = inside ? map->kinds[i] : CLEAR;
	part->touches_ink += kind == INK;
	part->touches_clear += kind == CLEAR;
	if (kind != PALE_INK)
		return;
	map->kinds[i] = PALE_DONE;
	map->stack[(*n)++] = i;
	part->area++;
}

/* The pale part that the pixel I belongs to. */
static struct part
follow(struct map *map, int i)
{
	struct part part = {0};
	int n = 0;
	visit(map, i % map->w, i / map->w, &n, &part);
	while (n > 0) {
		int x = map->stack[--n] % map->w, y = map->stack[n] / map->w;
		visit(map, x - 1, y, &n, &part);
		visit(map, x + 1, y, &n, &part);
		visit(map, x, y - 1, &n, &part);
		visit(map, x, y + 1, &n, &part);
	}
	return part;
}

/* Whether what is not clear fills a rectangle. */
static bool
is_rectangle(const struct map *map)
{
	int left = map->w, right = 0, top = map->h, bottom = 0;
	long filled = 0;
	for (int y = 0; y < map->h; y++)
		for (int x = 0; x < map->w; x++) {
			if (map->kinds[y * map->w + x] == CLEAR)
				continue;
			filled++;
			left = x < left ? x : left;
			right = x >= right ? x + 1 : right;
			top = y < top ? y : top;
			bottom = y + 1;
		}
	long room = (long)(right - left) * (bottom - top);
	return filled > 0 && filled * 1000 >= room * 995;
}

enum unseen
unseen_find(const struct image *image, const struct image *contrary, struct color card)
{
	struct map map;
	map_open(&map, image, contrary, card);
	long lost = 0, pale = 0, ink = 0;
	for (int i = 0; i < map.w * map.h; i++) {
		ink += map.kinds[i] == INK;
		if (map.kinds[i] != PALE_INK)
			continue;
		struct part part = follow(&map, i);
		pale += part.area;
		if (part.touches_ink * TOUCH_SHARE <
		    part.touches_ink + part.touches_clear)
			lost += part.area;
	}
	bool ground = is_rectangle(&map);
	free(map.kinds);
	free(map.stack);
	if (ground && ink > 0)
		return UNSEEN_GROUND;
	return lost >= LOST_MIN && lost * LOST_SHARE >= pale + ink ? UNSEEN_PARTS
								   : UNSEEN_NOTHING;
}
