#include "pdf/fonts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "pdf/haru.h"
#include "pdf/text.h"
#include "pdf/tounicode.h"

/* Bits of /Flags (ISO 32000-1, table 123). */
enum { FLAG_SYMBOLIC = 1 << 2, FLAG_ITALIC = 1 << 6 };

enum { TAG_LEN = 6, NAME_MAX_LEN = 100 };

/* The glyphs of a font that the document shows, and the text that they stand for. */
struct usage {
	struct bytes *text; /* by glyph id of the whole font; data is NULL: not shown */
	/* what a glyph stands for that never has a text of its own, as a mark over a
	 * letter; NULL: all have */
	struct bytes *spare;
	uint32_t n;
	uint32_t *ids; /* of those that are shown */
	int nids;
};

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

struct bytes
glyph_text(const struct glyph_run *run, int i)
{
	int first, end;
	struct bytes text = cluster_of(run, i, &first, &end);
	if (end - first == 1)
		return text;
	if (utf8_count(text.data, text.len) != end - first)
		return i == first ? text : (struct bytes){text.data, 0};
	/* as many characters as glyphs: they stand in the same order */
	const char *s = text.data, *stop = s + text.len, *start = s;
	for (int k = first; k <= i; k++) {
		start = s;
		utf8_next(&s, stop);
	}
	return (struct bytes){start, (size_t)(s - start)};
}

/* Whether text A is to be kept rather than B: some text rather than none, then the one
 * that sorts first, so that a glyph that is both space and no-break space is the space.
 */
static bool
is_better(struct bytes a, struct bytes b)
{
	if (a.len == 0 || b.len == 0)
		return a.len > 0;
	int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
	return order != 0 ? order < 0 : a.len < b.len;
}

/* The last character of the cluster that glyph I is of. */
static struct bytes
last_of_cluster(const struct glyph_run *run, int i)
{
	int first, end;
	struct bytes text = cluster_of(run, i, &first, &end);
	const char *s = text.data, *stop = s + text.len, *start = s;
	while (s < stop) {
		start = s;
		utf8_next(&s, stop);
	}
	return (struct bytes){start, (size_t)(stop - start)};
}

/* PDF/A-2 and PDF/UA want a character for every glyph, under /ActualText too. */
static void
spare_add(struct usage *use, struct arena *a, uint32_t id, struct bytes text)
{
	if (use->spare == NULL)
		use->spare = arena_alloc(a, use->n * sizeof *use->spare);
	if (is_better(text, use->spare[id]))
		use->spare[id] = text;
}

static void
usage_add(struct usage *use, struct arena *a, const struct glyph_run *run)
{
	for (int i = 0; i < run->n; i++) {
		uint32_t id = run->glyphs[i].id;
		if (id >= use->n)
			continue; /* no font has more than 65,535 */
		struct bytes text = glyph_text(run, i);
		if (text.len == 0)
			spare_add(use, a, id, last_of_cluster(run, i));
		if (use->text[id].data == NULL) {
			*arena_append(a, use->ids, use->nids) = id;
			use->text[id] = text;
		} else if (is_better(text, use->text[id])) {
			use->text[id] = text;
		}
	}
}

static void
usage_collect(struct pdf *pdf, struct usage uses[FACE_COUNT])
{
	for (int p = 0; p < pdf->doc->npages; p++) {
		const struct page *page = &pdf->doc->pages[p];
		for (int b = 0; b < page->nboxes; b++) {
			if (page->boxes[b].kind != BOX_TEXT)
				continue;
			const struct glyph_run *run = &page->boxes[b].text.run;
			struct usage *use = &uses[run->font->face];
			if (use->text == NULL) {
				use->n = 65536;
				use->text =
				    arena_alloc(&pdf->arena, use->n * sizeof *use->text);
				pdf->faces[run->font->face].font = run->font;
			}
			usage_add(use, &pdf->arena, run);
		}
	}
}

static int
thousandths(const struct font *font, double units)
{
	return (int)lround(units * 1000 / font->units_per_em);
}

/* ISO 32000-1, 9.6.4: a tag, here from the content, marks a subset. */
static void
subset_name(const struct face_font *face, char name[static NAME_MAX_LEN + 1])
{
	struct HPDF_MD5Context digest;
	HPDF_BYTE hash[HPDF_MD5_KEY_LEN];
	HPDF_MD5Init(&digest);
	HPDF_MD5Update(
	    &digest, (const HPDF_BYTE *)face->subset.data, (HPDF_UINT32)face->subset.len);
	HPDF_MD5Final(hash, &digest);
	for (int i = 0; i < TAG_LEN; i++)
		name[i] = (char)('A' + hash[i] % 26);
	name[TAG_LEN] = '+';
	size_t len = strlen(face->font->postscript_name);
	if (len > NAME_MAX_LEN - TAG_LEN - 1)
		len = NAME_MAX_LEN - TAG_LEN - 1;
	memcpy(name + TAG_LEN + 1, face->font->postscript_name, len);
	name[TAG_LEN + 1 + len] = '\0';
}

