#include "compose/segment.h"

#include <linebreak.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/i18n.h"

/* so many places are looked for exactly; more take too long */
enum { PLACES_MAX = 50 };

/* letters that stay together at either side of a word that is cut */
enum { FRAGMENT_LETTERS = 3 };

/* The text of all runs in one piece, and where a line may end. */
struct joined {
	const char *text;
	const char *breaks; /* a byte of libunibreak's a byte of text */
	size_t len;
};

const struct font *
style_font(
    const struct setter *setter, const struct text_style *style, unsigned run_style)
{
	bool bold = style->bold || (run_style & RUN_STRONG) != 0;
	bool italic = (run_style & RUN_EMPHASIS) != 0;
	enum face face = bold ? italic ? FACE_BOLD_ITALIC : FACE_BOLD
	    : italic          ? FACE_ITALIC
			      : FACE_REGULAR;
	return &setter->fonts->list[face];
}

struct glyph_run
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

/* A text is set in several faces of a family: one message for all. */
static void
report_missing(
    const struct setter *setter, const struct glyph_run *glyphs, struct place at)
{
	for (int i = 0; i < glyphs->n; i++) {
		if (glyphs->glyphs[i].id != 0)
			continue;
		const char *text = glyphs->text + glyphs->glyphs[i].cluster;
		utf8proc_int32_t u;
		utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text,
		    (utf8proc_ssize_t)(glyphs->len - glyphs->glyphs[i].cluster), &u);
		if (len <= 0)
			continue;
		struct place exact = at;
		if (setter->d->nerrors < PLACES_MAX)
			exact = diag_find(
			    setter->d, at, arena_strndup(setter->a, text, (size_t)len));
		const char *name = glyphs->font->postscript_name;
		diag_error(setter->d, exact,
		    _("the font %.*s has no character \"%.*s\" (U+%04X); replace it, or "
		      "name another font under \"fonts\" in the front matter"),
		    (int)strcspn(name, "-"), name, (int)len, text, (unsigned)u);
	}
}

/* All is set from left to right: Hebrew and Arabic would stand there backwards. */
static void
report_direction(const struct setter *setter, utf8proc_int32_t u, struct place at)
{
	switch (utf8proc_get_property(u)->bidi_class) {
	case UTF8PROC_BIDI_CLASS_R:
	case UTF8PROC_BIDI_CLASS_AL:
		if (u != 0x200F) /* a mark alone turns nothing round */
			diag_error(setter->d, at,
			    _("words that run from right to left cannot be set; write "
			      "them in Latin letters, or take them away"));
		break;
	case UTF8PROC_BIDI_CLASS_RLE:
	case UTF8PROC_BIDI_CLASS_RLO:
	case UTF8PROC_BIDI_CLASS_RLI:
		diag_error(setter->d, at,
		    _("there is a control character (U+%04X) here; take it away"),
		    (unsigned)u);
		break;
	default:
		break;
	}
}

static void
report_right_to_left(
    const struct setter *setter, const struct glyph_run *glyphs, struct place at)
{
	for (size_t i = 0; i < glyphs->len;) {
		utf8proc_int32_t u;
		utf8proc_ssize_t n =
		    utf8proc_iterate((const utf8proc_uint8_t *)glyphs->text + i,
			(utf8proc_ssize_t)(glyphs->len - i), &u);
		if (n > 0)
			report_direction(setter, u, at);
		i += n > 0 ? (size_t)n : 1;
	}
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
	const struct font *font = style_font(s->setter, s->style, stretch.run->style);
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
	report_missing(s->setter, &segment->glyphs, stretch.run->at);
	report_right_to_left(s->setter, &segment->glyphs, stretch.run->at);
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

void
segments_init(void)
{
	init_linebreak();
}

struct segments
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
