#include "compose/page.h"

#include <math.h>
#include <string.h>

#include "compose/draw.h"
#include "compose/ornament.h"

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

double
page_foot(const struct theme *theme)
{
	return theme->margin_bottom - 3 * GRID_UNIT;
}

static struct line
number_line(struct composer *c)
{
	const char *digits = arena_printf(c->a, "%d / %d", c->doc->npages, c->npages);
	return footer_line(c, digits, c->theme.content_w);
}

void
page_number(struct composer *c, double right)
{
	struct line line = number_line(c);
	struct pen pen = {.mark = MARK_FOOTER};
	line_draw(c, &pen, &line, right - line.width, page_foot(&c->theme));
}

/* The frieze of page 1 once more, small. */
static void
strip_draw(struct composer *c)
{
	const struct theme *t = &c->theme;
	double y = t->page_h - t->strip_h;
	int ntiles = (int)lround(t->page_w / t->strip_h) / 3;
	area_add(&c->build, MARK_BACKGROUND, (struct rect){0, y, t->page_w, t->strip_h},
	    t->colors.accent);
	frieze_draw(c,
	    &(struct frieze){.x = t->page_w - ntiles * t->strip_h,
		.y = y,
		.tile = t->strip_h,
		.ncolumns = ntiles,
		.height = t->strip_h,
		.free_x = t->page_w});
}

void
page_start(struct composer *c)
{
	const struct theme *t = &c->theme;
	page_add(&c->build, t->page_w, t->page_h);
	page_paper(c);
	strip_draw(c);
	double room = t->content_w - number_line(c).width - 3 * GRID_UNIT;
	struct line title = footer_line(c, c->brochure->title, room);
	struct pen pen = {.mark = MARK_FOOTER};
	line_draw(c, &pen, &title, t->margin_x, page_foot(t));
	page_number(c, t->margin_x + t->content_w);
}
