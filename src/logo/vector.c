#include "logo/vector.h"

#include <dlfcn.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "logo/vectorapi.h"

enum {
	CANVAS = 1000,
	CSS_PPI = 96,
	DEFAULT_W = 300,
	DEFAULT_H = 150 /* CSS 2.2, 10.3.2 */
};

/* --- the libraries -------------------------------------------------------------- */

/* Set once, by whoever is first. */
static struct vector_api api;
static bool loaded;
static char broken[256]; /* why, if librsvg is there but cannot be loaded */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
find_functions(void)
{
	void *library = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
	const char *error = library == NULL ? dlerror() : NULL;
	if (error != NULL && strstr(error, strerror(ENOENT)) == NULL)
		snprintf(broken, sizeof broken, "%s", error);
	if (library == NULL)
		return;
	/* cairo and GLib are found by way of librsvg, which is linked with them */
	loaded = true;
#define FIND(name, type, arguments)                                                      \
	*(void **)&api.name = dlsym(library, #name);                                     \
	loaded = loaded && api.name != NULL;
	VECTOR_API(FIND)
#undef FIND
}

void
vector_load(void)
{
	pthread_once(&once, find_functions);
}

/* --- opening -------------------------------------------------------------------- */

/* Tells ERROR, of GLib, and frees it. */
static bool
fail(const struct logo_source *file, struct vector_error *error)
{
	diag_report(file->d, RULE_LOGO_DAMAGED, file->at,
	    _("%s cannot be drawn (librsvg: %s); export the logo as SVG again"),
	    file->path, error != NULL ? error->message : "?");
	if (error != NULL)
		api.g_error_free(error);
	return false;
}

/* Finds the canvas.  An SVG with neither size nor view box is as large as what it draws;
 * one with a view box is as large as we like, and librsvg rounds what is tiny. */
static bool
measure(struct vector *v)
{
	int has_w, has_h, has_box;
	struct vector_length length;
	struct vector_rect box, rest;
	struct vector_error *error = NULL;
	double w = 0, h = 0;
	api.rsvg_handle_get_intrinsic_dimensions(
	    v->handle, &has_w, &length, &has_h, &length, &has_box, &box);
	if (!api.rsvg_handle_get_intrinsic_size_in_pixels(v->handle, &w, &h) && has_box) {
		w = box.w;
		h = box.h;
	}
	bool sized = w > 0 && h > 0;
	double scale = sized && has_box ? (double)CANVAS / fmax(w, h) : 1;
	v->canvas = (struct rect){0, 0, w * scale, h * scale};
	v->viewport_w = sized ? v->canvas.w : (double)DEFAULT_W;
	v->viewport_h = sized ? v->canvas.h : (double)DEFAULT_H;
	if (sized)
		return true;
	const struct vector_rect viewport = {0, 0, v->viewport_w, v->viewport_h};
	if (!api.rsvg_handle_get_geometry_for_layer(
		v->handle, NULL, &viewport, &box, &rest, &error))
		return fail(v->file, error);
	v->canvas = (struct rect){box.x, box.y, box.w, box.h};
	return true;
}

bool
vector_open(const struct logo_source *file, struct bytes svg, struct vector *out)
{
	*out = (struct vector){.file = file};
	vector_load();
	if (!loaded && *broken != '\0') {
		diag_report(file->d, RULE_LOGO_LIBRARY, file->at,
		    _("%s is an SVG, and librsvg, which draws it, cannot be loaded (%s); install "
		      "that again or free some memory, or save the logo as PNG"),
		    file->path, broken);
		return false;
	}
	if (!loaded) {
		diag_report(file->d, RULE_LOGO_LIBRARY, file->at,
		    _("%s is an SVG, which needs librsvg; install that (Debian, Ubuntu: "
		      "sudo apt install librsvg2-2), or save the logo as PNG"),
		    file->path);
		return false;
	}
	struct vector_error *error = NULL;
	out->handle = api.rsvg_handle_new_from_data(svg.data, svg.len, &error);
	if (out->handle == NULL)
		return fail(file, error);
	api.rsvg_handle_set_dpi(out->handle, CSS_PPI);
	return measure(out);
}

void
vector_close(struct vector *vector)
{
	if (vector->handle != NULL)
		api.g_object_unref(vector->handle);
	vector->handle = NULL;
}

/* --- drawing -------------------------------------------------------------------- */

/* Draws PART on SURFACE of W by H, and closes it. */
static bool
draw(const struct vector *v, struct rect part, void *surface, struct size size)
{
	const struct vector_rect viewport = {0, 0, v->viewport_w, v->viewport_h};
	struct vector_error *error = NULL;
	errno = 0;
	void *context = api.cairo_create(surface);
	api.cairo_scale(context, size.w / part.w, size.h / part.h);
	api.cairo_translate(context, -part.x, -part.y);
	bool ok = api.rsvg_handle_render_document(v->handle, context, &viewport, &error);
	unsigned status = api.cairo_status(context);
	api.cairo_destroy(context);
	api.cairo_surface_finish(surface);
	status = status != 0 ? status : api.cairo_surface_status(surface);
	api.cairo_surface_destroy(surface);
	/* a picture for which there is no memory is left out: only malloc tells */
	if (status == CAIRO_STATUS_NO_MEMORY || errno == ENOMEM)
		memory_exhausted();
	return (ok && status == 0) || fail(v->file, error);
}

uint32_t *
vector_paint(const struct vector *vector, struct rect part, int w, int h)
{
	size_t n = (size_t)w * (size_t)h;
	uint32_t *argb = memory_alloc(n * sizeof *argb);
	memset(argb, 0, n * sizeof *argb);
	void *surface = api.cairo_image_surface_create_for_data(
	    (unsigned char *)argb, CAIRO_FORMAT_ARGB32, w, h, 4 * w);
	if (draw(vector, part, surface, (struct size){w, h}))
		return argb;
	free(argb);
	return NULL;
}

static unsigned
append(void *out, const unsigned char *data, unsigned len)
{
	buffer_append(out, data, len);
	return 0;
}

bool
vector_print(
    const struct vector *vector, struct rect part, struct size size, struct buffer *out)
{
	void *surface =
	    api.cairo_pdf_surface_create_for_stream(append, out, size.w, size.h);
	/* a later version may pack objects into streams */
	api.cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
	return draw(vector, part, surface, size);
}
