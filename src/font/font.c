#include "font/font.h"

#include <errno.h>
#include <fcntl.h>
#include <harfbuzz/hb-ot.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/i18n.h"
#include "base/system.h"
#include "base/utf8.h"
#include "font/handle.h"

/* of embedded.S */
extern const char font_data_regular[], font_data_regular_end[];
extern const char font_data_italic[], font_data_italic_end[];
extern const char font_data_bold[], font_data_bold_end[];
extern const char font_data_bold_italic[], font_data_bold_italic_end[];

static const struct embedded {
	const char *start, *end;
} embedded[FACE_COUNT] = {
    [FACE_REGULAR] = {font_data_regular, font_data_regular_end},
    [FACE_ITALIC] = {font_data_italic, font_data_italic_end},
    [FACE_BOLD] = {font_data_bold, font_data_bold_end},
    [FACE_BOLD_ITALIC] = {font_data_bold_italic, font_data_bold_italic_end},
};

enum { FILE_MAX = 128 * 1024 * 1024 }; /* bytes of a font */

static int
metric(hb_font_t *font, hb_ot_metrics_tag_t tag)
{
	hb_position_t value;
	hb_ot_metrics_get_position_with_fallback(font, tag, &value);
	return value;
}

unsigned
font_number(const unsigned char *p, unsigned len)
{
	unsigned value = 0;
	for (unsigned i = 0; i < len; i++)
		value = value << 8 | p[i];
	return value;
}

/* The unsigned 16-bit number at OFFSET of TABLE; -1: that is missing or shorter. */
static int
table_number(hb_face_t *face, hb_tag_t table, unsigned offset)
{
	hb_blob_t *blob = hb_face_reference_table(face, table);
	unsigned len;
	const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &len);
	int value = len < offset + 2 ? -1 : (int)font_number(p + offset, 2);
	hb_blob_destroy(blob);
	return value;
}

static const char *
postscript_name(const struct font *font, struct arena *a)
{
	static const char *const styles[FACE_COUNT] = {
	    "Regular", "Italic", "Bold", "BoldItalic"};
	char name[128];
	unsigned len = sizeof name;
	hb_ot_name_get_utf8(font->handle->face, HB_OT_NAME_ID_POSTSCRIPT_NAME,
	    HB_LANGUAGE_INVALID, &len, name);
	/* what a PDF name takes without escapes (ISO 32000-1, 7.3.5) */
	size_t n = 0;
	for (unsigned i = 0; i < len; i++)
		if (strchr("()<>[]{}/%# ", name[i]) == NULL && name[i] > ' ' &&
		    name[i] < 127)
			name[n++] = name[i];
	const char *whole = n > 0 ? arena_strndup(a, name, n) : "Font";
	if (font->handle->naxes == 0)
		return whole;
	return arena_printf(
	    a, "%.*s-%s", (int)strcspn(whole, "-"), whole, styles[font->face]);
}

