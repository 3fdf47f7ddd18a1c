#include "font/font.h"

#include <errno.h>
#include <harfbuzz/hb-ot.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* OS/2 fsType (OpenType 1.9): what the font's licence lets one embed. */
enum { FSTYPE_OFFSET = 8, FSTYPE_RESTRICTED = 0x0002, FSTYPE_NO_SUBSETTING = 0x0100 };

static int
metric(hb_font_t *font, hb_ot_metrics_tag_t tag)
{
	hb_position_t value;
	hb_ot_metrics_get_position_with_fallback(font, tag, &value);
	return value;
}

/* A signed 16-bit number at OFFSET of TABLE; 0 where the table is shorter. */
static int
table_int16(hb_face_t *face, hb_tag_t table, unsigned offset)
{
	hb_blob_t *blob = hb_face_reference_table(face, table);
	unsigned len;
	const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &len);
	int value = len < offset + 2 ? 0 : p[offset] << 8 | p[offset + 1];
	hb_blob_destroy(blob);
	return value >= 0x8000 ? value - 0x10000 : value;
}

static const char *
postscript_name(hb_face_t *face, struct arena *a)
{
	char name[128];
	unsigned len = sizeof name;
	hb_ot_name_get_utf8(
	    face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &len, name);
	/* what a PDF name takes without escapes (ISO 32000-1, 7.3.5) */
	size_t n = 0;
	for (unsigned i = 0; i < len; i++)
		if (strchr("()<>[]{}/%# ", name[i]) == NULL && name[i] > ' ' &&
		    name[i] < 127)
			name[n++] = name[i];
	return n > 0 ? arena_strndup(a, name, n) : "Font";
}

static void
font_measure(struct font *font, struct arena *a)
{
	hb_face_t *face = font->handle->face;
	hb_font_t *hb = font->handle->font;
	font->units_per_em = (int)hb_face_get_upem(face);
	font->postscript_name = postscript_name(face, a);
	font->ascent = metric(hb, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
	font->descent = metric(hb, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
	font->cap_height = metric(hb, HB_OT_METRICS_TAG_CAP_HEIGHT);
	font->x_height = metric(hb, HB_OT_METRICS_TAG_X_HEIGHT);
	for (unsigned i = 0; i < 4; i++)
		font->bbox[i] = table_int16(face, HB_TAG('h', 'e', 'a', 'd'), 36 + 2 * i);
	font->italic_angle = table_int16(face, HB_TAG('p', 'o', 's', 't'), 4);
	/* weight class to stem width, as common PDF writers estimate it */
	double weight = table_int16(face, HB_TAG('O', 'S', '/', '2'), 4) / 65.0;
	font->stem_v = 50 + (int)(weight * weight);
}

static unsigned
table_len(hb_face_t *face, hb_tag_t table)
{
	hb_blob_t *blob = hb_face_reference_table(face, table);
	unsigned len = hb_blob_get_length(blob);
	hb_blob_destroy(blob);
	return len;
}

/* Whether each glyph has an outline and a width, as a broken file's may not: then
 * HarfBuzz makes widths up, and others than those that the PDF's readers find. */
static bool
is_truetype(hb_face_t *face)
{
	int nwidths = table_int16(face, HB_TAG('h', 'h', 'e', 'a'), 34);
	return table_len(face, HB_TAG('g', 'l', 'y', 'f')) > 0 &&
	    table_len(face, HB_TAG('l', 'o', 'c', 'a')) > 0 &&
	    hb_face_get_glyph_count(face) > 0 && nwidths > 0 &&
	    table_len(face, HB_TAG('h', 'm', 't', 'x')) >= 4 * (unsigned)nwidths;
}

/* False: the file at PATH cannot be used; reported to D. */
static bool
check_face(hb_face_t *face, const struct text *path, struct diag *d)
{
	bool truetype = is_truetype(face);
	memory_watched();
	if (!truetype) {
		diag_report(d, RULE_FONT_FORMAT, path->at,
		    _("\"%s\" is not a TrueType font; expected a .ttf file with TrueType outlines"),
		    path->s);
		return false;
	}
	int fstype = table_int16(face, HB_TAG('O', 'S', '/', '2'), FSTYPE_OFFSET);
	if ((fstype & 0xf) == FSTYPE_RESTRICTED || (fstype & FSTYPE_NO_SUBSETTING) != 0) {
		diag_report(d, RULE_FONT_LICENCE, path->at,
		    _("the licence of the font \"%s\" does not let it be embedded; choose another font"),
		    path->s);
		return false;
	}
	return true;
}

static hb_blob_t *
blob_open(enum face face, const struct text *path, struct diag *d)
{
	if (path->s == NULL) {
		const struct embedded *e = &embedded[face];
		memory_watch();
		hb_blob_t *blob = hb_blob_create(e->start, (unsigned)(e->end - e->start),
		    HB_MEMORY_MODE_READONLY, NULL, NULL);
		memory_watched();
		return blob;
	}
	struct stat st;
	errno = 0;
	if (stat(path->s, &st) == 0 && S_ISDIR(st.st_mode))
		errno = EISDIR;
	else if (errno == 0 && !S_ISREG(st.st_mode))
		return hb_blob_get_empty(); /* a pipe would wait, /dev/zero never end */
	hb_blob_t *blob = errno != 0 ? NULL : hb_blob_create_from_file_or_fail(path->s);
	if (blob == NULL)
		diag_report(d, RULE_FONT_UNREADABLE, path->at,
		    _("the font \"%s\" cannot be read: %s; expected the path of a .ttf file from the folder of the announcement"),
		    path->s, system_words(errno != 0 ? errno : EIO).s);
	return blob;
}

static bool
font_open(struct font *font, const struct text *path, struct fonts *all, struct diag *d)
{
	struct font_handle *handle = arena_alloc(&all->arena, sizeof *handle);
	font->handle = handle;
	handle->blob = blob_open(font->face, path, d);
	if (handle->blob == NULL)
		return false;
	memory_watch();
	handle->face = hb_face_create(handle->blob, 0);
	handle->font = hb_font_create(handle->face);
	handle->buffer = hb_buffer_create();
	font_measure(font, &all->arena);
	bool ok = check_face(handle->face, path, d);
	memory_watched();
	return ok;
}

bool
fonts_open(const struct text paths[FACE_COUNT], struct diag *d, struct fonts *out)
{
	bool ok = true;
	*out = (struct fonts){0};
	for (int i = 0; i < FACE_COUNT; i++) {
		out->list[i].face = (enum face)i;
		ok = font_open(&out->list[i], &paths[i], out, d) && ok;
	}
	return ok;
}

void
fonts_close(struct fonts *fonts)
{
	for (int i = 0; i < FACE_COUNT; i++) {
		struct font_handle *handle = fonts->list[i].handle;
		if (handle == NULL)
			continue;
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

int
font_advance(const struct font *font, uint32_t glyph)
{
	memory_watch();
	int advance = hb_font_get_glyph_h_advance(font->handle->font, glyph);
	memory_watched();
	return advance;
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
