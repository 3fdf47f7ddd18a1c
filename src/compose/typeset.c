#include "compose/typeset.h"

#include <assert.h>
#include <string.h>

#include "compose/linebreak.h"
#include "compose/segment.h"

static double
points(const struct text_style *style, const struct glyph_run *glyphs)
{
	return glyphs->advance * style->size / glyphs->font->units_per_em;
}

/* Whether segment B goes on where A ends, in one piece with it. */
static bool
continues(const struct segment *a, const struct segment *b)
{
	return a->run == b->run && a->fragment == b->fragment &&
	    a->glyphs.text + a->glyphs.len == b->glyphs.text;
}

/* The glyphs of segments FIRST to LAST, which stand side by side in the text, as a copy
 * of A's: segments do not outlive the setting of their paragraph. */
static struct glyph_run
glyphs_join(struct arena *a, const struct segment *first, const struct segment *last)
{
	const char *text = first->glyphs.text;
	struct glyph_run all = {.font = first->glyphs.font};
	for (const struct segment *s = first; s <= last; s++)
		all.n += s->glyphs.n;
	all.len = (size_t)(last->glyphs.text - text) + last->glyphs.len;
	all.text = arena_strndup(a, text, all.len);
	all.glyphs = arena_alloc(a, (size_t)all.n * sizeof *all.glyphs);
	int n = 0;
	for (const struct segment *s = first; s <= last; s++) {
		size_t offset = (size_t)(s->glyphs.text - text);
		for (int i = 0; i < s->glyphs.n; i++) {
			all.glyphs[n] = s->glyphs.glyphs[i];
			all.glyphs[n++].cluster += (uint32_t)offset;
		}
		all.advance += s->glyphs.advance;
	}
	return all;
}

/* The part of a cut word at the end of a line: with a hyphen that is no part of the text.
 */
static void
hyphen_show(
    const struct setter *setter, const struct text_style *style, struct piece *piece)
{
	const struct glyph_run *glyphs = &piece->glyphs;
	piece->actual = arena_strndup(setter->a, glyphs->text, glyphs->len);
	const char *shown = arena_printf(setter->a, "%s-", piece->actual);
	piece->glyphs = style_shape(setter, style, glyphs->font,
	    (struct span){shown, strlen(shown), setter->lang});
}

/* The line of segments FIRST to LAST. */
static struct line
line_make(const struct setter *setter, const struct text_style *style,
    const struct segments *all, const int range[2])
{
	struct line line = {0};
	double x = 0;
	for (int i = range[0]; i <= range[1];) {
		int end = i;
		while (end < range[1] && continues(&all->list[end], &all->list[end + 1]))
			end++;
		struct piece *piece = arena_append(setter->a, line.pieces, line.n);
		piece->run = all->list[i].run;
		piece->glyphs = glyphs_join(setter->a, &all->list[i], &all->list[end]);
		piece->x = x;
		if (end == range[1] && all->list[end].hyphen)
			hyphen_show(setter, style, piece);
		piece->width = points(style, &piece->glyphs);
		x += piece->width;
		i = end + 1;
	}
	assert(line.n > 0);
	struct piece *last = &line.pieces[line.n - 1];
	last->width -= all->atoms[range[1]].blank;
	line.width = last->x + last->width;
	return line;
}

/* Makes the lines of SEGMENTS. */
static struct paragraph
lines_make(const struct setter *setter, const struct text_style *style,
    const struct segments *all, double measure)
{
	struct paragraph paragraph = {0};
	struct arena scratch = {0};
	int *ends;
	int nlines =
	    lines_break((struct atoms){all->atoms, all->n}, measure, &scratch, &ends);
	for (int first = 0; paragraph.n < nlines;) {
		int last = ends[paragraph.n];
		struct line *line = arena_append(setter->a, paragraph.lines, paragraph.n);
		*line = line_make(setter, style, all, (const int[2]){first, last});
		if (line->width > paragraph.width)
			paragraph.width = line->width;
		if (all->atoms[last].cost == LINEBREAK_EMERGENCY)
			paragraph.emergency = true;
		first = last + 1;
	}
	arena_free(&scratch);
	return paragraph;
}

struct paragraph
paragraph_set(const struct setter *setter, struct runs runs,
    const struct text_style *style, double measure)
{
	struct arena scratch = {0};
	struct setter own = *setter;
	own.a = &scratch;
	struct paragraph paragraph = {0};
	struct segments all = segments_make(&own, runs, style, measure);
	if (all.n > 0)
		paragraph = lines_make(setter, style, &all, measure);
	arena_free(&scratch);
	return paragraph;
}

struct paragraph
text_set(const struct setter *setter, struct text text, const struct text_style *style,
    double measure)
{
	struct run *run = arena_alloc(setter->a, sizeof *run);
	run->text = text.s;
	run->at = text.at;
	return paragraph_set(setter, (struct runs){run, 1}, style, measure);
}

double
style_baseline(const struct setter *setter, const struct text_style *style)
{
	const struct font *font =
	    &setter->fonts->list[style->bold ? FACE_BOLD : FACE_REGULAR];
	double capitals = font->cap_height * style->size / font->units_per_em;
	return (style->leading + capitals) / 2;
}
