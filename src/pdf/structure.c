#include "pdf/structure.h"

#include "pdf/haru.h"
#include "pdf/text.h"

/* Entries in a leaf of the parent tree. */
enum { LEAF_LEN = 64 };

static int
count_keys(const struct document *doc)
{
	return doc->npages + doc->nlinks;
}

int
structure_count_leaves(const struct document *doc)
{
	return (count_keys(doc) + LEAF_LEN - 1) / LEAF_LEN;
}

static HPDF_Dict
parent_tree(struct pdf *pdf)
{
	HPDF_Dict tree = haru_indirect(pdf);
	HPDF_Array kids = haru_array(pdf);
	for (int i = 0; i < structure_count_leaves(pdf->doc); i++)
		haru_add(pdf, kids, haru_reference(pdf, pdf->first.parents + i));
	haru_set(pdf, tree, "Kids", kids);
	return tree;
}

void
structure_build(struct pdf *pdf)
{
	HPDF_Dict root = pdf->tree = haru_indirect(pdf);
	haru_set_name(pdf, root, "Type", "StructTreeRoot");
	HPDF_Array kids = haru_array(pdf);
	haru_add(
	    pdf, kids, haru_reference(pdf, pdf->first.element + pdf->doc->root->number));
	haru_set(pdf, root, "K", kids);
	haru_set(pdf, root, "ParentTree", parent_tree(pdf));
	haru_set_number(pdf, root, "ParentTreeNextKey", count_keys(pdf->doc));
	if (pdf->version != PDF_2_0)
		return;
	pdf->namespace = haru_indirect(pdf);
	haru_set_name(pdf, pdf->namespace, "Type", "Namespace");
	haru_set(pdf, pdf->namespace, "NS", haru_string(pdf, "http://iso.org/pdf2/ssn"));
	HPDF_Array namespaces = haru_array(pdf);
	haru_add(pdf, namespaces, pdf->namespace);
	haru_set(pdf, root, "Namespaces", namespaces);
}

/* --- elements ----------------------------------------------------------------- */

/* The page of the element's own content; -1: it has none. */
static int
page_of(const struct element *element)
{
	for (int i = 0; i < element->nkids; i++) {
		const struct kid *kid = &element->kids[i];
		if (kid->kind == KID_MARK)
			return kid->page;
		if (kid->kind == KID_LINK)
			return kid->link->page;
	}
	return -1;
}

static void
put_kid(const struct pdf *pdf, struct buffer *out, const struct kid *kid, int page)
{
	switch (kid->kind) {
	case KID_ELEMENT:
		put_reference(out, "", pdf->first.element + kid->element->number);
		break;
	case KID_MARK:
		if (kid->page == page) {
			buffer_printf(out, "%d", kid->mark);
			break;
		}
		put_reference(out, "<</Type/MCR/Pg ", pdf->first.page + kid->page);
		buffer_printf(out, "/MCID %d>>", kid->mark);
		break;
	case KID_LINK:
		put_reference(
		    out, "<</Type/OBJR/Obj ", pdf->first.annotation + kid->link->number);
		if (kid->link->page != page)
			put_reference(out, "/Pg ", pdf->first.page + kid->link->page);
		buffer_puts(out, ">>");
		break;
	}
}

static void
put_attributes(struct buffer *out, const struct element *element)
{
	static const char numberings[][8] = {
	    [NUMBERING_NONE] = "None",
	    [NUMBERING_DISC] = "Disc",
	    [NUMBERING_DECIMAL] = "Decimal",
	};
	if (element->role == ROLE_L)
		buffer_printf(out, "/A<</O/List/ListNumbering/%s>>",
		    numberings[element->numbering]);
	if (element->has_bbox) {
		put_rect(out, "/A<</O/Layout/Placement/Block/BBox", element->bbox);
		buffer_puts(out, ">>");
	}
}

static void
put_element(const struct pdf *pdf, struct buffer *out, const struct element *element)
{
	int page = page_of(element);
	buffer_printf(out, "<</Type/StructElem/S/%s", role_name(element->role));
	put_reference(out, "/P ",
	    element->parent != NULL ? pdf->first.element + element->parent->number
				    : haru_number(pdf->tree));
	if (pdf->namespace != NULL)
		put_reference(out, "/NS ", haru_number(pdf->namespace));
	if (page >= 0)
		put_reference(out, "/Pg ", pdf->first.page + page);
	if (element->alt != NULL)
		put_text(out, "/Alt", bytes_of(element->alt));
	put_attributes(out, element);
	if (element->nkids > 0) {
		buffer_puts(out, "/K[");
		for (int i = 0; i < element->nkids; i++) {
			buffer_puts(out, i > 0 ? " " : "");
			put_kid(pdf, out, &element->kids[i], page);
		}
		buffer_puts(out, "]");
	}
	buffer_puts(out, ">>");
}

/* The order of the tree is the order of the numbers: parents before children. */
static void
write_elements(struct pdf *pdf, const struct element *element)
{
	put_element(
	    pdf, object_begin(&pdf->file, pdf->first.element + element->number), element);
	object_end(&pdf->file);
	for (int i = 0; i < element->nkids; i++)
		if (element->kids[i].kind == KID_ELEMENT)
			write_elements(pdf, element->kids[i].element);
}

/* --- the parent tree ---------------------------------------------------------- */

static void
put_page_parents(const struct pdf *pdf, struct buffer *out, const struct page *page)
{
	buffer_puts(out, "[");
	for (int i = 0; i < page->nmarks; i++)
		put_reference(
		    out, i > 0 ? " " : "", pdf->first.element + page->marked[i]->number);
	buffer_puts(out, "]");
}

static void
write_parents(struct pdf *pdf)
{
	const struct document *doc = pdf->doc;
	int nkeys = count_keys(doc);
	for (int key = 0, leaf = 0; key < nkeys; leaf++) {
		int end = key + LEAF_LEN < nkeys ? key + LEAF_LEN : nkeys;
		struct buffer *out = object_begin(&pdf->file, pdf->first.parents + leaf);
		buffer_printf(out, "<</Limits[%d %d]/Nums[", key, end - 1);
		for (; key < end; key++) {
			buffer_printf(out, "%d", key);
			if (key < doc->npages)
				put_page_parents(pdf, out, &doc->pages[key]);
			else
				put_reference(out, " ",
				    pdf->first.element +
					doc->links[key - doc->npages]->element->number);
			buffer_puts(out, " ");
		}
		buffer_puts(out, "]>>");
		object_end(&pdf->file);
	}
}

void
structure_write(struct pdf *pdf)
{
	write_elements(pdf, pdf->doc->root);
	write_parents(pdf);
}
