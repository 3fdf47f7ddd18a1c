#include "compose/ornament.h"

enum { PATTERN = 13, ROWS_MAX = 4, SHIFT = 12 };

/* What a tile shows: a ground, a shape on it, or both. */
struct tile {
	int ground;               /* a tone; -1: the colour of the band */
	struct rect shape;        /* in parts of the tile */
	double radius;            /* in parts of it too */
	enum area_corner corners; /* 0: a full circle */
	int tone;
};

/* clang-format off */
#define QUARTER(ground, corner, tone) {ground, {0, 0, 1, 1}, 1, corner, tone}
#define LEAF(ground, tone)   {ground, {0, 0, 1, 1}, 1, CORNER_LOWER_LEFT | CORNER_UPPER_RIGHT, tone}
#define PETAL(ground, tone)  {ground, {0, 0, 1, 1}, 1, CORNER_LOWER_RIGHT | CORNER_UPPER_LEFT, tone}
#define DISC(ground, tone)   {ground, {0, 0, 1, 1}, 0.5, 0, tone}
#define DOT(ground, tone)    {ground, {0.25, 0.25, 0.5, 0.5}, 0.25, 0, tone}
#define DOME(ground, tone)   {ground, {0, 0, 1, 0.5}, 0.5, CORNER_UPPER_LEFT | CORNER_UPPER_RIGHT, tone}
#define ARCH(ground, tone)   {ground, {0, 0, 1, 1}, 0.5, CORNER_UPPER_LEFT | CORNER_UPPER_RIGHT, tone}

static const struct tile pattern[PATTERN] = {
    ARCH(-1, 1), LEAF(0, 1), QUARTER(-1, CORNER_LOWER_LEFT, 1), DISC(0, 2), PETAL(-1, 1),
    QUARTER(0, CORNER_UPPER_LEFT, 1), DOME(-1, 1), DOT(0, 2), QUARTER(-1, CORNER_LOWER_RIGHT, 2),
    PETAL(0, 1), QUARTER(-1, CORNER_UPPER_RIGHT, 1), DISC(1, -1), LEAF(-1, 1)};
/* clang-format on */

static struct color
tone(const struct composer *c, int number)
{
	const struct palette *p = &c->theme.colors;
	return number < 0 ? p->accent : p->tones[number];
}

static void
tile_draw(struct composer *c, const struct tile *tile, struct rect at)
{
	if (tile->ground >= 0)
		area_add(&c->build, MARK_BACKGROUND, at, tone(c, tile->ground));
	const struct rect s = tile->shape;
	struct rect shape = {
	    at.x + s.x * at.w, at.y + s.y * at.h, s.w * at.w, s.h * at.h};
	struct area_box *area =
	    area_add(&c->build, MARK_BACKGROUND, shape, tone(c, tile->tone));
	area->radius = tile->radius * at.w;
	area->corners = tile->corners;
}

void
frieze_draw(struct composer *c, const struct frieze *frieze)
{
	double side = frieze->tile;
	int n = frieze->ncolumns, reach = n;
	for (int row = 0; row < ROWS_MAX; row++) {
		for (int i = n - reach; i < n; i++) {
			double x = frieze->x + i * side;
			double room =
			    x >= frieze->free_x ? frieze->free_h : frieze->height;
			/* counted from the right, where all rows end */
			int k = (n - 1 - i + SHIFT * row) % PATTERN;
			if ((row + 1) * side <= room + 0.01)
				tile_draw(c, &pattern[PATTERN - 1 - k],
				    (struct rect){x, frieze->y + row * side, side, side});
		}
		reach = row == 0 ? n / 3 : reach / 2;
	}
}
