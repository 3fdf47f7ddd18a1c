#include "logo/load.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "logo/chunk.h"
#include "logo/drawing.h"
#include "logo/ground.h"
#include "logo/ink.h"
#include "logo/jpeg.h"
#include "logo/pack.h"
#include "logo/png.h"
#include "logo/unseen.h"

enum { PRINT_PPI = 300, COARSE_PPI = 150 };

/* No side is resampled to fewer pixels: the rows that become one would all have to be in
 * memory. */
enum { SIDE_MIN = 8 };

/* White around a logo, in points, and in pixels where those are coarse: renderers draw
 * the edges of a picture on whole pixels, and would cut into it. */
static const double MARGIN = 1, MARGIN_PX = 4;

/* A limit on fineness below LIMIT_PPI is obeyed to the letter; one from there on is there
 * to save bytes, and does not cost any up to KEEP_PPI. */
enum { LIMIT_PPI = 450, KEEP_PPI = 675 };

/* Of a larger file, in bytes, its pixels are not held in memory twice. */
enum { HIDDEN_SHARE = 500, SMALL_FILE = 8 * 1024 * 1024 };

struct size
fit_logo(struct size logo, struct size box, double scale)
{
	double ratio = logo.w / logo.h;
	double area = fmin(box.w * box.w / 3.6, 1.5 * box.h * box.h);
	double most_w = box.w * fmin(fmax(ratio / 4, 1), FIT_WIDE);
	double h = fmin(scale * sqrt(area / ratio), fmin(box.h, most_w / ratio));
	return (struct size){h * ratio, h};
}

static bool
is_white(struct color card)
{
	return card.r == 255 && card.g == 255 && card.b == 255;
}

static void
tell_blank(const struct logo_source *file)
{
	diag_report(file->d, RULE_LOGO_BLANK, file->at,
	    file->on_paper
		? _("%s shows nothing: all of it is transparent or as good as the colour of "
		    "the paper; use a version of the logo made for it")
		: is_white(file->card)
		? _("%s shows nothing: all of it is transparent or white; use the version "
		    "of the logo made for white paper, or give it a dark card: \"accent\" in "
		    "a column \"card\"")
		: _("%s shows nothing: all of it is transparent or as good as the colour of "
		    "its card; choose another one in the column \"card\""),
	    file->path);
}

/* Tells of parts of IMAGE that cannot be seen, and of a card on which all of it can, if
 * the contrary one is that. */
static void
tell_unseen(const struct logo_source *file, const struct image *image,
    const struct image *contrary)
{
	const struct color c = unseen_contrary(file->card);
	bool cured = unseen_find(contrary, image, c, true) == UNSEEN_NOTHING;
	diag_report(file->d, RULE_LOGO_UNSEEN, file->at,
	    file->on_paper
		? _("%s has parts that can hardly be seen, nearly as light or as dark as "
		    "the paper; use a version of the logo made for it")
		: is_white(file->card)
		? _("%s has parts that cannot be seen, white or nearly so on a white card; "
		    "use the version of the logo made for white paper, or give it a dark "
		    "card: \"accent\" in a column \"card\"")
		: cured
		? _("%s has parts that can hardly be seen, nearly as light or as dark as "
		    "its card; choose another colour in the column \"card\", such as "
		    "#%02x%02x%02x")
		: _("%s has parts that can hardly be seen, nearly as light or as dark as "
		    "its card; choose another colour in the column \"card\", or use a "
		    "version of the logo made for this one"),
	    file->path, c.r, c.g, c.b);
}

/* Makes the window of IMAGE what is opaque of it: there CONTRARY, which is used up, shows
 * nearly the same.  Where nothing is, what differs from the contrary card is taken. */
