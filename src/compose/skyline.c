#include "compose/skyline.h"

#include <math.h>

enum { BARS_MAX = 24 };

/* a bar's share of its place, the widest place, and the first bar's height to the last
 * one's */
static const double SHARE = 0.76, MAX_PITCH = 48, LOWEST = 0.35;

/* Short numbers make a small file. */
static double
snap(double length)
{
	return floor(length * 10) / 10;
}

void
skyline_draw(struct composer *c, const struct skyline *skyline)
{
	/* heights that look unplanned, in hundredths of the tallest */
	static const int heights[BARS_MAX] = {34, 58, 45, 80, 100, 68, 52, 86, 64, 40, 92,
	    49, 61, 74, 37, 83, 56, 97, 47, 70, 42, 89, 60, 78};
	const struct rect *ground = &skyline->ground;
	int n = c->cities->n < BARS_MAX ? c->cities->n : BARS_MAX;
	double pitch = snap(fmin(ground->w / (n - 1 + SHARE), MAX_PITCH));
	double bar = snap(pitch * SHARE);
	double right = ground->x + ground->w;
	double left = pitch < MAX_PITCH ? ground->x : right - (n - 1) * pitch - bar;
	/* one colour after the other, so that it is set twice and not for every bar */
	for (int k = 0; k < n; k++) {
		int i = 2 * k < n ? 2 * k : 2 * (k - (n + 1) / 2) + 1;
		double x = left + i * pitch;
		double rise = LOWEST + (1 - LOWEST) * (i + 1) / n;
		double room = x > skyline->free_x ? skyline->free_h : ground->h;
		double h = fmin(skyline->tallest, room) * rise * heights[i] / 100.0;
		area_add(&c->build, MARK_BACKGROUND,
		    (struct rect){x, ground->y, i + 1 < n ? bar : right - x, snap(h)},
		    c->theme.bars[i % 2]);
	}
}
