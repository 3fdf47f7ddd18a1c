#include "compose/typeset.h"

#include <assert.h>
#include <linebreak.h>
#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "compose/linebreak.h"

/* letters that stay together at either side of a word that is cut */
enum { FRAGMENT_LETTERS = 3 };

/* --- segments ------------------------------------------------------------------------
 */

/* An atom of the paragraph and its glyphs. */
struct segment {
	struct glyph_run glyphs;
	const struct run *run;
	bool fragment; /* of a word that was cut without a break opportunity */
	bool hyphen;   /* shows a hyphen when a line ends behind it */
};

struct segments {
	struct segment *list; /* side by side with atoms */
	struct atom *atoms;
	int n;
};

/* The text of all runs in one piece, and where a line may end. */
struct joined {
	const char *text;
	const char *breaks; /* a byte of libunibreak's a byte of text */
	size_t len;
};

enum face
run_face(bool bold, unsigned style)
{
	bool italic = (style & RUN_EMPHASIS) != 0;
	bold = bold || (style & RUN_STRONG) != 0;
	return bold  ? italic ? FACE_BOLD_ITALIC : FACE_BOLD
	    : italic ? FACE_ITALIC
		     : FACE_REGULAR;
}

/* Shapes SPAN, tracking included. */
static struct glyph_run
style_shape(const struct setter *setter, const struct text_style *style,
    const struct font *font, struct span span)
{
	struct glyph_run run = font_shape(font, span, setter->a);
	int tracking = (int)lround(style->tracking * font->units_per_em / style->size);
	for (int i = 0; i < run.n; i++)
		run.glyphs[i].advance += tracking;
	run.advance += tracking * run.n;
	return run;
}

static struct joined
join(const struct setter *setter, struct runs runs)
{
	size_t len = 0;
	for (int i = 0; i < runs.n; i++)
		len += strlen(runs.list[i].text);
	char *text = arena_alloc(setter->a, len + 1);
	char *breaks = arena_alloc(setter->a, len + 1);
	size_t at = 0;
	for (int i = 0; i < runs.n; i++) {
		size_t n = strlen(runs.list[i].text);
		memcpy(text + at, runs.list[i].text, n);
		at += n;
	}
	set_linebreaks_utf8((const utf8_t *)text, len, setter->lang, breaks);
	return (struct joined){text, breaks, len};
}

/* Whether the white space before byte END follows a number. */
static bool
follows_number(const char *text, size_t end)
{
	while (end > 0 && strchr(" \t", text[end - 1]) != NULL)
		end--;
	return end > 0 && text[end - 1] >= '0' && text[end - 1] <= '9';
}

/* What a break behind the character that ends before byte END costs. */
static double
break_cost(const struct joined *joined, size_t end)
{
	static const char *const prefixes[] = {
	    "'s-", "\xe2\x80\x99s-", "'S-", "\xe2\x80\x99S-"};
	const char *text = joined->text;
	if (end == joined->len || joined->breaks[end - 1] == LINEBREAK_NOBREAK ||
	    joined->breaks[end - 1] == LINEBREAK_INSIDEACHAR)
		return LINEBREAK_NEVER;
	if (joined->breaks[end - 1] == LINEBREAK_MUSTBREAK)
		return LINEBREAK_FORCED;
	if (strchr(" \t", text[end - 1]) != NULL)
		return follows_number(text, end) ? LINEBREAK_NUMBER : LINEBREAK_FREE;
	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
		size_t n = strlen(prefixes[i]);
		if (end >= n && memcmp(text + end - n, prefixes[i], n) == 0)
			return LINEBREAK_NEVER;
	}
	return text[end - 1] == '-' ? LINEBREAK_HYPHEN : LINEBREAK_INSIDE;
}

/* Whether the word is an address, in which a hyphen at the end of a line would mislead.
 */
static bool
is_address(const char *text, size_t len)
{
	return memchr(text, '/', len) != NULL || memchr(text, '@', len) != NULL ||
	    memchr(text, '.', len) != NULL || memchr(text, '_', len) != NULL;
}

/* White space at the end of a segment hangs over the end of a line. */
static size_t
blank_len(const char *text, size_t len)
{
	size_t n = 0;
	while (n < len && strchr(" \t\n", text[len - 1 - n]) != NULL)
		n++;
	return n;
}

static double
glyphs_width(const struct glyph_run *glyphs, size_t from, size_t to, double size)
{
	long units = 0;
	for (int i = 0; i < glyphs->n; i++)
		if (glyphs->glyphs[i].cluster >= from && glyphs->glyphs[i].cluster < to)
			units += glyphs->glyphs[i].advance;
	return (double)units * size / glyphs->font->units_per_em;
}

/* One stretch of a run between two break opportunities. */
struct stretch {
	const struct run *run;
	const char *text;
	size_t len;
	double cost;
	bool fragment, hyphen;
};

/* Where segments go. */
struct segmenter {
	const struct setter *setter;
	const struct text_style *style;
	double measure;
	struct segments out;
};

