#include "compose/texts.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "compose/flow.h"
#include "compose/typeset.h"

/* so many places are looked for exactly; more take too long */
enum { PLACES_MAX = 50 };

enum { CHARACTERS = 0x110000 };

struct checker {
	const struct fonts *fonts;
	const char *lang;
	struct diag *d;
	struct arena scratch;
	bool *told; /* by character, of the line that is looked at */
};

/* Each character once a line.  A text may be set in several faces of a family: they have
 * one message. */
static void
report_missing(struct checker *c, const struct font *font, struct text line)
{
	const char *family = font->postscript_name;
	const struct glyph_run run =
	    font_shape(font, (struct span){line.s, strlen(line.s), c->lang}, &c->scratch);
	memset(c->told, 0, CHARACTERS * sizeof *c->told);
	for (int i = 0; i < run.n; i++) {
		int32_t u;
		const char *s = line.s + run.glyphs[i].cluster;
		size_t len = utf8_decode(s, run.len - run.glyphs[i].cluster, &u);
		if (run.glyphs[i].id != 0 || u < 0 || c->told[u])
			continue;
		c->told[u] = true;
		const char *character = arena_strndup(&c->scratch, s, len);
		struct place at = line.at;
		if (c->d->nerrors < PLACES_MAX)
			at = diag_find(c->d, at, character);
		diag_report(c->d, RULE_FONT_GLYPH, at,
		    _("the font %.*s has no character \"%s\" (U+%04X); replace it, or choose "
		      "another font under \"fonts\" in the front matter"),
		    (int)strcspn(family, "-"), family, character, (unsigned)u);
	}
}

/* All is set from left to right: Hebrew and Arabic would stand there backwards.  A mark
 * alone turns nothing round. */
static bool
is_backwards(int32_t u)
{
	utf8proc_propval_t class = utf8proc_get_property(u)->bidi_class;
	return u != 0x200F &&
	    (class == UTF8PROC_BIDI_CLASS_R || class == UTF8PROC_BIDI_CLASS_AL);
}

static void
check_line(struct checker *c, const struct font *font, struct text line)
{
	bool missing = false, backwards = false;
	int32_t u;
	for (size_t i = 0, len = strlen(line.s); i < len;) {
		i += utf8_decode(line.s + i, len - i, &u);
		missing |= u >= 0 && !font_has(font, (uint32_t)u);
		backwards |= is_backwards(u);
	}
	if (backwards)
		diag_report(c->d, RULE_TEXT_DIRECTION, line.at,
		    _("text that runs from right to left cannot be set; write it in Latin "
		      "letters, or remove it"));
	/* shaping may do without a character that the font lacks */
	if (missing)
		report_missing(c, font, line);
}

static void
check(struct checker *c, struct text text, enum face face)
{
	size_t n;
	for (const char *s = text.s; s != NULL && *s != '\0'; s += n) {
		n = strcspn(s, "\n");
		struct text line = {arena_strndup(&c->scratch, s, n), text.at};
		check_line(c, &c->fonts->list[face], line);
		n += s[n] == '\n';
	}
}

static void
check_blocks(struct checker *c, const struct block *blocks, int n, int depth)
{
	for (int i = 0; i < n; i++) {
		const struct block *block = &blocks[i];
		for (int k = 0; k < block->nruns; k++) {
			const struct run *run = &block->runs[k];
			check(c, (struct text){run->text, run->at},
			    run_face(block->kind == BLOCK_HEADING, run->style));
		}
		bool list = block->kind == BLOCK_LIST;
		if (list && !block->ordered)
			check(
			    c, (struct text){.s = list_bullets[depth % 2]}, FACE_REGULAR);
		check_blocks(c, block->children, block->nchildren, depth + list);
	}
}

bool
texts_check(const struct brochure *brochure, const struct fonts *fonts, struct diag *d)
{
	const struct announcement *text = brochure->text;
	struct checker c = {.fonts = fonts, .lang = text->lang.s, .d = d};
	int nerrors = d->nerrors;
	c.told = memory_alloc(CHARACTERS * sizeof *c.told);
	check(&c, text->kicker, FACE_BOLD);
	const struct text title = {brochure->title, text->title.at};
	check(&c, title, FACE_BOLD);
	check(&c, title, FACE_REGULAR); /* in the footer */
	for (int i = 0; i < text->nfigures; i++) {
		check(&c, text->figures[i].value, FACE_BOLD);
		check(&c, text->figures[i].label, FACE_REGULAR);
	}
	check_blocks(&c, text->blocks, text->nblocks, 0);
	check(&c, text->grid.heading, FACE_BOLD);
	check(&c, text->grid.intro, FACE_REGULAR);
	check(&c, text->grid.intro_print, FACE_REGULAR);
	for (int i = 0; i < brochure->cities->n; i++) {
		const struct city *city = &brochure->cities->list[i];
		check(&c, city->name, FACE_BOLD);
		if (!text->grid.no_address)
			check(&c, city->brief.s != NULL ? city->brief : city->url,
			    FACE_REGULAR);
	}
	check(&c, text->grid.closing.heading, FACE_BOLD);
	check(&c, text->grid.closing.text, FACE_REGULAR);
	check(&c, text->grid.closing.link.shown, FACE_REGULAR);
	check(&c, text->publisher.name, FACE_BOLD);
	for (int i = 0; i < text->publisher.lines.n; i++)
		check(&c, text->publisher.lines.list[i], FACE_REGULAR);
	check(&c, text->publisher.mail.shown, FACE_REGULAR);
	check(&c, text->publisher.phone.shown, FACE_REGULAR);
	check(&c, text->publisher.site.shown, FACE_REGULAR);
	check(&c, (struct text){brochure->published, text->date.at}, FACE_REGULAR);
	check(&c, brochure->words.continued, FACE_BOLD);
	/* what the layout adds */
	check(&c, (struct text){.s = "0123456789.-/ "}, FACE_REGULAR);
	check(&c, (struct text){.s = "()- "}, FACE_BOLD);
	arena_free(&c.scratch);
	free(c.told);
	return d->nerrors == nerrors;
}
