/* handle.h - HarfBuzz's objects behind a struct font; for this folder only. */
#ifndef FONT_HANDLE_H
#define FONT_HANDLE_H

#include <harfbuzz/hb.h>

struct font_handle {
	hb_blob_t *blob;
	hb_face_t *face;
	hb_font_t *font;
	hb_buffer_t *buffer; /* reused from one shaping to the next */
};

#endif
