#include "compose/typeset.h"

#include <assert.h>
#include <linebreak.h>
#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "compose/linebreak.h"

/* letters that stay together at either side of a word that is cut */
enum { FRAGMENT_LETTERS = 3 };

/* in the place of one of libunibreak's */
enum { SOFT_HYPHEN = 'h' };

/* --- segments ----------------------------------------------------------------- */

/* An atom of the paragraph and its glyphs. */
struct segment {
	struct glyph_run glyphs;
	const struct run *run;
	bool fragment; /* of a word that was cut without a break opportunity */
	bool hyphen;   /* shows a hyphen when a line ends after it */
};

/* A paragraph on its way. */
struct setting {
	const struct setter *setter;
	const struct text_style *style;
	double measure;
	struct arena scratch; /* of all that does not outlive the setting */
	char *text;           /* of all runs in one piece */
	char *breaks; /* where a line may end: a byte of libunibreak's a byte, or: */
	size_t len;
	size_t *ends;             /* of the runs in it */
	struct segment *segments; /* side by side with the atoms */
	struct atom *atoms;
	int n;
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

static int
tracking_units(const struct setting *s, const struct font *font)
{
	return (int)lround(s->style->tracking * font->units_per_em / s->style->size);
}

/* Shapes TEXT, tracking included. */
static struct glyph_run
shape(struct setting *s, struct arena *a, const struct font *font, struct bytes text)
{
	const struct span span = {text.data, text.len, s->setter->lang};
	struct glyph_run run = font_shape(font, span, a);
	int tracking = tracking_units(s, font);
	for (int i = 0; i < run.n; i++)
		run.glyphs[i].advance += tracking;
	run.advance += tracking * run.n;
	return run;
}

/* --- words that were shaped ---------------------------------------------------- */

enum { SHAPED_MAX = 1024 };

/* A place for a word, by its bytes; the first one keeps it. */
struct shaped {
	struct glyph_run run; /* without glyphs: free */
	int tracking;
};

struct shaped *
shaped_make(struct arena *a)
{
	return arena_alloc(a, SHAPED_MAX * sizeof(struct shaped));
}

/* The same as shape(); the glyphs belong to the setter or to the scratch arena. */
static struct glyph_run
shape_word(struct setting *s, const struct font *font, struct bytes text)
{
	if (s->setter->shaped == NULL)
		return shape(s, &s->scratch, font, text);
	const unsigned char *bytes = text.data;
	uint32_t hash = 2166136261u; /* FNV-1a */
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ bytes[i]) * 16777619u;
	struct shaped *kept = &s->setter->shaped[(hash ^ hash >> 16) % SHAPED_MAX];
	struct glyph_run *run = &kept->run;
	if (run->glyphs == NULL) {
		const char *own = arena_strndup(s->setter->a, text.data, text.len);
		*run = shape(s, s->setter->a, font, (struct bytes){own, text.len});
		kept->tracking = tracking_units(s, font);
	} else if (run->font != font || kept->tracking != tracking_units(s, font) ||
	    run->len != text.len || memcmp(run->text, text.data, text.len) != 0) {
		return shape(s, &s->scratch, font, text);
	}
	struct glyph_run same = *run;
	same.text = text.data;
	return same;
}

static double
points(const struct setting *s, const struct glyph_run *glyphs)
{
	return glyphs->advance * s->style->size / glyphs->font->units_per_em;
}

/* Removes the soft hyphens, which no reader is to copy, and keeps their places. */
static void
hyphens_remove(struct setting *s, int nruns)
{
	size_t n = 0;
	for (size_t i = 0, run = 0; i <= s->len; i++) {
		for (; run < (size_t)nruns && s->ends[run] == i; run++)
			s->ends[run] = n;
		if (strncmp(s->text + i, "\xc2\xad", 2) == 0) {
			if (n > 0 && s->breaks[i + 1] == LINEBREAK_ALLOWBREAK)
				s->breaks[n - 1] = SOFT_HYPHEN;
			i++;
			continue;
		}
		s->text[n] = s->text[i];
		s->breaks[n++] = s->breaks[i];
	}
	s->len = n - 1;
}

