#include "logo/drawing.h"

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
#include "logo/form.h"
#include "logo/ground.h"
#include "logo/unseen.h"
#include "logo/vectorapi.h"

enum {
	CANVAS = 1000,
	CSS_PPI = 96,
	DEFAULT_W = 300,
	DEFAULT_H = 150 /* CSS 2.2, 10.3.2 */
};

/* The longer side of a picture, in pixels, and the shorter one at least. */
enum { LONG_PX = 256, SHORT_PX = 64 };

/* Shapes that meet along a line leave it a little open, where they are smoothed. */
enum { NEARLY_OPAQUE = 32 };

/* Levels by which a ground differs at most from the card that was meant to be that, and
 * by which colours that are the same do.  One in LEFT_SHARE of its pixels may stay. */
enum { ALIKE = 24, SAME = 2, LEFT_SHARE = 100 };

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
drawing_load(void)
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
measure(struct drawing *d)
{
	int has_w, has_h, has_box;
	struct vector_length length;
	struct vector_rect box, rest;
	struct vector_error *error = NULL;
	double w = 0, h = 0;
	api.rsvg_handle_get_intrinsic_dimensions(
	    d->handle, &has_w, &length, &has_h, &length, &has_box, &box);
	if (!api.rsvg_handle_get_intrinsic_size_in_pixels(d->handle, &w, &h) && has_box) {
		w = box.w;
		h = box.h;
	}
	bool sized = w > 0 && h > 0;
	double scale = sized && has_box ? (double)CANVAS / fmax(w, h) : 1;
	d->canvas = (struct rect){0, 0, w * scale, h * scale};
	d->viewport = sized ? (struct size){d->canvas.w, d->canvas.h}
			    : (struct size){DEFAULT_W, DEFAULT_H};
	if (sized)
		return true;
	const struct vector_rect viewport = {0, 0, d->viewport.w, d->viewport.h};
	if (!api.rsvg_handle_get_geometry_for_layer(
		d->handle, NULL, &viewport, &box, &rest, &error))
		return fail(d->file, error);
	d->canvas = (struct rect){box.x, box.y, box.w, box.h};
	return true;
}

static bool
have_library(const struct logo_source *file)
{
	drawing_load();
	if (loaded)
		return true;
	if (*broken != '\0')
		diag_report(file->d, RULE_LOGO_LIBRARY, file->at,
		    _("%s is an SVG, and librsvg, which draws it, cannot be loaded (%s); install "
		      "that again or free some memory, or save the logo as PNG"),
		    file->path, broken);
	else
		diag_report(file->d, RULE_LOGO_LIBRARY, file->at,
		    _("%s is an SVG, which needs librsvg; install that (Debian, Ubuntu: "
		      "sudo apt install librsvg2-2), or save the logo as PNG"),
		    file->path);
	return false;
}

/* Has librsvg read the SVG, also once more. */
static bool
read_svg(struct drawing *d)
{
	struct vector_error *error = NULL;
	if (d->handle != NULL)
		api.g_object_unref(d->handle);
	d->handle = api.rsvg_handle_new_from_data(
	    (const unsigned char *)d->svg.data, d->svg.len, &error);
	if (d->handle == NULL)
		return fail(d->file, error);
	api.rsvg_handle_set_dpi(d->handle, CSS_PPI);
	return true;
}

bool
drawing_open(const struct logo_source *file, struct drawing *out)
{
	*out = (struct drawing){.file = file};
	return svg_judge(file, &out->svg, &out->first) && have_library(file) &&
	    read_svg(out) && measure(out);
}

void
drawing_close(struct drawing *drawing)
{
	if (drawing->handle != NULL)
		api.g_object_unref(drawing->handle);
	buffer_free(&drawing->svg);
}

/* --- drawing -------------------------------------------------------------------- */

/* Draws PART on SURFACE of W by H, and closes it. */
static bool
draw(const struct drawing *d, struct rect part, void *surface, struct size size)
{
	const struct vector_rect viewport = {0, 0, d->viewport.w, d->viewport.h};
	struct vector_error *error = NULL;
	errno = 0;
	void *context = api.cairo_create(surface);
	api.cairo_scale(context, size.w / part.w, size.h / part.h);
	api.cairo_translate(context, -part.x, -part.y);
	bool ok = api.rsvg_handle_render_document(d->handle, context, &viewport, &error);
	unsigned status = api.cairo_status(context);
	api.cairo_destroy(context);
	api.cairo_surface_finish(surface);
	status = status != 0 ? status : api.cairo_surface_status(surface);
	api.cairo_surface_destroy(surface);
	/* a picture for which there is no memory is left out: only malloc tells */
	if (status == CAIRO_STATUS_NO_MEMORY || errno == ENOMEM)
		memory_exhausted();
	return (ok && status == 0) || fail(d->file, error);
}

/* Lays pixels on CARD.  They are as cairo has them: opacity in the highest 8 bits, then
 * red, green and blue, each multiplied by it. */
