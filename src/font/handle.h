/* handle.h - HarfBuzz's objects of a font, for the files of this folder. */
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