static void
join(struct setting *s, struct runs runs)
{
	s->ends = arena_alloc(&s->scratch, (size_t)runs.n * sizeof *s->ends);
	for (int i = 0; i < runs.n; i++)
		s->ends[i] = s->len += strlen(runs.list[i].text);
	char *end = s->text = arena_alloc(&s->scratch, s->len + 1);
	s->breaks = arena_alloc(&s->scratch, s->len + 1);
	for (int i = 0; i < runs.n; i++)
		end = stpcpy(end, runs.list[i].text);
	set_linebreaks_utf8((const utf8_t *)s->text, s->len, s->setter->lang, s->breaks);
	if (strstr(s->text, "\xc2\xad") != NULL)
		hyphens_remove(s, runs.n);
	/* a blank, or the words on both sides would be one when they are read out */
	for (char *p = s->text; (p = strchr(p, '\n')) != NULL;)
		*p = ' ';
}

/* Whether the white space before byte END follows a number. */
static bool
follows_number(const char *text, size_t end)
{
	while (end > 0 && strchr(" \t", text[end - 1]) != NULL)
		end--;
	return end > 0 && text[end - 1] >= '0' && text[end - 1] <= '9';
}

/* Whether a word of LEN bytes is a sign between items, as in "Leuven · Belgium". */
static bool
is_separator(const char *word, size_t len)
{
	static const char *const signs[] = {
	    "\xc2\xb7", "\xe2\x80\xa2", "\xe2\x80\x93", "\xe2\x80\x94", "|", "/", "-"};
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (strlen(signs[i]) == len && memcmp(word, signs[i], len) == 0)
			return true;
	return false;
}

/* What a break after the white space before byte END costs in a line of items. */
static double
item_cost(const char *text, size_t end)
{
	size_t solid = end, start;
	while (solid > 0 && strchr(" \t", text[solid - 1]) != NULL)
		solid--;
	for (start = solid; start > 0 && strchr(" \t", text[start - 1]) == NULL;)
		start--;
	if (is_separator(text + end, strcspn(text + end, " \t")))
		return LINEBREAK_ITEM;
	if (is_separator(text + start, solid - start))
		return LINEBREAK_FREE;
	bool listed = solid > 0 && strchr(",;", text[solid - 1]) != NULL;
	return listed ? LINEBREAK_INSIDE : LINEBREAK_ITEM;
}

/* What a break after the character that ends before byte END costs. */
static double
break_cost(const struct setting *s, size_t end)
{
	static const char *const prefixes[] = {
	    "'s-", "\xe2\x80\x99s-", "'S-", "\xe2\x80\x99S-"};
	char may = s->breaks[end - 1], last = s->text[end - 1];
	if (end == s->len || may == LINEBREAK_NOBREAK || may == LINEBREAK_INSIDEACHAR)
		return LINEBREAK_NEVER;
	if (may == LINEBREAK_MUSTBREAK)
		return LINEBREAK_FORCED;
	if (may == SOFT_HYPHEN)
		return LINEBREAK_HYPHEN;
	if (last == ' ' || last == '\t')
		return s->style->items             ? item_cost(s->text, end)
		    : follows_number(s->text, end) ? LINEBREAK_NUMBER
						   : LINEBREAK_FREE;
	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
		size_t n = strlen(prefixes[i]);
		if (end >= n && memcmp(s->text + end - n, prefixes[i], n) == 0)
			return LINEBREAK_NEVER;
	}
	return last == '-' ? LINEBREAK_HYPHEN : LINEBREAK_INSIDE;
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
	while (n < len && strchr(" \t", text[len - 1 - n]) != NULL)
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

/* Adds LEN bytes at TEXT of SEGMENT's run, after which a break costs COST. */
static void
segment_add(
    struct setting *s, struct segment segment, const char *text, size_t len, double cost)
{
	enum face face = run_face(s->style->bold, segment.run->style);
	const struct font *font = &s->setter->fonts->list[face];
	size_t blank = blank_len(text, len), solid = len - blank;
	segment.glyphs = shape_word(s, font, (struct bytes){text, len});
	struct atom atom = {
	    .width = glyphs_width(&segment.glyphs, 0, solid, s->style->size),
	    .blank = glyphs_width(&segment.glyphs, solid, len, s->style->size),
	    .cost = cost,
	};
	if (segment.hyphen) {
		struct glyph_run hyphen = shape_word(s, font, (struct bytes){"-", 1});
		atom.hyphen = points(s, &hyphen);
	}
	int natoms = s->n;
	*arena_append(&s->scratch, s->atoms, natoms) = atom;
	*arena_append(&s->scratch, s->segments, s->n) = segment;
}