static void
flatten(const uint32_t *argb, struct color card, struct image *image)
{
	unsigned char *out = image->memory, under[256][3];
	uint32_t most_clear = 0;
	for (uint32_t clear = 0; clear < 256; clear++) {
		under[clear][0] = (unsigned char)((card.r * clear + 127) / 255);
		under[clear][1] = (unsigned char)((card.g * clear + 127) / 255);
		under[clear][2] = (unsigned char)((card.b * clear + 127) / 255);
	}
	for (int i = 0; i < image->w * image->h; i++, out += 3) {
		uint32_t p = argb[i], clear = 255 - (p >> 24);
		out[0] = (unsigned char)((p >> 16) + under[clear][0]);
		out[1] = (unsigned char)((p >> 8) + under[clear][1]);
		out[2] = (unsigned char)(p + under[clear][2]);
		most_clear = clear > most_clear ? clear : most_clear;
	}
	image->opaque = most_clear <= NEARLY_OPAQUE;
}

static int
side(double own, double other)
{
	double share = own >= other ? 1 : own / other;
	return (int)fmax(round((double)LONG_PX * share), SHORT_PX);
}

bool
drawing_paint(const struct drawing *drawing, struct rect part, struct image *image,
    struct image *contrary)
{
	struct color card = drawing->file->card;
	int w = side(part.w, part.h), h = side(part.h, part.w);
	size_t len = (size_t)w * (size_t)h * sizeof(uint32_t);
	uint32_t *argb = memset(memory_alloc(len), 0, len);
	void *surface = api.cairo_image_surface_create_for_data(
	    (unsigned char *)argb, CAIRO_FORMAT_ARGB32, w, h, 4 * w);
	bool ok = draw(drawing, part, surface, (struct size){w, h});
	if (ok) {
		image_init(image, w, h, 3);
		flatten(argb, card, image);
	}
	if (ok && !image->opaque) {
		image_init(contrary, w, h, 3);
		flatten(argb, unseen_contrary(card), contrary);
	}
	free(argb);
	return ok;
}

/* Whether the picture WITHOUT is that WITH the ground of COLOR but for that: no pixel
 * differs much, and all of the ground became CARD. */
static bool
is_without(const struct image *with, const struct image *without,
    const unsigned char color[3], struct color card)
{
	const struct color ground = {color[0], color[1], color[2]};
	size_t n = (size_t)with->w * (size_t)with->h, all = 0, left = 0;
	for (size_t i = 0; i < n; i++) {
		const unsigned char *a = with->memory + 3 * i,
				    *b = without->memory + 3 * i;
		if (!image_is_near(a, (struct color){b[0], b[1], b[2]}, ALIKE))
			return false;
		bool is_ground = image_is_near(a, ground, SAME);
		all += is_ground;
		left += is_ground && !image_is_near(b, card, SAME);
	}
	return left * LEFT_SHARE <= all;
}

bool
drawing_drop_ground(struct drawing *drawing, struct rect part, struct image *image,
    struct image *contrary)
{
	const struct logo_source *file = drawing->file;
	struct image with = *image, without = {0};
	unsigned char color[3];
	if (*drawing->first.name == '\0' || !ground_is_off(image, file->card, color))
		return true;
	svg_hide(&drawing->svg, &drawing->first, true);
	bool ok = read_svg(drawing) && drawing_paint(drawing, part, &without, contrary);
	bool dropped = ok && is_without(&with, &without, color, file->card);
	*image = dropped ? without : with;
	image_free(dropped ? &with : &without);
	if (dropped || !ok)
		return ok;
	image_free(contrary);
	svg_hide(&drawing->svg, &drawing->first, false);
	return read_svg(drawing);
}

bool
drawing_widen(const struct drawing *drawing, struct rect *part)
{
	const struct rect all = drawing->canvas, r = *part;
	double dx = all.w / side(all.w, all.h), dy = all.h / side(all.h, all.w);
	bool finer = r.w < all.w * 0.5 || r.h < all.h * 0.5;
	if (!finer)
		return false;
	part->x = fmax(r.x - dx, all.x);
	part->y = fmax(r.y - dy, all.y);
	part->w = fmin(r.x + r.w + dx, all.x + all.w) - part->x;
	part->h = fmin(r.y + r.h + dy, all.y + all.h) - part->y;
	return true;
}

static unsigned
append(void *out, const unsigned char *data, unsigned len)
{
	buffer_append(out, data, len);
	return 0;
}

bool
drawing_print(const struct drawing *drawing, struct rect part, struct size size, int ppi,
    struct form *out)
{
	const struct logo_source *file = drawing->file;
	const struct size page = {size.w * ppi / 72, size.h * ppi / 72};
	struct buffer pdf = {0};
	void *surface =
	    api.cairo_pdf_surface_create_for_stream(append, &pdf, page.w, page.h);
	/* a later version may pack objects into streams */
	api.cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
	bool drawn = draw(drawing, part, surface, page);
	buffer_append(&pdf, "", 1);
	bool ok = drawn && form_copy((struct bytes){pdf.data, pdf.len - 1}, page, out);
	buffer_free(&pdf);
	if (drawn && !ok)
		diag_report(file->d, RULE_LOGO_LIBRARY, file->at,
		    _("%s cannot be drawn: this version of cairo writes PDF in an unknown "
		      "way; save the logo as PNG"),
		    file->path);
	return ok;
}
