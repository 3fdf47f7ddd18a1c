/* Our declarations of librsvg, cairo and GLib against theirs: held true by the compiler.
 */
#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#define VECTOR_TYPES
#define RECT    RsvgRectangle
#define LENGTH  RsvgLength
#define ERROR   GError
#define HANDLE  RsvgHandle
#define CONTEXT cairo_t
#define SURFACE cairo_surface_t
#define STATUS  cairo_status_t
#define FORMAT  cairo_format_t
#define VERSION cairo_pdf_version_t
#include "logo/vectorapi.h"

#define SAME(ours, theirs) __builtin_types_compatible_p(ours, theirs)
#define CHECK(name, type, arguments)                                                     \
	_Static_assert(SAME(type(*) arguments, __typeof__(name) *), #name);
VECTOR_API(CHECK)

#define PLACE(ours, theirs, field, as)                                                   \
	_Static_assert(offsetof(struct ours, field) == offsetof(theirs, as), #ours);     \
	_Static_assert(sizeof(struct ours) == sizeof(theirs), #ours)
PLACE(vector_rect, RsvgRectangle, x, x);
PLACE(vector_rect, RsvgRectangle, y, y);
PLACE(vector_rect, RsvgRectangle, w, width);
PLACE(vector_rect, RsvgRectangle, h, height);
PLACE(vector_length, RsvgLength, length, length);
PLACE(vector_length, RsvgLength, unit, unit);
PLACE(vector_error, GError, code, code);
PLACE(vector_error, GError, message, message);

/* what those types stand for where the headers are not read */
_Static_assert(SAME(int, gboolean) && SAME(size_t, gsize), "GLib");
_Static_assert(SAME(cairo_status_t, unsigned) && SAME(cairo_format_t, int) &&
	SAME(cairo_pdf_version_t, unsigned),
    "cairo");
_Static_assert(
    CAIRO_FORMAT_ARGB32 == 0 && CAIRO_PDF_VERSION_1_4 == 0 && CAIRO_STATUS_NO_MEMORY == 1,
    "cairo");

int
main(void)
{
	return 0;
}
