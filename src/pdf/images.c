#include "pdf/images.h"

#include <assert.h>

#include "pdf/text.h"

void
images_collect(struct pdf *pdf)
{
	struct images *images = &pdf->images;
	for (int p = 0; p < pdf->doc->npages; p++) {
		const struct page *page = &pdf->doc->pages[p];
		for (int b = 0; b < page->nboxes; b++) {
			const struct box *box = &page->boxes[b];
			if (box->kind != BOX_IMAGE || box->image.logo->number < images->n)
				continue;
			assert(box->image.logo->number == images->n);
			*arena_append(&pdf->arena, images->list, images->n) =
			    box->image.logo;
		}
	}
}

static void
put_color_space(struct buffer *out, const struct raster *raster)
{
	if (raster->space == RASTER_INDEXED) {
		size_t len = 3 * (size_t)raster->npalette;
		buffer_printf(
		    out, "/ColorSpace[/Indexed/DeviceRGB %d", raster->npalette - 1);
		put_string(out, "", (struct bytes){raster->palette, len});
		buffer_puts(out, "]");
	} else {
		buffer_puts(out, "/ColorSpace");
		buffer_puts(
		    out, raster->space == RASTER_GRAY ? "/DeviceGray" : "/DeviceRGB");
	}
}

static void
put_raster(struct buffer *out, const struct raster *raster)
{
	buffer_printf(out, "/Subtype/Image/Width %d/Height %d", raster->width_px,
	    raster->height_px);
	put_color_space(out, raster);
	buffer_printf(out, "/BitsPerComponent %d/Filter/%s", raster->bits,
	    raster->jpeg ? "DCTDecode" : "FlateDecode");
	if (raster->jpeg && raster->space == RASTER_RGB && !raster->ycbcr)
		buffer_puts(out, "/DecodeParms<</ColorTransform 0>>");
	if (!raster->predictor)
		return;
	/* one component of 8 bits is what is taken where nothing is said (7.4.4.4) */
	buffer_printf(out, "/DecodeParms<</Predictor 15/Columns %d", raster->width_px);
	if (raster->space == RASTER_RGB)
		buffer_puts(out, "/Colors 3");
	if (raster->bits != 8)
		buffer_printf(out, "/BitsPerComponent %d", raster->bits);
	buffer_puts(out, ">>");
}

void
images_write(struct pdf *pdf)
{
	struct buffer entries = {0};
	for (int i = 0; i < pdf->images.n; i++) {
		const struct logo *logo = pdf->images.list[i];
		struct bytes data = {0};
		entries.len = 0;
		switch (logo->kind) {
		case LOGO_RASTER:
			put_raster(&entries, &logo->raster);
			data = (struct bytes){logo->raster.data, logo->raster.len};
			break;
		}
		stream_write(&pdf->file, pdf->first.image + i,
		    (struct bytes){entries.data, entries.len}, data);
	}
	buffer_free(&entries);
}

void
image_matrix(const struct logo *logo, struct rect frame, double matrix[6])
{
	switch (logo->kind) {
	case LOGO_RASTER: /* a square of one unit (8.9.5.1) */
		for (int i = 0; i < 6; i++)
			matrix[i] = orientation_matrix(logo->raster.orientation)[i] *
			    (i % 2 == 0 ? frame.w : frame.h);
		matrix[4] += frame.x;
		matrix[5] += frame.y;
		break;
	}
}
