#include "logo/load.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "logo/chunk.h"
#include "logo/ink.h"
#include "logo/pack.h"
#include "logo/png.h"
#include "logo/resample.h"

enum { PRINT_PPI = 300, COARSE_PPI = 150 };

/* No side is resampled to fewer pixels: the rows that become one would all have to be in
 * memory. */
enum { SIDE_MIN = 8 };

/* A limit on fineness below LIMIT_PPI is obeyed to the letter; one from there on is there
 * to save bytes, and does not cost any up to KEEP_PPI. */
enum { LIMIT_PPI = 450, KEEP_PPI = 675 };

/* Of a larger file, in bytes, its pixels are not held in memory twice. */
enum { SMALL_FILE = 8 * 1024 * 1024 };

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
trim(const struct logo_source *file, struct image *image)
{
	if (image_trim(image))
		return true;
	diag_report(file->d, RULE_LOGO_BLANK, file->at,
	    _("%s shows nothing: all of it is transparent or white; use the version of the "
	      "logo made for white paper"),
	    file->path);
	return false;
}

static void
warn_coarse(const struct logo_source *file, const struct image *image, double ppi)
{
	double scale = (double)PRINT_PPI / ppi;
	diag_report(file->d, RULE_LOGO_COARSE, file->at,
	    _("%s is coarse: its %d x %d pixels are printed at %.0f to the inch; export it "
	      "from the original with %.0f x %.0f pixels or more"),
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
	struct image image;
};

/* Whether the file's own pixels take less room than they would at W x H: the edges of
 * shapes drawn in few colours become hundreds of shades, which took 0.4 bytes a pixel. */
static bool
is_smaller_copied(const struct work *work, int w, int h)
{
	const struct image *image = &work->image;
	return image->copyable && image->indexed && work->pixels.data != NULL &&
	    work->pixels.len < (size_t)w * (size_t)h / 4;
}

/* Resamples the image when it is finer than wanted at SIZE; false if it is not. */
static bool
resample(const struct logo_options *options, struct work *work, struct size size)
{
	const struct image *image = &work->image;
	double ppi = image->window.w / (size.w / 72);
	if (options->max_ppi == 0 || ppi <= options->max_ppi)
		return false;
	int target = options->max_ppi < PRINT_PPI ? options->max_ppi : PRINT_PPI;
	int w = pixels(size.w, target, image->window.w);
	int h = pixels(size.h, target, image->window.h);
	if (w == image->window.w && h == image->window.h)
		return false;
	if (options->max_ppi >= LIMIT_PPI && ppi <= (double)KEEP_PPI &&
	    is_smaller_copied(work, w, h))
		return false;
	image_resample(&work->image, w, h);
	return true;
}

/* The place of all of IMAGE when its window is shown SIZE large. */
static struct rect
frame_of(const struct image *image, struct size size)
{
	double scale = size.w / image->window.w;
	int below = image->h - image->window.y - image->window.h;
	return (struct rect){
	    -image->window.x * scale, -below * scale, image->w * scale, image->h * scale};
}

/* Fits, resamples and packs a decoded logo. */
static void
make(const struct logo_options *options, struct codec *codec, struct work *work,
    struct logo *out)
{
	struct image *image = &work->image;
	out->size = fit_logo((struct size){image->window.w, image->window.h},
	    options->box, ink_scale(ink_density(image, work->file->card)));
	double ppi = image->window.w / (out->size.w / 72);
	if (ppi < (double)COARSE_PPI)
		warn_coarse(work->file, image, ppi);
	bool changed = resample(options, work, out->size);
	if (image->copyable && !changed && work->pixels.data == NULL)
		work->pixels = png_pixels(work->file);
	if (image->copyable && !changed && work->pixels.data != NULL)
		pack_copy(&work->pixels, image, &out->raster);
	else
		pack_image(codec, image, &out->raster);
	out->frame = frame_of(image, out->size);
}

static bool
decode_png(struct work *work, struct codec *codec)
{
	struct logo_source stored;
	if (work->file->len <= SMALL_FILE)
		work->pixels = png_pixels(work->file);
	bool fast = png_store(work->file, &work->pixels, codec, &stored);
	return png_decode(fast ? &stored : work->file, &work->image);
}

bool
logo_load(const struct logo_options *options, struct codec *codec,
    const struct logo_source *file, struct logo *out)
{
	struct work work = {.file = file};
	bool ok = false;
	switch (sniff(file)) {
	case FORMAT_PNG:
		ok = decode_png(&work, codec);
		break;
	case FORMAT_OTHER:
		break;
	}
	ok = ok && trim(file, &work.image);
	if (ok)
		make(options, codec, &work, out);
	image_free(&work.image);
	free(work.pixels.data);
	return ok;
}