static void
trim_clear(struct image *image, struct image *contrary, struct color card)
{
	int left = image->w, top = image->h, right = 0, bottom = 0;
	for (int y = 0; y < image->h; y++)
		for (int x = 0; x < image->w; x++) {
			const unsigned char *a = image_color(
						image, image_row(image, y), x),
					    *b = image_color(
						contrary, image_row(contrary, y), x);
			if (abs(a[0] - b[0]) + abs(a[1] - b[1]) + abs(a[2] - b[2]) > 96)
				continue;
			left = x < left ? x : left;
			top = y < top ? y : top;
			right = x >= right ? x + 1 : right;
			bottom = y + 1;
		}
	if (right > left)
		contrary->window = (struct window){left, top, right - left, bottom - top};
	else
		ground_trim(contrary, unseen_contrary(card));
	image->ink = image->window = contrary->window;
}

/* What cannot be seen of a transparent logo, which CONTRARY shows.  A rectangle that it
 * stands on becomes its window. */
static bool
is_on_ground(const struct logo_source *file, struct image *image, struct image *contrary)
{
	enum unseen found = unseen_find(image, contrary, file->card, false);
	if (found == UNSEEN_GROUND)
		trim_clear(image, contrary, file->card);
	else if (found == UNSEEN_PARTS ||
	    (unseen_is_chosen(file->card) &&
		unseen_find(image, contrary, file->card, true) == UNSEEN_PARTS))
		tell_unseen(file, image, contrary);
	return found == UNSEEN_GROUND;
}

/* Finds what of an image is the logo; FOUND has the edges of a ground that belongs to it.
 * False: there is nothing; reported. */
static bool
find_logo(const struct logo_source *file, struct image *image, struct image *contrary,
    struct edges *found)
{
	bool flag = image->opaque && ground_is_flag(image, file->card);
	if (!flag && contrary->memory != NULL)
		flag = is_on_ground(file, image, contrary);
	if (flag) {
		ground_find_edges(image, file->card, found);
		return true;
	}
	ground_clear(image, file->card);
	if (ground_trim(image, file->card))
		return true;
	tell_blank(file);
	return false;
}

static void
warn_coarse(const struct logo_source *file, const struct image *image, double ppi)
{
	double scale = (double)PRINT_PPI / ppi;
	diag_report(file->d, RULE_LOGO_COARSE, file->at,
	    _("%s is coarse: its %d x %d pixels are printed at %.0f to the inch; ask for "
	      "the logo with %.0f x %.0f pixels or more, since enlarging this file does "
	      "not make it finer"),
	    file->path, image->w, image->h, floor(ppi), ceil(image->w * scale),
	    ceil(image->h * scale));
}

/* How many of the HAVE pixels of a side are kept, when it is printed POINTS long. */
static int
pixels(double points, int ppi, int have)
{
	long n = lround(points / 72 * ppi);
	n = n > SIDE_MIN ? n : SIDE_MIN;
	return n < have ? (int)n : have;
}

/* A logo on its way: the file, its compressed pixels if they are flawless and known, and
 * the pixels. */
struct work {
	const struct logo_source *file;
	struct packed pixels;
	struct image image, contrary; /* on the card, and on a contrary one if need be */
	struct edges edges;
};

/* Whether the file's own pixels take less room than they would at W x H: the edges of
 * shapes drawn in few colours become hundreds of shades, which took 0.4 bytes a pixel. */
static bool
is_smaller_copied(const struct work *work, int w, int h)
{
	const struct image *image = &work->image;
	/* shades of a photograph take more than a byte */
	size_t most = (size_t)w * (size_t)h / (image->noisy ? 1 : 4);
	return image->copyable && (image->indexed || image->noisy) &&
	    work->pixels.data != NULL && work->pixels.len < most;
}

/* Resamples the image when it is finer than wanted, its pixels PIXEL points large; false
 * if it is not. */
static bool
resample(const struct logo_options *options, struct work *work, double pixel)
{
	const struct window *in = &work->image.window;
	double ppi = 72 / pixel;
	if (options->max_ppi == 0 || ppi <= options->max_ppi)
		return false;
	int target = options->max_ppi < PRINT_PPI ? options->max_ppi : PRINT_PPI;
	int w = pixels(in->w * pixel, target, in->w);
	int h = pixels(in->h * pixel, target, in->h);
	if (w == in->w && h == in->h)
		return false;
	if (options->max_ppi >= LIMIT_PPI &&
	    (ppi <= (double)KEEP_PPI || work->image.noisy) &&
	    is_smaller_copied(work, w, h))
		return false;
	bool kept = work->image.noisy && work->image.copyable;
	work->image.copyable = false;
	if (kept && work->edges.n == 0)
		ground_clear(&work->image, work->file->card);
	image_resample(&work->image, w, h);
	return true;
}

