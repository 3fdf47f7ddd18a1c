#include "pdf/images.h"

#include <assert.h>
#include <string.h>

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
			const struct logo *logo = box->image.logo;
			*arena_append(&pdf->arena, images->list, images->n) = logo;
			if (logo->kind == LOGO_FORM)
				images->nparts += logo->form.nobjects - 1;
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

static void
raster_write(struct pdf *pdf, const struct raster *raster, int number)
{
	struct buffer entries = {0};
	put_raster(&entries, raster);
	stream_write(&pdf->file, number, (struct bytes){entries.data, entries.len},
	    (struct bytes){raster->data, raster->len});
	buffer_free(&entries);
}

/* TEXT with each "@" and number replaced by a reference to that object after FIRST. */
static void
put_form_text(struct buffer *out, const char *text, size_t len, int first)
{
	for (const char *end = text + len, *at; text < end; text = at) {
		at = memchr(text, '@', (size_t)(end - text));
		buffer_append(out, text, (size_t)((at != NULL ? at : end) - text));
		if (at == NULL)
			return;
		int number = 0;
		while (++at < end && *at >= '0' && *at <= '9')
			number = 10 * number + *at - '0';
		put_reference(out, "", first + number);
	}
}

/* Writes FORM as object NUMBER, and its other objects from FIRST on. */
static void
form_write(struct pdf *pdf, const struct form *form, int number, int first)
{
	const char *bytes = form->bytes;
	struct buffer text = {0};
	for (int i = 0; i < form->nobjects; i++) {
		const struct form_object *object = &form->objects[i];
		int own = i == form->nobjects - 1 ? number : first + i;
		text.len = 0;
		put_form_text(&text, bytes, object->text_len, first);
		bytes += object->text_len;
		if (object->is_stream)
			stream_write(&pdf->file, own, (struct bytes){text.data, text.len},
			    (struct bytes){bytes, object->data_len});
		else {
			buffer_append(object_begin(&pdf->file, own), text.data, text.len);
			object_end(&pdf->file);
		}
		bytes += object->data_len;
	}
	buffer_free(&text);
}

void
images_write(struct pdf *pdf)
{
	int part = pdf->first.part;
	for (int i = 0; i < pdf->images.n; i++) {
		const struct logo *logo = pdf->images.list[i];
		int number = pdf->first.image + i;
		switch (logo->kind) {
		case LOGO_RASTER:
			raster_write(pdf, &logo->raster, number);
			break;
		case LOGO_FORM:
			form_write(pdf, &logo->form, number, part);
			part += logo->form.nobjects - 1;
			break;
		}
	}
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
	case LOGO_FORM:
		memcpy(matrix,
		    (const double[]){frame.w / logo->form.width, 0, 0,
			frame.h / logo->form.height, frame.x, frame.y},
		    6 * sizeof *matrix);
		break;
	}
}