static void
font_measure(struct font *font, struct arena *a)
{
	hb_face_t *face = font->handle->face;
	hb_font_t *hb = font->handle->font;
	font->units_per_em = (int)hb_face_get_upem(face);
	font->postscript_name = postscript_name(font, a);
	font->cff = table_number(face, HB_TAG('C', 'F', 'F', ' '), 0) >= 0;
	font->ascent = metric(hb, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
	font->descent = metric(hb, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
	font->cap_height = metric(hb, HB_OT_METRICS_TAG_CAP_HEIGHT);
	font->x_height = metric(hb, HB_OT_METRICS_TAG_X_HEIGHT);
	for (unsigned i = 0; i < 4; i++)
		font->bbox[i] =
		    (int16_t)table_number(face, HB_TAG('h', 'e', 'a', 'd'), 36 + 2 * i);
	font->italic_angle = hb_style_get_value(hb, HB_STYLE_TAG_SLANT_ANGLE);
	/* weight class to stem width, as common PDF writers estimate it */
	double weight = hb_style_get_value(hb, HB_STYLE_TAG_WEIGHT) / 65.0;
	font->stem_v = 50 + (int)(weight * weight);
}

/* --- judging ------------------------------------------------------------------ */

static void
on_move(hb_draw_funcs_t *funcs, void *found, hb_draw_state_t *state, float x, float y,
    void *data)
{
	(void)funcs, (void)state, (void)x, (void)y, (void)data;
	*(bool *)found = true;
}

/* A blank has no outline, nor has a picture. */
static bool
has_outline(hb_font_t *font, hb_codepoint_t glyph)
{
	bool found = false;
	hb_draw_funcs_t *funcs = hb_draw_funcs_create();
	hb_draw_funcs_set_move_to_func(funcs, on_move, NULL, NULL);
#if HB_VERSION_ATLEAST(7, 0, 0)
	hb_font_draw_glyph(font, glyph, funcs, &found);
#else
	hb_font_get_glyph_shape(font, glyph, funcs, &found);
#endif
	hb_draw_funcs_destroy(funcs);
	return found;
}

/* Called by HarfBuzz for the glyph of U: one without an outline is none, unless nothing
 * can be seen of U, and so is one without a width, on which the next letter would lie. */
static hb_bool_t
nominal_glyph(
    hb_font_t *font, void *data, hb_codepoint_t u, hb_codepoint_t *glyph, void *more)
{
	hb_map_t *known = data;
	hb_font_t *parent = hb_font_get_parent(font);
	(void)more;
	if (!hb_map_has(known, u)) {
		if (!hb_font_get_nominal_glyph(parent, u, glyph) ||
		    (!utf8_is_blank((int32_t)u) && !has_outline(parent, *glyph)) ||
		    (utf8_width((int32_t)u) > 0 &&
			hb_font_get_glyph_h_advance(parent, *glyph) == 0))
			*glyph = 0;
		hb_map_set(known, u, *glyph);
	}
	*glyph = hb_map_get(known, u);
	return *glyph != 0;
}

/* Has HarfBuzz call nominal_glyph. */
static void
glyphs_judge(struct font_handle *handle)
{
	hb_font_t *judged = hb_font_create_sub_font(handle->font);
	hb_font_funcs_t *funcs = hb_font_funcs_create();
	handle->known = hb_map_create();
	hb_font_funcs_set_nominal_glyph_func(funcs, nominal_glyph, NULL, NULL);
	hb_font_set_funcs(judged, funcs, handle->known, NULL);
	hb_font_funcs_destroy(funcs);
	hb_font_destroy(handle->font); /* JUDGED keeps it */
	handle->font = judged;
}

/* Whether a table of the font file of LEN bytes at P lies beyond its end (OpenType 1.9,
 * "Organization of an OpenType Font"). */
static bool
is_cut_off(const unsigned char *p, unsigned len)
{
	unsigned end = 12 + 16 * font_number(p + 4, 2), at = 12;
	while (at < end && end <= len && font_number(p + at + 8, 4) <= len &&
	    font_number(p + at + 12, 4) <= len - font_number(p + at + 8, 4))
		at += 16;
	return at < end;
}

/* Why the font cannot be set or embedded, as a format for the path of its file; NULL: it
 * can.  HarfBuzz makes up what a broken file lacks. */
static const char *
font_fault(const struct font_handle *handle, enum rule *rule)
{
	hb_face_t *face = handle->face;
	unsigned len, glyph = 0, nglyphs = hb_face_get_glyph_count(face);
	const unsigned char *p =
	    (const unsigned char *)hb_blob_get_data(handle->blob, &len);
	unsigned version = len < 12 ? 0 : font_number(p, 4);
	*rule = RULE_FONT_FORMAT;
	if (version == HB_TAG('t', 't', 'c', 'f'))
		return _(
		    "\"%s\" is a collection of fonts; expected a .ttf or .otf file with one of them");
	if (version != 0x00010000 && version != HB_TAG('O', 'T', 'T', 'O') &&
	    version != HB_TAG('t', 'r', 'u', 'e'))
		return _(
		    "\"%s\" is not a TrueType or OpenType font; expected a .ttf or .otf file");
	if (table_number(face, HB_TAG('C', 'F', 'F', '2'), 0) >= 0)
		return _(
		    "\"%s\" is a variable font with CFF2 outlines, which a PDF cannot hold; expected a variable .ttf file, or a .otf file for each face");
	int units = table_number(face, HB_TAG('h', 'e', 'a', 'd'), 18);
	int nwidths = table_number(face, HB_TAG('h', 'h', 'e', 'a'), 34);
	while (glyph < nglyphs && !has_outline(handle->font, glyph))
		glyph++;
	*rule = RULE_FONT_DAMAGED;
	if (is_cut_off(p, len) || units < 16 || units > 16384 || nwidths < 1 ||
	    table_number(face, HB_TAG('h', 'm', 't', 'x'), 4 * (unsigned)nwidths - 2) <
		0 ||
	    glyph == nglyphs)
		return _(
		    "the font \"%s\" is damaged, as after a broken download, or has no outlines; copy or download it again, or choose another font");
	/* OS/2 fsType: restricted, alone of the four lowest bits; no subsetting; bitmaps
	 * only */
	int fstype = table_number(face, HB_TAG('O', 'S', '/', '2'), 8);
	*rule = RULE_FONT_LICENCE;
	if (fstype > 0 && ((fstype & 0xf) == 0x2 || (fstype & 0x300) != 0))
		return _(
		    "the licence of the font \"%s\" does not let it be embedded; choose another font");
	return NULL;
}

/* --- opening ------------------------------------------------------------------ */

/* Where FACE lies on AXIS, or nearest to it; as in CSS Fonts 4. */
static float
axis_value(const hb_ot_var_axis_info_t *axis, enum face face)
{
	float value = axis->default_value;
	if (axis->tag == HB_TAG('w', 'g', 'h', 't'))
		value = (face & FACE_BOLD) != 0 ? 700.0F : 400.0F;
	else if (axis->tag == HB_TAG('i', 't', 'a', 'l'))
		value = (face & FACE_ITALIC) != 0 ? 1.0F : 0.0F;
	else if (axis->tag == HB_TAG('s', 'l', 'n', 't'))
		value = (face & FACE_ITALIC) != 0 ? -14.0F : 0.0F;
	return fmaxf(axis->min_value, fminf(axis->max_value, value));
}

/* The bytes of the file PATH, read once: what is mapped may change.  NULL: reported. */
static hb_blob_t *
file_read(const struct text *path, struct diag *d)
{
	struct buffer bytes = {0};
	int fd = open(path->s, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	bool ok = fd >= 0 && files_read(fd, FILE_MAX, &bytes);
	if (!ok)
		diag_report(d, RULE_FONT_UNREADABLE, path->at,
		    _("the font \"%s\" cannot be read: %s; expected the path of a .ttf or .otf file from the folder of the announcement"),
		    path->s, system_words(errno).s);
	if (fd >= 0)
		close(fd);
	if (ok)
		return hb_blob_create(bytes.data, (unsigned)bytes.len,
		    HB_MEMORY_MODE_READONLY, bytes.data, free);
	buffer_free(&bytes);
	return NULL;
}

/* The bytes of FONT: from the file PATH, or where that is not given from another face's,
 * if its axes serve, or the program's own.  NULL: reported. */
static hb_blob_t *
blob_open(const struct font *font, const struct text *path, const struct font *list,
    struct diag *d)
{
	const struct embedded *e = &embedded[font->face];
	bool slanted =
	    font->face == FACE_BOLD_ITALIC && list[FACE_ITALIC].handle->from_file;
	const struct font *other = &list[slanted ? FACE_ITALIC : FACE_REGULAR];
	unsigned missing = font->face & ~other->face & ~other->handle->served;
	font->handle->from_file =
	    path->s != NULL || (other->handle->from_file && missing == 0);
	if (path->s != NULL)
		return file_read(path, d);
	if (font->handle->from_file)
		return hb_blob_reference(other->handle->blob);
	return hb_blob_create(
	    e->start, (unsigned)(e->end - e->start), HB_MEMORY_MODE_READONLY, NULL, NULL);
}

/* Sets every axis for the face of FONT, and finds out which others they serve. */
static void
axes_set(struct font *font, struct arena *a)
{
	struct font_handle *handle = font->handle;
	handle->naxes = hb_ot_var_get_axis_count(handle->face);
	handle->axes = arena_alloc(a, handle->naxes * sizeof *handle->axes);
	for (unsigned i = 0, one = 1; i < handle->naxes; i++) {
		hb_ot_var_axis_info_t axis;
		hb_ot_var_get_axis_infos(handle->face, i, &one, &axis);
		float regular = axis_value(&axis, FACE_REGULAR);
		if (axis_value(&axis, FACE_BOLD) - regular >= 200)
			handle->served |= FACE_BOLD;
		if (fabsf(axis_value(&axis, FACE_ITALIC) - regular) >= 1)
			handle->served |= FACE_ITALIC;
		handle->axes[i] =
		    (hb_variation_t){axis.tag, axis_value(&axis, font->face)};
	}
	hb_font_set_variations(handle->font, handle->axes, handle->naxes);
}

static bool
font_open(struct font *font, const struct text *path, struct fonts *all, struct diag *d)
{
	struct font_handle *handle = font->handle;
	const char *fault = NULL;
	enum rule rule;
	memory_watch();
	handle->blob = blob_open(font, path, all->list, d);
	if (handle->blob == NULL)
		return false;
	handle->face = hb_face_create(handle->blob, 0);
	handle->font = hb_font_create(handle->face);
	handle->buffer = hb_buffer_create();
	axes_set(font, &all->arena);
	font_measure(font, &all->arena);
	if (path->s != NULL)
		fault = font_fault(handle, &rule);
	if (handle->from_file)
		glyphs_judge(handle);
	memory_watched();
	if (fault != NULL)
		diag_report(d, rule, path->at, fault, path->s);
	return fault == NULL;
}

void
fonts_prepare(void)
{
	/* the same input is to give the same bytes */
	static const char *const orders[] = {
	    "HB_SHAPER_LIST", "HB_OPTIONS", "HB_FONT_FUNCS"};
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
		unsetenv(orders[i]);
}

bool
fonts_open(const struct text paths[FACE_COUNT], struct diag *d, struct fonts *out)
{
	bool ok = true;
	*out = (struct fonts){0};
	for (int i = 0; i < FACE_COUNT; i++) {
		struct font *font = &out->list[i];
		font->face = (enum face)i;
		font->handle = arena_alloc(&out->arena, sizeof *font->handle);
		ok = font_open(font, &paths[i], out, d) && ok;
	}
	return ok;
}

void
fonts_tell_mixed(
    const struct fonts *fonts, const struct text paths[FACE_COUNT], struct diag *d)
{
	static const char *const keys[] = {"regular", "italic", "bold", "bold_italic"};
	const struct text *named = paths;
	while (named < paths + FACE_COUNT && named->s == NULL)
		named++;
	for (int i = 0; i < FACE_COUNT && named < paths + FACE_COUNT; i++)
		if (fonts->list[i].handle->used && !fonts->list[i].handle->from_file)
			diag_report(d, RULE_FONT_MIXED, named->at,
			    _("\"fonts\" names no file for \"%s\", which is set in Source Sans 3; add \"%s: \" and the path of that file"),
			    keys[i], keys[i]);
}

void
fonts_close(struct fonts *fonts)
{
	for (int i = 0; i < FACE_COUNT; i++) {
		struct font_handle *handle = fonts->list[i].handle;
		if (handle == NULL)
			continue;
		hb_map_destroy(handle->known);
		hb_buffer_destroy(handle->buffer);
		hb_font_destroy(handle->font);
		hb_face_destroy(handle->face);
		hb_blob_destroy(handle->blob);
	}
	arena_free(&fonts->arena);
	*fonts = (struct fonts){0};
}

struct glyph_run
font_shape(const struct font *font, struct span span, struct arena *a)
{
	hb_buffer_t *buffer = font->handle->buffer;
	font->handle->used = true;
	memory_watch();
	hb_buffer_clear_contents(buffer);
	hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
	hb_buffer_set_language(buffer, hb_language_from_string(span.lang, -1));
	hb_buffer_add_utf8(buffer, span.text, (int)span.len, 0, (int)span.len);
	hb_buffer_guess_segment_properties(buffer);
	hb_shape(font->handle->font, buffer, NULL, 0);
	memory_watched();
	if (!hb_buffer_allocation_successful(buffer))
		memory_exhausted();

	unsigned n;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
	const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
	struct glyph_run run = {
	    .font = font, .text = span.text, .len = span.len, .n = (int)n};
	run.glyphs = arena_alloc(a, n * sizeof *run.glyphs);
	for (unsigned i = 0; i < n; i++) {
		run.glyphs[i] = (struct glyph){info[i].codepoint, info[i].cluster,
		    position[i].x_advance, position[i].x_offset, position[i].y_offset};
		run.advance += position[i].x_advance;
	}
	return run;
}

bool
font_has(const struct font *font, uint32_t u)
{
	hb_codepoint_t glyph;
	memory_watch();
	bool has = hb_font_get_nominal_glyph(font->handle->font, u, &glyph);
	memory_watched();
	return has;
}

/* The glyphs [*FIRST, *END) of the cluster that glyph I is of, and its text. */
static struct bytes
cluster_of(const struct glyph_run *run, int i, int *first, int *end)
{
	uint32_t start = run->glyphs[i].cluster;
	for (*first = i; *first > 0 && run->glyphs[*first - 1].cluster == start;)
		--*first;
	for (*end = i + 1; *end < run->n && run->glyphs[*end].cluster == start;)
		++*end;
	size_t stop = *end < run->n ? run->glyphs[*end].cluster : run->len;
	if (start > run->len || stop > run->len || stop < start)
		return (struct bytes){run->text, 0};
	return (struct bytes){run->text + start, stop - start};
}

/* Character N (from 0) of TEXT, or its last one. */
static struct bytes
character_of(struct bytes text, int n)
{
	const char *s = text.data;
	size_t left = text.len, len = 0;
	for (int i = 0; i <= n && left > 0; i++) {
		int32_t u;
		s += len;
		len = utf8_decode(s, left, &u);
		left -= len;
	}
	return (struct bytes){s, len};
}

struct bytes
glyph_text(const struct glyph_run *run, int i)
{
	int first, end;
	struct bytes text = cluster_of(run, i, &first, &end);
	if (end - first == 1)
		return text;
	/* as many characters as glyphs: they stand in the same order */
	if (utf8_count(text.data, text.len) == end - first)
		return character_of(text, i - first);
	return i == first ? text : (struct bytes){text.data, 0};
}

struct bytes
glyph_last_character(const struct glyph_run *run, int i)
{
	int first, end;
	return character_of(cluster_of(run, i, &first, &end), INT_MAX);
}
