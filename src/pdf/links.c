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

/* --- annotations ----------------------------------------------------------------- */

static void
put_annotation(const struct pdf *pdf, struct buffer *out, const struct link *link)
{
	buffer_puts(out, "<</Type/Annot/Subtype/Link");
	put_rect(out, "/Rect", link->rect);
	buffer_printf(out, "/Border[0 0 0]/F %d/StructParent %d", FLAG_PRINT,
	    pdf->doc->npages + link->number);
	put_text(out, "/Contents", bytes_of(link->contents));
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

/* --- bookmarks ------------------------------------------------------------------- */

/* Bookmarks of one parent.  Each is numbered before its children, and these before its
 * next sibling. */
struct siblings {
	const struct outline *list;
	int n;
	int first;  /* object number of the first */
	int parent; /* object number */
};

static int
count_all(const struct outline *list, int n)
{
	int total = n;
	for (int i = 0; i < n; i++)
		total += count_all(list[i].children, list[i].nchildren);
	return total;
}

static int
number_of_last(const struct outline *list, int n, int first)
{
	return first + count_all(list, n) - count_all(&list[n - 1], 1);
}

int
bookmarks_count(const struct document *doc)
{
	return count_all(doc->outline, doc->noutline);
}

HPDF_Dict
outline_build(struct pdf *pdf)
{
	const struct document *doc = pdf->doc;
	if (doc->noutline == 0)
		return NULL;
	HPDF_Dict root = pdf->outline = haru_indirect(pdf);
	haru_set_name(pdf, root, "Type", "Outlines");
	haru_set(pdf, root, "First", haru_reference(pdf, pdf->first.bookmark));
	haru_set(pdf, root, "Last",
	    haru_reference(
		pdf, number_of_last(doc->outline, doc->noutline, pdf->first.bookmark)));
	haru_set_number(pdf, root, "Count", doc->noutline);
	return root;
}

static void
put_bookmark(const struct pdf *pdf, struct buffer *out, const struct outline *item)
{
	put_text(out, "<</Title", bytes_of(item->title));
	put_go_to(pdf, out, item->target);
	if (item->nchildren > 0)
		buffer_printf(out, "/Count %d", -item->nchildren); /* closed */
}

static void
write_siblings(struct pdf *pdf, struct siblings s)
{
	int self = s.first, prev = 0;
	for (int i = 0; i < s.n; i++) {
		const struct outline *item = &s.list[i];
		int next = self + count_all(item, 1);
		struct buffer *out = object_begin(&pdf->file, self);
		put_bookmark(pdf, out, item);
		put_reference(out, "/Parent ", s.parent);
		if (i > 0)
			put_reference(out, "/Prev ", prev);
		if (i + 1 < s.n)
			put_reference(out, "/Next ", next);
		if (item->nchildren > 0) {
			put_reference(out, "/First ", self + 1);
			put_reference(out, "/Last ",
			    number_of_last(item->children, item->nchildren, self + 1));
		}
		buffer_puts(out, ">>");
		object_end(&pdf->file);
		write_siblings(pdf,
		    (struct siblings){item->children, item->nchildren, self + 1, self});
		prev = self;
		self = next;
	}
}

void
bookmarks_write(struct pdf *pdf)
{
	if (pdf->outline != NULL)
		write_siblings(pdf,
		    (struct siblings){pdf->doc->outline, pdf->doc->noutline,
			pdf->first.bookmark, haru_number(pdf->outline)});
}
