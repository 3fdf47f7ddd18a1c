#include "logo/drawing.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "logo/form.h"
#include "logo/ground.h"
#include "logo/unseen.h"

/* The longer side of a picture, in pixels, and the shorter one at least. */
enum { LONG_PX = 256, SHORT_PX = 64 };

/* Shapes that meet along a line leave it a little open, where they are smoothed. */
enum { NEARLY_OPAQUE = 32 };

/* Levels by which a ground differs at most from the card that was meant to be that, and
 * by which colours that are the same do.  One in LEFT_SHARE of its pixels may stay. */
enum { ALIKE = 24, SAME = 2, LEFT_SHARE = 100 };

static bool
open_vector(const struct logo_source *file, struct drawing *drawing)
{
	struct bytes svg = {drawing->svg.data, drawing->svg.len};
	vector_close(&drawing->vector);
	return vector_open(file, svg, &drawing->vector);
}

bool
drawing_open(const struct logo_source *file, struct drawing *out)
{
	*out = (struct drawing){0};
	bool ok = svg_judge(file, &out->svg, &out->first) && open_vector(file, out);
	out->canvas = out->vector.canvas;
	return ok;
}

void
drawing_close(struct drawing *drawing)
{
	vector_close(&drawing->vector);
	buffer_free(&drawing->svg);
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
	struct color card = drawing->vector.file->card;
	int w = side(part.w, part.h), h = side(part.h, part.w);
	uint32_t *argb = vector_paint(&drawing->vector, part, w, h);
	if (argb == NULL)
		return false;
	image_init(image, w, h, 3);
	flatten(argb, card, image);
	if (!image->opaque) {
		image_init(contrary, w, h, 3);
		flatten(argb, unseen_contrary(card), contrary);
	}
	free(argb);
	return true;
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
	const struct logo_source *file = drawing->vector.file;
	struct image with = *image, without = {0};
	unsigned char color[3];
	if (*drawing->first.name == '\0' || !ground_is_off(image, file->card, color))
		return true;
	svg_hide(&drawing->svg, &drawing->first, true);
	bool ok = open_vector(file, drawing) &&
	    drawing_paint(drawing, part, &without, contrary);
	bool dropped = ok && is_without(&with, &without, color, file->card);
	*image = dropped ? without : with;
	image_free(dropped ? &with : &without);
	if (dropped || !ok)
		return ok;
	image_free(contrary);
	svg_hide(&drawing->svg, &drawing->first, false);
	return open_vector(file, drawing);
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

bool
drawing_print(const struct drawing *drawing, struct rect part, struct size size, int ppi,
    struct form *out)
{
	const struct logo_source *file = drawing->vector.file;
	const struct size page = {size.w * ppi / 72, size.h * ppi / 72};
	struct buffer pdf = {0};
	bool drawn = vector_print(&drawing->vector, part, page, &pdf);
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
