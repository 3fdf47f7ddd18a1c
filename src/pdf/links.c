#include "pdf/links.h"

#include <math.h>

#include "pdf/haru.h"
#include "pdf/text.h"

/* The bit Print of /F, which PDF/A asks for. */
enum { FLAG_PRINT = 1 << 2 };

/* To the top left corner of TARGET; PDF 2.0 names the element too, and readers that do
 * not know structure destinations take the page (ISO 32000-2, 12.6.4.2). */
static void
put_go_to(const struct pdf *pdf, struct buffer *out, const struct element *target)
{
	struct buffer place = {0};
	buffer_printf(&place, "/XYZ %d %d 0]", (int)floor(target->anchor.x),
	    (int)ceil(target->anchor.y));
	put_reference(out, "/A<</S/GoTo/D[", pdf->first.page + target->anchor.page);
	buffer_append(out, place.data, place.len);
	if (pdf->version == PDF_2_0) {
		put_reference(out, "/SD[", pdf->first.element + target->number);
		buffer_append(out, place.data, place.len);
	}
	buffer_puts(out, ">>");
	buffer_free(&place);
}

/* --- annotations -------------------------------------------------------------- */

/* Puts the language of the words of LINK where it is not the document's: that of its
 * element or one around it. */
static void
put_lang(struct buffer *out, const struct link *link)
{
	const struct element *element = link->element;
	while (element != NULL && element->lang == NULL)
		element = element->parent;
	if (element != NULL)
		put_text(out, "/Lang", bytes_of(element->lang));
}

static void
put_annotation(const struct pdf *pdf, struct buffer *out, const struct link *link)
{
	buffer_puts(out, "<</Type/Annot/Subtype/Link");
	put_rect(out, "/Rect", link->rect);
	buffer_printf(out, "/Border[0 0 0]/F %d/StructParent %d", FLAG_PRINT,
	    pdf->doc->npages + link->number);
	put_text(out, "/Contents", bytes_of(link->contents));
	if (pdf->version == PDF_2_0)
		put_lang(out, link);
	if (link->uri != NULL) {
		put_string(out, "/A<</S/URI/URI", bytes_of(link->uri));
		buffer_puts(out, ">>");
	} else {
		put_go_to(pdf, out, link->target);
	}
	buffer_puts(out, ">>");
}

void
annotations_write(struct pdf *pdf)
{
	for (int i = 0; i < pdf->doc->nlinks; i++) {
		put_annotation(pdf, object_begin(&pdf->file, pdf->first.annotation + i),
		    pdf->doc->links[i]);
		object_end(&pdf->file);
	}
}

/* --- bookmarks ---------------------------------------------------------------- */

HPDF_Dict
outline_build(struct pdf *pdf)
{
	const struct outline *outline = &pdf->doc->outline;
	const struct outline *last = &outline->children[outline->nchildren - 1];
	HPDF_Dict root = pdf->outline = haru_indirect(pdf);
	haru_set_name(pdf, root, "Type", "Outlines");
	haru_set(pdf, root, "First", haru_reference(pdf, pdf->first.bookmark));
	haru_set(
	    pdf, root, "Last", haru_reference(pdf, pdf->first.bookmark + last->number));
	haru_set_number(pdf, root, "Count", outline->nchildren);
	return root;
}

/* Writes the children of PARENT, whose object has NUMBER. */
static void
write_bookmarks(struct pdf *pdf, const struct outline *parent, int number)
{
	int first = pdf->first.bookmark;
	for (int i = 0; i < parent->nchildren; i++) {
		const struct outline *item = &parent->children[i];
		struct buffer *out = object_begin(&pdf->file, first + item->number);
		put_text(out, "<</Title", bytes_of(item->title));
		put_go_to(pdf, out, item->target);
		if (item->nchildren > 0)
			buffer_printf(out, "/Count %d", -item->nchildren); /* closed */
		put_reference(out, "/Parent ", number);
		if (i > 0)
			put_reference(out, "/Prev ", first + item[-1].number);
		if (i + 1 < parent->nchildren)
			put_reference(out, "/Next ", first + item[1].number);
		if (item->nchildren > 0) {
			const struct outline *last = &item->children[item->nchildren - 1];
			put_reference(out, "/First ", first + item->children->number);
			put_reference(out, "/Last ", first + last->number);
		}
		buffer_puts(out, ">>");
		object_end(&pdf->file);
		write_bookmarks(pdf, item, first + item->number);
	}
}

void
bookmarks_write(struct pdf *pdf)
{
	write_bookmarks(pdf, &pdf->doc->outline, haru_number(pdf->outline));
}
