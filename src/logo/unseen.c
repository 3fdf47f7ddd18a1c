#include "logo/unseen.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/colors.h"

/* Levels by which a colour is as good as the card's.  #fffae1 differs by 30 from white.
 */
enum { PALE = 40 };

/* Ink of less contrast than FAINT with its card is not read there, unless its red or its
 * green differs by more than HUE levels, or its blue, of which the eye takes least
 * detail, by more than BLUE.  White on yellow is not read for all its blue, but yellow on
 * a pale card, as meant for white, is.  White on #ffd200 has 1.45, navy on black 1.31. Of
 * 650 logos on 11 cards, 1.5 leaves out ochre on yellow, which nobody reads, and 1.7
 * takes in gold on gray, which all see; 48 levels leave out gray on blue, and 96 take in
 * orange on gray; without BLUE, blue on green would be told. */
static const double FAINT = 1.6, LIGHT = 0.5;
enum { HUE = 64, BLUE = 160 };

/* Where two shapes meet, a quarter of the card shows through at most: so many levels. */
enum { SEAM = 64 };

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

/* A card, and how light colours are. */
struct sight {
	struct color card;
	bool faint;           /* faint ink counts as unseen, too */
	double light[3][256]; /* of each level of red, green and blue (WCAG) */
};

bool
unseen_is_chosen(struct color card)
{
	return !image_is_near((const unsigned char[]){255, 255, 255}, card, PALE);
}

static void
sight_open(struct sight *s, struct color card, bool faint)
{
	s->card = card;
	s->faint = faint && unseen_is_chosen(card);
	for (int i = 0; s->faint && i < 256; i++) {
		unsigned char v = (unsigned char)i;
		s->light[0][v] = 0.05 + color_luminance((struct color){v, 0, 0});
		s->light[1][v] = color_luminance((struct color){0, v, 0});
		s->light[2][v] = color_luminance((struct color){0, 0, v});
	}
}

static bool
is_faint(const struct sight *s, const unsigned char *a)
{
	const struct color c = s->card;
	double ink = s->light[0][a[0]] + s->light[1][a[1]] + s->light[2][a[2]];
	double card = s->light[0][c.r] + s->light[1][c.g] + s->light[2][c.b];
	return abs(a[0] - c.r) <= HUE && abs(a[1] - c.g) <= HUE &&
	    (abs(a[2] - c.b) <= BLUE || (card > LIGHT && a[2] > c.b)) &&
	    ink < FAINT * card && card < FAINT * ink;
}

/* What a pixel is that is A on its card, and B on the contrary one. */
static enum kind
kind_of(const struct sight *s, const unsigned char *a, const unsigned char *b)
{
	if (!image_is_near(a, s->card, PALE) && !(s->faint && is_faint(s, a)))
		return INK;
	bool solid = s->faint ? image_is_near(b, (struct color){a[0], a[1], a[2]}, SEAM)
			      : image_is_near(b, s->card, PALE);
	return solid ? PALE_INK : CLEAR;
}

struct color
unseen_contrary(struct color card)
{
	unsigned char v = card.r + card.g + card.b > 382 ? 0 : 255;
	return (struct color){v, v, v};
}

static void
map_open(struct map *map, const struct image *image, const struct image *contrary,
    const struct sight *sight)
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
			*kind++ = (unsigned char)kind_of(sight,
			    image_color(image, row, x), image_color(contrary, other, x));
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
unseen_find(const struct image *image, const struct image *contrary, struct color card,
    bool faint)
{
	struct map map;
	struct sight sight;
	sight_open(&sight, card, faint);
	map_open(&map, image, contrary, &sight);
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
