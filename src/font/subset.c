#include "font/subset.h"

#include <harfbuzz/hb-subset.h>
#include <stdlib.h>
#include <string.h>

#include "font/handle.h"

/* Tables that a PDF reader has no use for; with GSUB in, its closure would add glyphs. */
static const char dropped[][5] = {"GSUB", "GPOS", "GDEF", "cmap", "OS/2", "name", "post",
    "STAT", "gasp", "DSIG", "BASE", "meta"};

static hb_subset_input_t *
input_new(const uint32_t *ids, int n)
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
	return input;
}

static void
copy_data(hb_face_t *face, struct subset *out)
{
	hb_blob_t *blob = hb_face_reference_blob(face);
	unsigned len;
	const char *data = hb_blob_get_data(blob, &len);
	out->data = memory_alloc(len);
	if (len > 0)
		memcpy(out->data, data, len);
	out->len = len;
	hb_blob_destroy(blob);
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
	hb_subset_input_t *input = input_new(ids, n);
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(font->handle->face, input);
	hb_face_t *face = plan != NULL ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (face != NULL) {
		copy_data(face, out);
		out->nglyphs = (int)hb_face_get_glyph_count(face);
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
	free(subset->old_id);
	free(subset->new_id);
	*subset = (struct subset){0};
}