/* Cuts a word of RUN that fits on no line between its characters (UAX #29 grapheme
 * clusters). */
static void
fragments_add(struct setting *s, const struct run *run, const char *word, size_t len)
{
	const struct segment part = {
	    .run = run, .fragment = true, .hyphen = !is_address(word, len)};
	size_t end = (size_t)(word + len - s->text);
	const struct segment last = {
	    .run = run, .fragment = true, .hyphen = s->breaks[end - 1] == SOFT_HYPHEN};
	size_t solid = len - blank_len(word, len), start = 0;
	int32_t u, previous = 0, state = 0;
	int letters = 0;
	for (size_t at = 0, n; at < solid; at += n) {
		n = utf8_decode(word + at, solid - at, &u);
		bool boundary =
		    at > 0 && utf8proc_grapheme_break_stateful(previous, u, &state);
		if (boundary && letters >= FRAGMENT_LETTERS &&
		    solid - at >= FRAGMENT_LETTERS) {
			segment_add(
			    s, part, word + start, at - start, LINEBREAK_EMERGENCY);
			start = at;
		}
		letters += boundary || at == 0;
		previous = u;
	}
	segment_add(s, last, word + start, len - start, break_cost(s, end));
}

/* Cuts RUNS; a word wider than the measure is cut between its characters. */
static void
segments_make(struct setting *s, struct runs runs)
{
	size_t start = 0;
	join(s, runs);
	for (int i = 0; i < runs.n; i++) {
		const struct run *run = &runs.list[i];
		const size_t run_end = s->ends[i];
		for (size_t end = start + 1; end <= run_end; end++) {
			double cost = break_cost(s, end);
			if (cost == LINEBREAK_NEVER && end < run_end)
				continue;
			const char *text = s->text + start;
			bool hyphen = s->breaks[end - 1] == SOFT_HYPHEN && end < s->len;
			segment_add(s, (struct segment){.run = run, .hyphen = hyphen},
			    text, end - start, cost);
			const struct atom *atom = &s->atoms[s->n - 1];
			if (atom->width + atom->hyphen > s->measure) {
				s->n--;
				fragments_add(s, run, text, end - start);
			}
			start = end;
		}
	}
}

/* --- lines -------------------------------------------------------------------- */

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

/* The part of a cut word at the end of a line: with a hyphen that is not in the text. */
static void
hyphen_show(struct setting *s, struct piece *piece)
{
	struct arena *a = s->setter->a;
	const struct glyph_run *glyphs = &piece->glyphs;
	piece->actual = arena_strndup(a, glyphs->text, glyphs->len);
	const char *shown = arena_printf(a, "%s-", piece->actual);
	piece->glyphs = shape(s, a, glyphs->font, bytes_of(shown));
}

/* Whether a word goes on in segment FIRST after a hyphen of its own. */
static bool
follows_hyphen(const struct setting *s, int first)
{
	const struct segment *before = &s->segments[first > 0 ? first - 1 : 0];
	const struct glyph_run *glyphs = &before->glyphs;
	return first > 0 && !before->hyphen && glyphs->len > 0 &&
	    glyphs->text[glyphs->len - 1] == '-';
}

/* Puts a blank before the piece that begins a line. */
static void
blank_put(struct setting *s, struct piece *piece)
{
	double width = points(s, &piece->glyphs);
	const char *text = arena_printf(
	    s->setter->a, " %.*s", (int)piece->glyphs.len, piece->glyphs.text);
	piece->glyphs = shape(s, s->setter->a, piece->glyphs.font, bytes_of(text));
	piece->x = width - points(s, &piece->glyphs);
	piece->blank = true;
}

