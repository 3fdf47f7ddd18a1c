#include "font/subset.h"

#include <harfbuzz/hb-subset.h>
#include <stdlib.h>
#include <string.h>

#include "font/handle.h"

/* Tables that a PDF reader has no use for; with GSUB in, its closure would add glyphs. */
static const char dropped[][5] = {"GSUB", "GPOS", "GDEF", "cmap", "OS/2", "name", "post",
    "STAT", "gasp", "DSIG", "BASE", "meta", "COLR", "CPAL", "CBDT", "CBLC", "sbix",
    "MATH", "VORG", "vhea", "vmtx"};

static hb_subset_input_t *
input_new(const struct font_handle *handle, const uint32_t *ids, int n)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (input == NULL)
		memory_exhausted();
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
	hb_set_t *glyphs = hb_subset_input_glyph_set(input);
	hb_set_add(glyphs, 0);
	for (int i = 0; i < n; i++)
		hb_set_add(glyphs, ids[i]);
	hb_set_t *tables = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
		hb_set_add(tables, hb_tag_from_string(dropped[i], -1));
	for (unsigned i = 0; i < handle->naxes; i++)
		hb_subset_input_pin_axis_location(
		    input, handle->face, handle->axes[i].tag, handle->axes[i].value);
	return input;
}

/* The end of the INDEX at P (Adobe TN 5176, 5), and its first object. */
static const unsigned char *
index_end(const unsigned char *p, const unsigned char **first)
{
	unsigned n = font_number(p, 2), size = p[2];
	*first = p + 3 + (n + 1) * size;
	return *first - 1 + font_number(*first - size, size);
}

/* Where a CFF table that HarfBuzz wrote has its charset, if the font has CIDs; 0: it has
 * none. */
static unsigned
cid_charset(const unsigned char *table)
{
	const unsigned char *p, *end = index_end(index_end(table + table[2], &p), &p);
	unsigned charset = 0, operand = 0;
	bool has_cids = false;
	/* the Top DICT (9): operators of one or two bytes behind numbers (table 3) */
	for (; p < end; p++) {
		if (*p == 15)
			charset = operand;
		else if (*p == 12)
			has_cids |= *++p == 30; /* ROS */
		else if (*p == 30)
			while ((*++p & 0xf) != 0xf)
				;
		operand = *p == 29 ? font_number(p + 1, 4) : 0;
		p += *p == 29 ? 4 : *p == 28 ? 2 : *p >= 247 && *p <= 254 ? 1 : 0;
	}
	return has_cids && charset > 2 ? charset : 0; /* 1 and 2 are not offsets */
}

/* Makes the CIDs of a font that has some its glyph numbers: a PDF's codes are CIDs then
 * (ISO 32000-1, 9.7.4.2). */
static void
cids_number(struct subset *cut)
{
	char *p = cut->data + cid_charset((const unsigned char *)cut->data);
	int more = cut->nglyphs - 2;
	if (p == cut->data || more < 0)
		return;
	/* CID 1 and MORE in one range (13), for which there is room in any charset */
	*p++ = more == 0 ? 0 : more < 256 ? 1 : 2;
	*p++ = 0;
	*p++ = 1;
	if (more >= 256)
		*p++ = (char)(more >> 8);
	if (more > 0)
		*p = (char)more;
}

static void
copy_data(const struct font *font, hb_face_t *face, struct subset *out)
{
	hb_blob_t *blob = font->cff
	    ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
	    : hb_face_reference_blob(face);
	unsigned len;
	const char *data = hb_blob_get_data(blob, &len);
	out->data = memory_alloc(len);
	if (len > 0)
		memcpy(out->data, data, len);
	out->len = len;
	hb_blob_destroy(blob);
}

static void
copy_widths(hb_face_t *face, struct subset *out)
{
	hb_font_t *font = hb_font_create(face);
	out->widths = memory_alloc((size_t)out->nglyphs * sizeof *out->widths);
	for (int i = 0; i < out->nglyphs; i++)
		out->widths[i] = hb_font_get_glyph_h_advance(font, (hb_codepoint_t)i);
	hb_font_destroy(font);
}

static void
copy_mapping(const struct font *font, const hb_map_t *new_by_old, struct subset *out)
{
	out->nold = hb_face_get_glyph_count(font->handle->face);
	out->new_id = memory_alloc(out->nold * sizeof *out->new_id);
	out->old_id = memory_alloc((size_t)out->nglyphs * sizeof *out->old_id);
	memset(out->old_id, 0, (size_t)out->nglyphs * sizeof *out->old_id);
	for (uint32_t old = 0; old < out->nold; old++) {
		hb_codepoint_t id = hb_map_get(new_by_old, old);
		out->new_id[old] = id == HB_MAP_VALUE_INVALID ? 0 : id;
		if (id < (hb_codepoint_t)out->nglyphs)
			out->old_id[id] = old;
	}
}

bool
font_subset(const struct font *font, const uint32_t *ids, int n, struct subset *out)
{
	*out = (struct subset){0};
	memory_watch();
	hb_subset_input_t *input = input_new(font->handle, ids, n);
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(font->handle->face, input);
	hb_face_t *face = plan != NULL ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (face != NULL) {
		out->nglyphs = (int)hb_face_get_glyph_count(face);
		copy_data(font, face, out);
		if (font->cff)
			cids_number(out);
		copy_widths(face, out);
		copy_mapping(font, hb_subset_plan_old_to_new_glyph_mapping(plan), out);
	}
	memory_watched();
	hb_face_destroy(face);
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(input);
	return face != NULL;
}

void
subset_free(struct subset *subset)
{
	free(subset->data);
	free(subset->widths);
	free(subset->old_id);
	free(subset->new_id);
	*subset = (struct subset){0};
}
