/* handle.h - HarfBuzz's objects of a font, for the files of this folder. */
#ifndef FONT_HANDLE_H
#define FONT_HANDLE_H

#include <harfbuzz/hb.h>
#include <stdbool.h>

struct font_handle {
	hb_blob_t *blob;
	hb_face_t *face;
	hb_font_t *font;
	hb_buffer_t *buffer; /* reused from one shaping to the next */
	hb_variation_t *axes;
	unsigned naxes;
	hb_map_t *known; /* glyphs by character; NULL: they need no judgement */
	unsigned served; /* by the axes: FACE_BOLD, FACE_ITALIC */
	bool from_file, used;
};

/* The big-endian number of LEN bytes at P. */
unsigned font_number(const unsigned char *p, unsigned len);

#endif
