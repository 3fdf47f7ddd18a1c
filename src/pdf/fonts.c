#include "pdf/fonts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "pdf/haru.h"
#include "pdf/text.h"

/* Bits of /Flags (ISO 32000-1, table 123). */
enum { FLAG_SYMBOLIC = 1 << 2, FLAG_ITALIC = 1 << 6 };

enum { TAG_LEN = 6, NAME_MAX_LEN = 100 };

/* --- the text of codes -------------------------------------------------------- */

enum { BFRANGE_MAX = 100 };

static void
put_hex(struct buffer *out, struct bytes data)
{
	const unsigned char *p = data.data;
	buffer_puts(out, "<");
	for (size_t i = 0; i < data.len; i++)
		buffer_printf(out, "%02X", p[i]);
	buffer_puts(out, ">");
}

/* A stretch of glyphs for /ToUnicode whose characters follow on each other. */
struct mapping {
	int first, n;
	struct buffer text; /* of the first, UTF-16BE */
};

/* Whether glyph number GLYPH with the text NEXT carries M on: the last byte of the code
 * and that of the text count on, and carry nothing over (ISO 32000-1, 9.10.3). */
static bool
mapping_goes_on(const struct mapping *m, int glyph, const struct buffer *next)
{
	if (m->n == 0 || glyph != m->first + m->n || glyph >> 8 != m->first >> 8)
		return false;
	if (next->len != m->text.len ||
	    memcmp(next->data, m->text.data, next->len - 1) != 0)
		return false;
	return (unsigned char)next->data[next->len - 1] ==
	    (unsigned char)m->text.data[next->len - 1] + m->n;
}

/* Lines of a section with bfrange, at most 100 (Adobe TN 5014, 1.4.1). */
struct section {
	struct buffer *out;
	struct buffer lines;
	int n;
};

static void
section_end(struct section *s)
{
	if (s->n > 0)
		buffer_printf(s->out, "%d beginbfrange\n", s->n);
	buffer_append(s->out, s->lines.data, s->lines.len);
	if (s->n > 0)
		buffer_puts(s->out, "endbfrange\n");
	s->lines.len = 0;
	s->n = 0;
}

static void
section_add(struct section *s, const struct mapping *m)
{
	if (m->n == 0)
		return;
	if (s->n == BFRANGE_MAX)
		section_end(s);
	buffer_printf(&s->lines, "<%04X><%04X>", (unsigned)m->first,
	    (unsigned)(m->first + m->n - 1));
	put_hex(&s->lines, (struct bytes){m->text.data, m->text.len});
	buffer_puts(&s->lines, "\n");
	s->n++;
}

static void
put_mappings(struct buffer *out, const struct bytes *texts, int nglyphs)
{
	struct section section = {.out = out};
	struct mapping now = {0};
	struct buffer text = {0};
	for (int glyph = 1; glyph < nglyphs; glyph++) {
		if (texts[glyph].len == 0)
			continue;
		text.len = 0;
		utf16_append(&text, texts[glyph]);
		if (mapping_goes_on(&now, glyph, &text)) {
			now.n++;
			continue;
		}
		section_add(&section, &now);
		now.first = glyph;
		now.n = 1;
		now.text.len = 0;
		buffer_append(&now.text, text.data, text.len);
	}
	section_add(&section, &now);
	section_end(&section);
	buffer_free(&section.lines);
	buffer_free(&now.text);
	buffer_free(&text);
}

void
tounicode_put(struct buffer *out, const struct bytes *texts, int nglyphs)
{
	buffer_puts(out,
	    "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
	    "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
	    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	put_mappings(out, texts, nglyphs);
	buffer_puts(out,
	    "endcmap\nCMapName currentdict/CMap defineresource pop\n"
	    "end\nend\n");
}

/* --- glyphs in use ------------------------------------------------------------ */

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
			spare_add(use, a, id, glyph_last_character(run, i));
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

/* --- font objects ------------------------------------------------------------- */

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
	haru_set_number(pdf, dict, "StemV", font->stem_v);
	HPDF_Dict file =
	    haru_stream(pdf, (struct bytes){face->subset.data, face->subset.len});
	if (font->cff)
		haru_set_name(pdf, file, "Subtype", "CIDFontType0C");
	else
		haru_set_number(pdf, file, "Length1", (int)face->subset.len);
	haru_set(pdf, dict, font->cff ? "FontFile3" : "FontFile2", file);
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
	bool cff = face->font->cff;
	haru_set_name(pdf, dict, "Subtype", cff ? "CIDFontType0" : "CIDFontType2");
	haru_set_name(pdf, dict, "BaseFont", name);
	HPDF_Dict system = haru_dict(pdf);
	haru_set(pdf, system, "Registry", haru_string(pdf, "Adobe"));
	haru_set(pdf, system, "Ordering", haru_string(pdf, "Identity"));
	haru_set_number(pdf, system, "Supplement", 0);
	haru_set(pdf, dict, "CIDSystemInfo", system);
	if (!cff)
		haru_set_name(pdf, dict, "CIDToGIDMap", "Identity");
	haru_set(pdf, dict, "W", width_array(pdf, face));
	haru_set(pdf, dict, "FontDescriptor", descriptor(pdf, face, name));
	return dict;
}

static bool
face_build(struct pdf *pdf, struct face_font *face, const struct usage *use)
{
	if (!font_subset(face->font, use->ids, use->nids, &face->subset)) {
		diag_report(pdf->diag, RULE_FONT_SUBSET, (struct place){0},
		    _("the font %s could not be cut to the letters in use; choose another "
		      "font under \"fonts\" in the front matter"),
		    face->font->postscript_name);
		return false;
	}
	face->widths =
	    arena_alloc(&pdf->arena, (size_t)face->subset.nglyphs * sizeof *face->widths);
	for (int i = 0; i < face->subset.nglyphs; i++)
		face->widths[i] = thousandths(face->font, face->subset.widths[i]);
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
