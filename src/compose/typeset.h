/* typeset.h - a paragraph's text as lines of shaped glyphs.
 *
 * A text is cut where UAX #14 (libunibreak) lets a line end, with our own opinion of
 * which places are good ones.  Lengths are points.  Nothing is placed on a page yet: x
 * counts from the start of the line.
 */
#ifndef COMPOSE_TYPESET_H
#define COMPOSE_TYPESET_H

#include "compose/document.h"
#include "model/announcement.h"

/* What text is set with. */
struct setter {
	struct arena *a;
	const struct fonts *fonts;
	const char *lang;
	struct shaped *shaped; /* words that were shaped before; NULL: none is kept */
};

struct text_style {
	double size, leading;
	double tracking; /* added after every glyph */
	bool bold;       /* the upright face is the bold one */
	bool items;      /* lines end after "," or "·" and the like where they can */
	struct color color, link;
};

/* Glyphs of one run of the text that stand side by side. */
struct piece {
	struct glyph_run glyphs;
	double x;           /* from the start of the line */
	double width;       /* white space at the end of a line not counted */
	const char *actual; /* the text where the glyphs show another one, or NULL */
	bool blank;         /* begins with one that is not of the text: see text_box */
	const struct run *run;
};

struct line {
	const struct text_style *style; /* borrowed */
	struct piece *pieces;
	int n;
	double width; /* white space at its end not counted */
};

struct paragraph {
	struct line *lines;
	int n;          /* 0 for an empty text */
	double width;   /* of its widest line */
	bool emergency; /* a word had to be broken where it has no break opportunity */
};

struct runs {
	const struct run *list;
	int n;
};

/* Indexes the line-breaking data of Unicode, once a run; without it setting is slow where
 * characters beyond Latin are. */
void typeset_init(void);

/* Room for words that are shaped: most are set more than once. */
struct shaped *shaped_make(struct arena *a);

/* The face of a run of STYLE in a text that is BOLD. */
enum face run_face(bool bold, unsigned style);

/* Sets RUNS in lines of at most MEASURE. */
struct paragraph paragraph_set(const struct setter *setter, struct runs runs,
    const struct text_style *style, double measure);

/* The same for a plain text. */
struct paragraph text_set(const struct setter *setter, const char *text,
    const struct text_style *style, double measure);

/* The same for a text without line breaks and white space at its end, on one line of any
 * width: that takes less time. */
struct paragraph
text_line(const struct setter *setter, const char *text, const struct text_style *style);

/* Of LINE, which is of one piece, the bytes FROM to TO of its text: their width, and as a
 * line of their own, which takes over their glyphs. */
double line_part_width(const struct line *line, size_t from, size_t to);
struct line
line_part(const struct setter *setter, const struct line *line, size_t from, size_t to);

/* The width of the widest part of TEXT that stays on one line; a hyphen or slash inside a
 * name ends one. */
double text_widest_word(
    const struct setter *setter, const char *text, const struct text_style *style);

/* How far below the top of its line a baseline lies: capitals stand in the middle. */
double style_baseline(const struct setter *setter, const struct text_style *style);

#endif
