#include "pdf/structure.h"

#include "pdf/haru.h"
#include "pdf/text.h"

/* Entries in a leaf of the parent tree. */
enum { LEAF_LEN = 64 };

/* In PDF 2.0 what a link is about has a type of our own.  Those who know namespaces take
 * it for a Span, as a Link may hold no Link; others for a Link, by which they find it. */
static const char linked_type[] = "Linked";

const char *
structure_type(const struct pdf *pdf, enum role role)
{
	bool new = pdf->version == PDF_2_0;
	switch (role) {
	case ROLE_LINKED:
		return new ? linked_type : "Link";
	case ROLE_ASIDE:
		return new ? "Aside" : "NonStruct";
	default:
		return role_name(role);
	}
}

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

static HPDF_Dict
namespace_build(struct pdf *pdf, HPDF_Array all, const char *name)
{
	HPDF_Dict namespace = haru_indirect(pdf);
	haru_set_name(pdf, namespace, "Type", "Namespace");
	haru_set(pdf, namespace, "NS", haru_string(pdf, name));
	haru_add(pdf, all, namespace);
	return namespace;
}

/* What those take for another type who do not know it: PDF 1.7, or namespaces. */
static void
roles_build(struct pdf *pdf)
{
	HPDF_Dict map = haru_dict(pdf);
	haru_set_name(pdf, map, role_name(ROLE_EM), role_name(ROLE_SPAN));
	haru_set_name(pdf, map, role_name(ROLE_STRONG), role_name(ROLE_SPAN));
	if (pdf->version == PDF_2_0)
		haru_set_name(pdf, map, linked_type, role_name(ROLE_LINK));
	haru_set(pdf, pdf->tree, "RoleMap", map);
}

/* ISO 32000-2, 14.7.4 */
static void
namespaces_build(struct pdf *pdf)
{
	HPDF_Array all = haru_array(pdf), type = haru_array(pdf);
	pdf->standard = namespace_build(pdf, all, "http://iso.org/pdf2/ssn");
	pdf->own = namespace_build(pdf, all, "urn:x-brochure:structure");
	haru_set(pdf, pdf->tree, "Namespaces", all);
	HPDF_Dict new = haru_dict(pdf);
	haru_add(pdf, type, HPDF_Name_New(pdf->haru->mmgr, "Span"));
	haru_add(pdf, type, pdf->standard);
	haru_set(pdf, new, linked_type, type);
	haru_set(pdf, pdf->own, "RoleMapNS", new);
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
	roles_build(pdf);
	if (pdf->version == PDF_2_0)
		namespaces_build(pdf);
}

/* --- elements ----------------------------------------------------------------- */

/* The page of the element's own content, or of the place that leads to it; -1: it has
 * neither. */
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
	return element->anchor.page;
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
put_attributes(const struct pdf *pdf, struct buffer *out, const struct element *element)
{
	const char *const numberings[] = {
	    [NUMBERING_NONE] = "None",
	    [NUMBERING_DISC] = "Disc",
	    [NUMBERING_DASH] = pdf->version == PDF_2_0 ? "Unordered" : "None",
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
	buffer_printf(out, "<</Type/StructElem/S/%s", structure_type(pdf, element->role));
	put_reference(out, "/P ",
	    element->parent != NULL ? pdf->first.element + element->parent->number
				    : haru_number(pdf->tree));
	if (pdf->version == PDF_2_0)
		put_reference(out, "/NS ",
		    haru_number(element->role == ROLE_LINKED ? pdf->own : pdf->standard));
	if (page >= 0)
		put_reference(out, "/Pg ", pdf->first.page + page);
	if (element->alt != NULL)
		put_text(out, "/Alt", bytes_of(element->alt));
	if (element->lang != NULL)
		put_text(out, "/Lang", bytes_of(element->lang));
	put_attributes(pdf, out, element);
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