static HPDF_Dict
to_unicode(struct pdf *pdf, const struct face_font *face, const struct usage *use)
{
	const struct subset *subset = &face->subset;
	struct bytes *texts =
	    arena_alloc(&pdf->arena, (size_t)subset->nglyphs * sizeof *texts);
	for (int i = 1; i < subset->nglyphs; i++) {
		uint32_t id = subset->old_id[i];
		if (id >= use->n)
			continue;
		texts[i] = use->text[id];
		if (texts[i].len == 0 && use->spare != NULL)
			texts[i] = use->spare[id];
	}
	struct buffer cmap = {0};
	tounicode_put(&cmap, texts, subset->nglyphs);
	HPDF_Dict stream = haru_stream(pdf, (struct bytes){cmap.data, cmap.len});
	buffer_free(&cmap);
	return stream;
}

static HPDF_Dict
descriptor(struct pdf *pdf, const struct face_font *face, const char *name)
{
	const struct font *font = face->font;
	HPDF_Dict dict = haru_indirect(pdf);
	haru_set_name(pdf, dict, "Type", "FontDescriptor");
	haru_set_name(pdf, dict, "FontName", name);
	haru_set_number(pdf, dict, "Flags",
	    FLAG_SYMBOLIC | (font->italic_angle < 0 ? FLAG_ITALIC : 0));
	HPDF_Array box = haru_array(pdf);
	for (int i = 0; i < 4; i++)
		haru_add_number(pdf, box, thousandths(font, font->bbox[i]));
	haru_set(pdf, dict, "FontBBox", box);
	haru_set_number(pdf, dict, "ItalicAngle", (int)lround(font->italic_angle));
	haru_set_number(pdf, dict, "Ascent", thousandths(font, font->ascent));
	haru_set_number(pdf, dict, "Descent", thousandths(font, font->descent));
	haru_set_number(pdf, dict, "CapHeight", thousandths(font, font->cap_height));
	haru_set_number(pdf, dict, "StemV", thousandths(font, font->stem_v));
	HPDF_Dict file =
	    haru_stream(pdf, (struct bytes){face->subset.data, face->subset.len});
	haru_set_number(pdf, file, "Length1", (int)face->subset.len);
	haru_set(pdf, dict, "FontFile2", file);
	return dict;
}

static HPDF_Array
width_array(struct pdf *pdf, const struct face_font *face)
{
	HPDF_Array outer = haru_array(pdf), inner = haru_array(pdf);
	for (int i = 0; i < face->subset.nglyphs; i++)
		haru_add_number(pdf, inner, face->widths[i]);
	haru_add_number(pdf, outer, 0);
	haru_add(pdf, outer, inner);
	return outer;
}

static HPDF_Dict
descendant(struct pdf *pdf, const struct face_font *face, const char *name)
{
	HPDF_Dict dict = haru_indirect(pdf);
	haru_set_name(pdf, dict, "Type", "Font");
	haru_set_name(pdf, dict, "Subtype", "CIDFontType2");
	haru_set_name(pdf, dict, "BaseFont", name);
	HPDF_Dict system = haru_dict(pdf);
	haru_set(pdf, system, "Registry", haru_string(pdf, "Adobe"));
	haru_set(pdf, system, "Ordering", haru_string(pdf, "Identity"));
	haru_set_number(pdf, system, "Supplement", 0);
	haru_set(pdf, dict, "CIDSystemInfo", system);
	haru_set_name(pdf, dict, "CIDToGIDMap", "Identity");
	haru_set(pdf, dict, "W", width_array(pdf, face));
	haru_set(pdf, dict, "FontDescriptor", descriptor(pdf, face, name));
	return dict;
}

static bool
face_build(struct pdf *pdf, struct face_font *face, const struct usage *use)
{
	if (!font_subset(
		face->font, (struct glyph_ids){use->ids, use->nids}, &face->subset)) {
		diag_error(pdf->diag, (struct place){0},
		    _("the font %s could not be cut to the letters in use; choose another "
		      "font file in the front matter"),
		    face->font->postscript_name);
		return false;
	}
	face->widths =
	    arena_alloc(&pdf->arena, (size_t)face->subset.nglyphs * sizeof *face->widths);
	for (int i = 0; i < face->subset.nglyphs; i++)
		face->widths[i] = thousandths(
		    face->font, font_advance(face->font, face->subset.old_id[i]));
	char name[NAME_MAX_LEN + 1];
	subset_name(face, name);
	face->dict = haru_indirect(pdf);
	haru_set_name(pdf, face->dict, "Type", "Font");
	haru_set_name(pdf, face->dict, "Subtype", "Type0");
	haru_set_name(pdf, face->dict, "BaseFont", name);
	haru_set_name(pdf, face->dict, "Encoding", "Identity-H");
	HPDF_Array descendants = haru_array(pdf);
	haru_add(pdf, descendants, descendant(pdf, face, name));
	haru_set(pdf, face->dict, "DescendantFonts", descendants);
	haru_set(pdf, face->dict, "ToUnicode", to_unicode(pdf, face, use));
	return true;
}

bool
fonts_build(struct pdf *pdf)
{
	struct usage uses[FACE_COUNT] = {0};
	bool ok = true;
	usage_collect(pdf, uses);
	for (int i = 0; i < FACE_COUNT; i++)
		if (pdf->faces[i].font != NULL)
			ok = face_build(pdf, &pdf->faces[i], &uses[i]) && ok;
	return ok;
}

void
fonts_free(struct pdf *pdf)
{
	for (int i = 0; i < FACE_COUNT; i++)
		if (pdf->faces[i].subset.data != NULL)
			subset_free(&pdf->faces[i].subset);
}