/* Which part of WHOLE is PART, as they are seen: 1 is all of it. */
static struct rect
part_of(const struct image *image, struct window whole, struct window part)
{
	double w = whole.w, h = whole.h;
	int below = whole.y + whole.h - part.y - part.h;
	return orientation_turn(image->orientation,
	    (struct rect){(part.x - whole.x) / w, below / h, part.w / w, part.h / h});
}

/* Where what INK is a part of lies when INK is SIZE large. */
static struct rect
around(struct rect ink, struct size size)
{
	double w = size.w / ink.w, h = size.h / ink.h;
	return (struct rect){-ink.x * w, -ink.y * h, w, h};
}

/* Keeps the edges of a logo whose ink is SIZE large. */
static void
keep_edges(const struct work *work, struct size size, struct logo *out)
{
	const struct edges *edges = &work->edges;
	out->nedges = edges->n;
	if (edges->n > 0)
		out->edges = memory_alloc((size_t)edges->n * sizeof *out->edges);
	for (int i = 0; i < edges->n; i++) {
		struct rect r = part_of(&work->image, work->image.ink, edges->list[i]);
		out->edges[i] =
		    (struct rect){r.x * size.w, r.y * size.h, r.w * size.w, r.h * size.h};
	}
}

/* The window of IMAGE and up to N pixels of margin on each side. */
static struct window
window_and_margin(const struct image *image, int n)
{
	const struct window in = image->window;
	int x = in.x > n ? in.x - n : 0, y = in.y > n ? in.y - n : 0;
	int right = in.x + in.w + n, bottom = in.y + in.h + n;
	return (struct window){x, y, (right < image->w ? right : image->w) - x,
	    (bottom < image->h ? bottom : image->h) - y};
}

/* Fits, resamples and packs a decoded logo. */
static void
make(const struct logo_options *options, struct codec *codec, struct work *work,
    struct logo *out)
{
	struct image *image = &work->image;
	const struct window all = {0, 0, image->w, image->h}, ink = image->ink;
	bool turned = image->orientation >= ORIENTATION_SIDES;
	out->size =
	    fit_logo((struct size){turned ? ink.h : ink.w, turned ? ink.w : ink.h},
		options->box, ink_scale(ink_density(image, work->file->card)));
	double pixel = (turned ? out->size.h : out->size.w) / ink.w;
	if (72 / pixel < (double)COARSE_PPI)
		warn_coarse(work->file, image, 72 / pixel);
	out->shown = around(part_of(image, image->window, ink), out->size);
	if (work->edges.n == 0)
		image->window =
		    window_and_margin(image, (int)fmax(MARGIN_PX, ceil(MARGIN / pixel)));
	out->frame = around(part_of(image, image->window, ink), out->size);
	keep_edges(work, out->size, out);
	if (image->copyable && work->pixels.data == NULL)
		work->pixels = image->noisy ? jpeg_strip(work->file, !image->ycbcr)
					    : png_pixels(work->file);
	if (!resample(options, work, pixel) && image->copyable &&
	    work->pixels.data != NULL) {
		out->frame = around(part_of(image, all, ink), out->size);
		pack_copy(&work->pixels, image, &out->raster);
	} else {
		pack_image(codec, image, &out->raster);
	}
}

static bool
decode_png(struct work *work, struct codec *codec)
{
	struct logo_source stored;
	if (work->file->len <= SMALL_FILE)
		work->pixels = png_pixels(work->file);
	if (!png_store(work->file, &work->pixels, codec, &stored))
		stored = *work->file;
	if (!png_decode(&stored, &work->image))
		return false;
	if (work->image.hidden * HIDDEN_SHARE > (long)work->image.w * work->image.h ||
	    (!work->image.opaque && unseen_is_chosen(work->file->card))) {
		struct diag told = {0}; /* already */
		stored.d = &told;
		stored.card = unseen_contrary(work->file->card);
		png_decode(&stored, &work->contrary);
		diag_free(&told);
	}
	return true;
}

