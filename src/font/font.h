/* font.h - fonts with TrueType or CFF outlines, also variable ones: measures, shaping,
 * and cutting down to the glyphs used.
 *
 * Lengths are font units unless said otherwise; a font has units_per_em of them to the
 * em. The only folder that knows HarfBuzz.
 */
#ifndef FONT_FONT_H
#define FONT_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "diag/diag.h"

enum face { /* two bits */
	FACE_REGULAR = 0,
	FACE_ITALIC = 1,
	FACE_BOLD = 2,
	FACE_BOLD_ITALIC = FACE_ITALIC | FACE_BOLD,
	FACE_COUNT = 4
};

struct font_handle; /* HarfBuzz's objects */

struct font {
	struct font_handle *handle;
	enum face face;
	const char *postscript_name; /* name ID 6, "SourceSans3-Regular" */
	bool cff;                    /* has CFF outlines, not TrueType ones */
	int units_per_em;
	int ascent, descent; /* above and, negative, below the baseline */
	int cap_height, x_height;
	int bbox[4];         /* of all glyphs: left, bottom, right, top */
	int stem_v;          /* an estimate, in 1/1000 em */
	double italic_angle; /* degrees, negative leans right */
};

/* One glyph of a shaped text. */
struct glyph {
	uint32_t id;      /* in the whole font */
	uint32_t cluster; /* byte offset in the text of its first character */
	int advance;      /* to the next glyph, kerning included */
	int x_offset, y_offset;
};

/* A shaped stretch of text in one font: a glyph run. */
struct glyph_run {
	const struct font *font;
	const char *text; /* UTF-8, borrowed */
	size_t len;
	struct glyph *glyphs; /* in visual order, left to right */
	int n;
	int advance; /* of all glyphs */
};

/* Removes the environment variables that steer HarfBuzz, before there are threads. */
void fonts_prepare(void);

/* Opens the fonts of PATHS, by face.  A face without a path (s is NULL) is a variable
 * font of another face where that has the axes for it, and else the program's own font.
 * Files are read once, here.  False: a file cannot be read, is damaged or of another
 * kind, or may not be embedded (OS/2 fsType); reported to D.  Pair with fonts_close, also
 * after false. */
struct fonts {
	struct font list[FACE_COUNT];
	struct arena arena;
};
bool fonts_open(const struct text paths[FACE_COUNT], struct diag *d, struct fonts *out);
void fonts_close(struct fonts *fonts);

/* Tells D, at the place of the first of PATHS, which faces have been in use and were set
 * in the program's own font although PATHS name others. */
void fonts_tell_mixed(
    const struct fonts *fonts, const struct text paths[FACE_COUNT], struct diag *d);

/* A stretch of text to be shaped. */
struct span {
	const char *text; /* UTF-8, borrowed */
	size_t len;
	const char *lang; /* BCP 47 */
};

/* Shapes SPAN left to right, with kerning and standard ligatures.  A character that the
 * font lacks becomes glyph 0. */
struct glyph_run font_shape(const struct font *font, struct span span, struct arena *a);

/* The text that glyph I of RUN stands for; empty where an earlier glyph of its cluster
 * has it all. */
struct bytes glyph_text(const struct glyph_run *run, int i);

/* The last character of the cluster that glyph I of RUN is of. */
struct bytes glyph_last_character(const struct glyph_run *run, int i);

/* Whether the font has a glyph for the character U; one without an outline is none,
 * unless nothing can be seen of U. */
bool font_has(const struct font *font, uint32_t u);

#endif
