/* vectorapi.h - what is called of librsvg 2.54 or later, and of cairo and GLib, which it
 * is linked with: declared here, so that building needs none of them.  A test compares
 * the declarations with those of the libraries, whose types it then defines.
 */
#ifndef LOGO_VECTORAPI_H
#define LOGO_VECTORAPI_H

#include <stddef.h>

struct vector_rect { /* RsvgRectangle */
	double x, y, w, h;
};

struct vector_length { /* RsvgLength */
	double length;
	int unit;
};

struct vector_error { /* GError */
	unsigned domain;
	int code;
	char *message;
};

#ifndef VECTOR_TYPES
#define RECT    struct vector_rect
#define LENGTH  struct vector_length
#define ERROR   struct vector_error
#define HANDLE  void /* RsvgHandle */
#define CONTEXT void /* cairo_t */
#define SURFACE void /* cairo_surface_t */
#define STATUS  unsigned
#define FORMAT  int
#define VERSION unsigned
enum { CAIRO_FORMAT_ARGB32 = 0, CAIRO_PDF_VERSION_1_4 = 0, CAIRO_STATUS_NO_MEMORY = 1 };
#endif

/* X(name, type, arguments) */
/* clang-format off */
#define VECTOR_API(X) \
	X(rsvg_handle_new_from_data, HANDLE *, (const unsigned char *, size_t, ERROR **)) \
	X(rsvg_handle_set_dpi, void, (HANDLE *, double)) \
	X(rsvg_handle_get_intrinsic_dimensions, void, \
	    (HANDLE *, int *, LENGTH *, int *, LENGTH *, int *, RECT *)) \
	X(rsvg_handle_get_intrinsic_size_in_pixels, int, (HANDLE *, double *, double *)) \
	X(rsvg_handle_get_geometry_for_layer, int, \
	    (HANDLE *, const char *, const RECT *, RECT *, RECT *, ERROR **)) \
	X(rsvg_handle_render_document, int, (HANDLE *, CONTEXT *, const RECT *, ERROR **)) \
	X(cairo_create, CONTEXT *, (SURFACE *)) \
	X(cairo_destroy, void, (CONTEXT *)) \
	X(cairo_scale, void, (CONTEXT *, double, double)) \
	X(cairo_translate, void, (CONTEXT *, double, double)) \
	X(cairo_status, STATUS, (CONTEXT *)) \
	X(cairo_image_surface_create_for_data, SURFACE *, \
	    (unsigned char *, FORMAT, int, int, int)) \
	X(cairo_pdf_surface_create_for_stream, SURFACE *, \
	    (STATUS (*)(void *, const unsigned char *, unsigned), void *, double, double)) \
	X(cairo_pdf_surface_restrict_to_version, void, (SURFACE *, VERSION)) \
	X(cairo_surface_status, STATUS, (SURFACE *)) \
	X(cairo_surface_finish, void, (SURFACE *)) \
	X(cairo_surface_destroy, void, (SURFACE *)) \
	X(g_object_unref, void, (void *)) \
	X(g_error_free, void, (ERROR *))
/* clang-format on */

struct vector_api {
#define DECLARE(name, type, arguments) type(*name) arguments; /* NOLINT */
	VECTOR_API(DECLARE)
#undef DECLARE
};

#endif