/* Of DRAWING, the place that WINDOW has in IMAGE, a picture of PART. */
static struct rect
place_of(struct rect part, const struct image *image, struct window window)
{
	double w = part.w / image->w, h = part.h / image->h;
	return (struct rect){
	    part.x + window.x * w, part.y + window.y * h, window.w * w, window.h * h};
}

/* Finds in a picture of PART, of an SVG, what of it is the logo, and that place. */
static bool
look(struct drawing *drawing, struct work *work, struct rect *part)
{
	struct image *image = &work->image;
	struct color card = work->file->card;
	image_free(image);
	image_free(&work->contrary);
	work->edges.n = 0;
	if (!drawing_paint(drawing, *part, image, &work->contrary))
		return false;
	if (image->opaque && !ground_is_flag(image, card) &&
	    !drawing_drop_ground(drawing, *part, image, &work->contrary))
		return false;
	if (!find_logo(work->file, &work->image, &work->contrary, &work->edges))
		return false;
	*part = place_of(*part, &work->image, work->image.window);
	return true;
}

/* Fits an SVG, whose PART is the window of its picture, and prints it. */
static bool
make_form(const struct logo_options *options, const struct drawing *drawing,
    struct work *work, struct rect part, struct logo *out)
{
	const struct image *image = &work->image;
	struct rect ink = part_of(image, image->window, image->ink);
	int limit = options->max_ppi;
	out->kind = LOGO_FORM;
	out->size = fit_logo((struct size){part.w * ink.w, part.h * ink.h}, options->box,
	    ink_scale(ink_density(image, work->file->card)));
	out->frame = out->shown = around(ink, out->size);
	keep_edges(work, out->size, out);
	return drawing_print(drawing, part, (struct size){out->frame.w, out->frame.h},
	    limit > 0 && limit < PRINT_PPI ? limit : PRINT_PPI, &out->form);
}

/* Looks at all of an SVG, and once more where only a part of that is the logo, to find
 * its edges as exactly.  What the second look does not tell of may lie outside that part.
 */
static bool
load_svg(const struct logo_options *options, struct work *work, struct logo *out)
{
	const struct logo_source *file = work->file;
	struct diag first = {0};
	struct logo_source quiet = *file;
	struct drawing drawing;
	if (!drawing_open(file, &drawing)) {
		drawing_close(&drawing);
		return false;
	}
	struct rect part = drawing.canvas;
	bool ok = part.w > 0 && part.h > 0;
	if (!ok)
		tell_blank(file);
	quiet.d = &first;
	work->file = &quiet;
	ok = ok && look(&drawing, work, &part);
	work->file = file;
	int told = file->d->n;
	if (ok && drawing_widen(&drawing, &part))
		ok = look(&drawing, work, &part);
	if (file->d->n == told)
		diag_merge(file->d, &first, file->at);
	ok = ok && make_form(options, &drawing, work, part, out);
	diag_free(&first);
	drawing_close(&drawing);
	return ok;
}

bool
logo_load(const struct logo_options *options, struct codec *codec,
    const struct logo_source *file, struct logo *out)
{
	struct work work = {.file = file};
	bool ok = false, is_svg = false;
	switch (sniff(file)) {
	case FORMAT_PNG:
		ok = decode_png(&work, codec);
		break;
	case FORMAT_JPEG:
		ok = jpeg_decode(file, &work.image);
		break;
	case FORMAT_SVG:
		is_svg = true;
		ok = load_svg(options, &work, out);
		break;
	case FORMAT_OTHER:
		break;
	}
	ok = ok && (is_svg || find_logo(file, &work.image, &work.contrary, &work.edges));
	image_free(&work.contrary);
	if (ok && !is_svg)
		make(options, codec, &work, out);
	image_free(&work.image);
	free(work.pixels.data);
	return ok;
}
