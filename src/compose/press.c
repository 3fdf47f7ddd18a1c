#include "compose/press.h"

/* 3 mm; and the marks: how far from the bleed, how long, how thick */
static const double BLEED = 8.504, MARK_GAP = 2, MARK_LEN = 14, MARK_LINE = 0.25;
/* lengths that differ by less are alike */
static const double NEAR = 0.01;

enum { MARKS = 8 };

/* Lets AREA of PAGE reach beyond the edges that it touches.  Not across a round corner:
 * what lies below it does there. */
static void
area_bleed(struct area_box *area, const struct page *page)
{
	struct rect *r = &area->rect;
	if (area->radius > 0 || area->stroked)
		return;
	double left = r->x < NEAR ? BLEED : 0, below = r->y < NEAR ? BLEED : 0;
	double right = r->x + r->w > page->w - NEAR ? BLEED : 0;
	double above = r->y + r->h > page->h - NEAR ? BLEED : 0;
	*r = (struct rect){
	    r->x - left, r->y - below, r->w + left + right, r->h + below + above};
}

/* The mark I of PAGE: two at each corner, in line with the edges. */
static struct rect
mark_place(const struct page *page, int i)
{
	const double away = BLEED + MARK_GAP;
	bool right = i & 1, top = i & 2, level = i & 4;
	double x = right ? page->w : 0, y = top ? page->h : 0;
	if (level)
		return (struct rect){right ? x + away : x - away - MARK_LEN,
		    y - MARK_LINE / 2, MARK_LEN, MARK_LINE};
	return (struct rect){
	    x - MARK_LINE / 2, top ? y + away : y - away - MARK_LEN, MARK_LINE, MARK_LEN};
}

static void
page_prepare(struct arena *a, struct page *page)
{
	struct box *boxes =
	    arena_alloc(a, ((size_t)page->nboxes + MARKS) * sizeof *boxes);
	for (int i = 0; i < page->nboxes; i++) {
		boxes[i] = page->boxes[i];
		if (boxes[i].kind == BOX_AREA)
			area_bleed(&boxes[i].area, page);
	}
	for (int i = 0; i < MARKS; i++)
		boxes[page->nboxes++] = (struct box){.kind = BOX_AREA,
		    .mark = MARK_ORNAMENT,
		    .area = {.rect = mark_place(page, i), .filled = true}};
	page->boxes = boxes;
}

void
press_prepare(struct arena *a, struct document *doc)
{
	doc->bleed = BLEED;
	doc->slug = 2 * MARK_GAP + MARK_LEN;
	for (int i = 0; i < doc->npages; i++)
		page_prepare(a, &doc->pages[i]);
}
