#include "compose/page.h"

#include <math.h>
#include <string.h>

#include "compose/draw.h"

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
		    c->theme.colors.bars[i % 2]);
	}
}

void
page_paper(struct composer *c)
{
	const struct theme *t = &c->theme;
	if (t->colors.paper.r != 255 || t->colors.paper.g != 255 ||
	    t->colors.paper.b != 255)
		area_add(&c->build, MARK_BACKGROUND,
		    (struct rect){0, 0, t->page_w, t->page_h}, t->colors.paper);
}

/* The bytes of the text of LINE, blanks at its end not counted. */
static size_t
line_len(const struct line *line)
{
	size_t len = 0;
	for (int i = 0; i < line->n; i++) {
		const struct piece *piece = &line->pieces[i];
		len += piece->actual != NULL ? strlen(piece->actual) : piece->glyphs.len;
	}
	const struct glyph_run *last = &line->pieces[line->n - 1].glyphs;
	return last->len > 0 && last->text[last->len - 1] == ' ' ? len - 1 : len;
}

/* TEXT, or as many of its words as fit in WIDTH with an ellipsis after them. */
static struct line
footer_line(struct composer *c, const char *text, double width)
{
	const struct text_style *style = &c->theme.footer;
	const struct font *font = &c->setter.fonts->list[FACE_REGULAR];
	const char *ellipsis = font_has(font, 0x2026) ? "\xe2\x80\xa6" : "...";
	struct paragraph set = text_set(&c->setter, text, style, width);
	double room = width;
	while (set.n > 1 && (room -= style->size) > 0) {
		struct paragraph shorter = text_set(&c->setter, text, style, room);
		const char *cut = arena_printf(
		    c->a, "%.*s%s", (int)line_len(&shorter.lines[0]), text, ellipsis);
		set = text_set(&c->setter, cut, style, width);
	}
	return set.n > 0 ? set.lines[0] : (struct line){0};
}

void
page_start(struct composer *c)
{
	const struct theme *t = &c->theme;
	int number = page_add(&c->build, t->page_w, t->page_h) + 1;
	page_paper(c);
	area_add(&c->build, MARK_BACKGROUND,
	    (struct rect){0, t->page_h - t->strip_h, t->page_w, t->strip_h},
	    t->colors.accent);
	/* the skyline of page 1 once more, small */
	double left = 0.6 * t->page_w;
	struct rect ground = {
	    left, t->page_h - t->strip_h, t->page_w - left, 0.7 * t->strip_h};
	skyline_draw(c, &(struct skyline){ground, t->page_w, 0, 0.75 * t->strip_h});
	const char *digits =
	    arena_printf(c->a, "%s %d", c->brochure->words.page.s, number);
	struct line page = footer_line(c, digits, t->content_w);
	struct line title =
	    footer_line(c, c->text->title.s, t->content_w - page.width - 24);
	double y = t->margin_bottom - 3 * GRID_UNIT;
	struct pen pen = {.mark = MARK_FOOTER};
	line_draw(c, &pen, &title, t->margin_x, y);
	line_draw(c, &pen, &page, t->page_w - t->margin_x - page.width, y);
}