/* The line of segments FIRST to LAST. */
static struct line
line_make(struct setting *s, int first, int last)
{
	struct line line = {.style = s->style};
	double x = 0;
	for (int i = first, end; i <= last; i = end + 1) {
		const struct segment *list = s->segments;
		for (end = i; end < last && continues(&list[end], &list[end + 1]);)
			end++;
		struct piece *piece = arena_append(s->setter->a, line.pieces, line.n);
		piece->run = list[i].run;
		piece->glyphs = glyphs_join(s->setter->a, &list[i], &list[end]);
		piece->x = x;
		if (end == last && list[end].hyphen)
			hyphen_show(s, piece);
		if (i == first && follows_hyphen(s, first))
			blank_put(s, piece);
		piece->width = points(s, &piece->glyphs);
		x = piece->x + piece->width;
	}
	assert(line.n > 0);
	struct piece *end = &line.pieces[line.n - 1];
	end->width -= s->atoms[last].blank;
	line.width = end->x + end->width;
	return line;
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
	struct setting s = {.setter = setter, .style = style, .measure = measure};
	struct paragraph paragraph = {0};
	int *ends = NULL, nlines = 0;
	segments_make(&s, runs);
	if (s.n > 0)
		nlines =
		    lines_break((struct atoms){s.atoms, s.n}, measure, &s.scratch, &ends);
	for (int first = 0; paragraph.n < nlines;) {
		int last = ends[paragraph.n];
		struct line *line = arena_append(setter->a, paragraph.lines, paragraph.n);
		*line = line_make(&s, first, last);
		paragraph.width = fmax(paragraph.width, line->width);
		paragraph.emergency |= s.atoms[last].cost == LINEBREAK_EMERGENCY;
		first = last + 1;
	}
	arena_free(&s.scratch);
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

struct paragraph
text_line(const struct setter *setter, const char *text, const struct text_style *style)
{
	struct setting s = {.setter = setter, .style = style};
	const struct font *font = &setter->fonts->list[run_face(style->bold, 0)];
	struct run *run = arena_alloc(setter->a, sizeof *run);
	struct piece *piece = arena_alloc(setter->a, sizeof *piece);
	struct line *line = arena_alloc(setter->a, sizeof *line);
	run->text = text;
	*piece = (struct piece){shape(&s, setter->a, font, bytes_of(text)), .run = run};
	piece->width = points(&s, &piece->glyphs);
	*line =
	    (struct line){.style = style, .pieces = piece, .n = 1, .width = piece->width};
	return (struct paragraph){.lines = line, .n = 1, .width = line->width};
}

double
line_part_width(const struct line *line, size_t from, size_t to)
{
	return glyphs_width(&line->pieces->glyphs, from, to, line->style->size);
}

struct line
line_part(const struct setter *setter, const struct line *line, size_t from, size_t to)
{
	struct piece *piece = arena_alloc(setter->a, sizeof *piece);
	const struct glyph_run *all = &line->pieces->glyphs;
	struct glyph_run *part = &piece->glyphs;
	*piece = *line->pieces;
	*part = (struct glyph_run){.font = all->font,
	    .text = all->text + from,
	    .len = to - from,
	    .glyphs = all->glyphs};
	for (int i = 0; i < all->n && all->glyphs[i].cluster < to; i++) {
		if (all->glyphs[i].cluster < from) {
			part->glyphs++;
			continue;
		}
		all->glyphs[i].cluster -= (uint32_t)from;
		part->advance += all->glyphs[i].advance;
		part->n++;
	}
	piece->width = part->advance * line->style->size / part->font->units_per_em;
	return (struct line){line->style, piece, 1, piece->width};
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
	struct setting s = {.setter = setter, .style = style, .measure = INFINITY};
	struct run run = {.text = text};
	double widest = 0, word = 0;
	segments_make(&s, (struct runs){&run, 1});
	for (int i = 0; i < s.n; i++) {
		word += s.atoms[i].width;
		widest = fmax(widest, word);
		if (s.atoms[i].cost <= LINEBREAK_HYPHEN)
			word = 0;
	}
	arena_free(&s.scratch);
	return widest;
}
