#include "pdf/pages.h"

#include <limits.h>

#include "pdf/content.h"
#include "pdf/haru.h"
#include "pdf/images.h"
#include "pdf/text.h"

/* Pages below one node of the page tree. */
enum { NODE_LEN = 64 };

/* Puts the pages from FIRST, NODE_LEN at most, below NODE; how many. */
static int
fill_node(struct pdf *pdf, HPDF_Dict node, int first)
{
	HPDF_Array kids = haru_array(pdf);
	int n = 0;
	while (n < NODE_LEN && first + n < pdf->doc->npages)
		haru_add(pdf, kids, haru_reference(pdf, pdf->first.page + first + n++));
	haru_set(pdf, node, "Kids", kids);
	haru_set_number(pdf, node, "Count", n);
	return n;
}

void
pages_build(struct pdf *pdf)
{
	HPDF_Dict root = pdf->haru->root_pages;
	int npages = pdf->doc->npages;
	int nnodes = (npages + NODE_LEN - 1) / NODE_LEN;
	pdf->nodes = arena_alloc(&pdf->arena, (size_t)nnodes * sizeof *pdf->nodes);
	root->before_write_fn = NULL; /* would count pages that are libharu's */
	if (nnodes == 1) {
		pdf->nodes[0] = root;
		fill_node(pdf, root, 0);
		return;
	}
	HPDF_Array kids = haru_array(pdf);
	for (int i = 0; i < nnodes; i++) {
		HPDF_Dict node = pdf->nodes[i] = haru_indirect(pdf);
		haru_set_name(pdf, node, "Type", "Pages");
		haru_set(pdf, node, "Parent", root);
		fill_node(pdf, node, i * NODE_LEN);
		haru_add(pdf, kids, node);
	}
	haru_set(pdf, root, "Kids", kids);
	haru_set_number(pdf, root, "Count", npages);
}

/* --- resources ---------------------------------------------------------------- */

static void
put_fonts(const struct pdf *pdf, struct buffer *out, const struct page *page)
{
	bool used[FACE_COUNT] = {false}, any = false;
	for (int i = 0; i < page->nboxes; i++)
		if (page->boxes[i].kind == BOX_TEXT)
			any = used[page->boxes[i].text.run.font->face] = true;
	if (!any)
		return;
	buffer_puts(out, "/Font<<");
	for (int i = 0; i < FACE_COUNT; i++) {
		if (!used[i])
			continue;
		buffer_printf(out, "/F%d", i);
		put_reference(out, " ", haru_number(pdf->faces[i].dict));
	}
	buffer_puts(out, ">>");
}

/* The number of the image on PAGE that comes after number LAST; INT_MAX: none. */
static int
next_image(const struct page *page, int last)
{
	int next = INT_MAX;
	for (int i = 0; i < page->nboxes; i++) {
		const struct box *box = &page->boxes[i];
		if (box->kind == BOX_IMAGE && box->image.logo->number > last &&
		    box->image.logo->number < next)
			next = box->image.logo->number;
	}
	return next;
}

static void
put_images(const struct pdf *pdf, struct buffer *out, const struct page *page)
{
	int first = next_image(page, -1);
	for (int i = first; i < INT_MAX; i = next_image(page, i)) {
		buffer_printf(out, "%s/I%d", i == first ? "/XObject<<" : "", i);
		put_reference(out, " ", pdf->first.image + i);
	}
	if (first < INT_MAX)
		buffer_puts(out, ">>");
}

/* --- pages -------------------------------------------------------------------- */

static void
put_page(const struct pdf *pdf, struct buffer *out, int number)
{
	const struct page *page = &pdf->doc->pages[number];
	put_reference(
	    out, "<</Type/Page/Parent ", haru_number(pdf->nodes[number / NODE_LEN]));
	put_rect(out, "/MediaBox", (struct rect){0, 0, page->w, page->h});
	buffer_puts(out, "/Resources<<");
	put_fonts(pdf, out, page);
	put_images(pdf, out, page);
	buffer_puts(out, ">>");
	put_reference(out, "/Contents ", pdf->first.contents + number);
	buffer_printf(out, "/StructParents %d/Tabs/S", number);
	if (page->nlinks > 0)
		buffer_puts(out, "/Annots[");
	for (int i = 0; i < page->nlinks; i++)
		put_reference(out, i > 0 ? " " : "",
		    pdf->first.annotation + page->links[i]->number);
	buffer_puts(out, page->nlinks > 0 ? "]>>" : ">>");
}

void
pages_write(struct pdf *pdf)
{
	static const char filter[] = "/Filter/FlateDecode";
	struct buffer content = {0};
	for (int i = 0; i < pdf->doc->npages; i++) {
		put_page(pdf, object_begin(&pdf->file, pdf->first.page + i), i);
		object_end(&pdf->file);
		content.len = 0;
		content_put(pdf, &pdf->doc->pages[i], &content);
		stream_write(&pdf->file, pdf->first.contents + i,
		    (struct bytes){filter, sizeof filter - 1},
		    serializer_deflate(
			&pdf->file, (struct bytes){content.data, content.len}));
	}
	buffer_free(&content);
}