static void
segment_add(struct segmenter *s, struct stretch stretch)
{
	const struct font *font =
	    &s->setter->fonts->list[run_face(s->style->bold, stretch.run->style)];
	size_t blank = blank_len(stretch.text, stretch.len);
	size_t shown = stretch.len - (blank > 0 && stretch.text[stretch.len - 1] == '\n');
	int n = s->out.n, natoms = s->out.n;
	struct segment *segment = arena_append(s->setter->a, s->out.list, n);
	struct atom *atom = arena_append(s->setter->a, s->out.atoms, natoms);
	s->out.n++;
	segment->run = stretch.run;
	segment->fragment = stretch.fragment;
	segment->hyphen = stretch.hyphen;
	segment->glyphs = style_shape(s->setter, s->style, font,
	    (struct span){stretch.text, shown, s->setter->lang});
	size_t solid = stretch.len - blank;
	atom->width = glyphs_width(&segment->glyphs, 0, solid, s->style->size);
	atom->blank = glyphs_width(&segment->glyphs, solid, shown, s->style->size);
	atom->cost = stretch.cost;
	if (stretch.hyphen) {
		struct glyph_run hyphen = style_shape(
		    s->setter, s->style, font, (struct span){"-", 1, s->setter->lang});
		atom->hyphen = hyphen.advance * s->style->size / font->units_per_em;
	}
}

/* Cuts a word that fits on no line between its characters (UAX #29 grapheme clusters). */
static void
fragments_add(struct segmenter *s, struct stretch word)
{
	bool address = is_address(word.text, word.len);
	size_t solid = word.len - blank_len(word.text, word.len);
	size_t start = 0, at = 0;
	utf8proc_int32_t previous = 0, state = 0;
	int letters = 0;
	while (at < solid) {
		utf8proc_int32_t u;
		utf8proc_ssize_t len =
		    utf8proc_iterate((const utf8proc_uint8_t *)word.text + at,
			(utf8proc_ssize_t)(solid - at), &u);
		if (len <= 0)
			break;
		bool boundary =
		    at > 0 && utf8proc_grapheme_break_stateful(previous, u, &state);
		if (boundary && letters >= FRAGMENT_LETTERS &&
		    solid - at >= FRAGMENT_LETTERS) {
			segment_add(s,
			    (struct stretch){word.run, word.text + start, at - start,
				LINEBREAK_EMERGENCY, true, !address});
			start = at;
		}
		letters += boundary || at == 0;
		previous = u;
		at += (size_t)len;
	}
	segment_add(s,
	    (struct stretch){
		word.run, word.text + start, word.len - start, word.cost, true, false});
}

static void
stretch_add(struct segmenter *s, struct stretch stretch)
{
	segment_add(s, stretch);
	const struct atom *atom = &s->out.atoms[s->out.n - 1];
	if (atom->width <= s->measure)
		return;
	s->out.n--;
	fragments_add(s, stretch);
}

/* Cuts RUNS; a word wider than MEASURE is cut between its characters. */
static struct segments
segments_make(const struct setter *setter, struct runs runs,
    const struct text_style *style, double measure)
{
	struct segmenter s = {setter, style, measure, {0}};
	struct joined joined = join(setter, runs);
	size_t start = 0, run_end = 0;
	for (int i = 0; i < runs.n; i++) {
		run_end += strlen(runs.list[i].text);
		for (size_t at = start; at < run_end; at++) {
			double cost = break_cost(&joined, at + 1);
			if (cost == LINEBREAK_NEVER && at + 1 < run_end)
				continue;
			stretch_add(&s,
			    (struct stretch){&runs.list[i], joined.text + start,
				at + 1 - start, cost, false, false});
			start = at + 1;
		}
	}
	return s.out;
}

/* --- lines ---------------------------------------------------------------------------
 */

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
	struct line line = {.style = style};
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

void
typeset_init(void)
{
	init_linebreak();
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
text_set(const struct setter *setter, const char *text, const struct text_style *style,
    double measure)
{
	struct run *run = arena_alloc(setter->a, sizeof *run);
	run->text = text;
	return paragraph_set(setter, (struct runs){run, 1}, style, measure);
}

double
style_baseline(const struct setter *setter, const struct text_style *style)
{
	const struct font *font = &setter->fonts->list[run_face(style->bold, 0)];
	double capitals = font->cap_height * style->size / font->units_per_em;
	return (style->leading + capitals) / 2;
}

double
text_widest_word(
    const struct setter *setter, const char *text, const struct text_style *style)
{
	struct arena scratch = {0};
	struct setter own = *setter;
	own.a = &scratch;
	struct run run = {.text = text};
	struct segments all =
	    segments_make(&own, (struct runs){&run, 1}, style, INFINITY);
	double widest = 0, word = 0;
	for (int i = 0; i < all.n; i++) {
		word += all.atoms[i].width;
		widest = fmax(widest, word);
		if (all.atoms[i].cost <= LINEBREAK_NUMBER)
			word = 0;
	}
	arena_free(&scratch);
	return widest;
}
