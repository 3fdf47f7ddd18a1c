#include "pdf/images.h"

#include "pdf/text.h"

/* Where LOGO is in the hash table, or where it would go. */
static int *
slot_of(const struct images *images, const struct logo *logo)
{
	uintptr_t hash = (uintptr_t)logo / sizeof *logo * 2654435761u;
	int i = (int)(hash >> 4 & (uintptr_t)(images->nslots - 1));
	while (images->slots[i] >= 0 && images->list[images->slots[i]] != logo)
		i = (i + 1) & (images->nslots - 1);
	return &images->slots[i];
}

static int
count_image_boxes(const struct document *doc)
{
	int n = 0;
	for (int p = 0; p < doc->npages; p++)
		for (int b = 0; b < doc->pages[p].nboxes; b++)
			n += doc->pages[p].boxes[b].kind == BOX_IMAGE;
	return n;
}

static void
images_add(struct pdf *pdf, const struct logo *logo)
{
	struct images *images = &pdf->images;
	int *slot = slot_of(images, logo);
	if (*slot >= 0)
		return;
	*slot = images->n;
	*arena_append(&pdf->arena, images->list, images->n) = logo;
}

void
images_collect(struct pdf *pdf)
{
	struct images *images = &pdf->images;
	int n = count_image_boxes(pdf->doc);
	images->nslots = 4;
	while (images->nslots < 2 * n)
		images->nslots *= 2;
	images->slots =
	    arena_alloc(&pdf->arena, (size_t)images->nslots * sizeof *images->slots);
	for (int i = 0; i < images->nslots; i++)
		images->slots[i] = -1;
	for (int p = 0; p < pdf->doc->npages; p++) {
		const struct page *page = &pdf->doc->pages[p];
		for (int b = 0; b < page->nboxes; b++)
			if (page->boxes[b].kind == BOX_IMAGE)
				images_add(pdf, page->boxes[b].image.logo);
	}
}

int
image_index(const struct images *images, const struct logo *logo)
{
	return *slot_of(images, logo);
}

static void
put_color_space(struct buffer *out, const struct logo *logo)
{
	if (logo->space == LOGO_INDEXED) {
		buffer_printf(
		    out, "/ColorSpace[/Indexed/DeviceRGB %d", logo->npalette - 1);
		put_string(
		    out, "", (struct bytes){logo->palette, 3 * (size_t)logo->npalette});
		buffer_puts(out, "]");
	} else {
		buffer_puts(out, "/ColorSpace");
		buffer_puts(out, logo->space == LOGO_GRAY ? "/DeviceGray" : "/DeviceRGB");
	}
}

static void
put_image(struct buffer *out, const struct logo *logo)
{
	buffer_printf(
	    out, "/Subtype/Image/Width %d/Height %d", logo->width_px, logo->height_px);
	put_color_space(out, logo);
	buffer_printf(out, "/BitsPerComponent %d/Filter/FlateDecode", logo->bits);
	if (!logo->predictor)
		return;
	/* one component of 8 bits is what is taken where nothing is said (7.4.4.4) */
	buffer_printf(out, "/DecodeParms<</Predictor 15/Columns %d", logo->width_px);
	if (logo->space == LOGO_RGB)
		buffer_puts(out, "/Colors 3");
	if (logo->bits != 8)
		buffer_printf(out, "/BitsPerComponent %d", logo->bits);
	buffer_puts(out, ">>");
}

void
images_write(struct pdf *pdf)
{
	struct buffer entries = {0};
	for (int i = 0; i < pdf->images.n; i++) {
		const struct logo *logo = pdf->images.list[i];
		entries.len = 0;
		put_image(&entries, logo);
		stream_write(&pdf->file, pdf->first.image + i,
		    (struct bytes){entries.data, entries.len},
		    (struct bytes){logo->data, logo->len});
	}
	buffer_free(&entries);
}
