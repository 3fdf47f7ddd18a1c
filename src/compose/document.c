#include "compose/document.h"

#include <stdlib.h>
#include <string.h>

const char *
role_name(enum role role)
{
	static const char *const names[ROLE_COUNT] = {"Document", "Sect", "H1", "H2",
	    "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody", "Link", "Span",
	    "Figure"};
	return names[role];
}

static struct page *
last_page(struct builder *b)
{
	return &b->doc->pages[b->doc->npages - 1];
}

/* Gives the last page an array of just its boxes.  While it grew it lay in one that all
 * pages use in turn: in the arena each doubling would leave a copy behind. */
static void
page_seal(struct builder *b)
{
	struct page *page = b->doc->npages > 0 ? last_page(b) : NULL;
	if (page == NULL || page->nboxes == 0)
		return;
	size_t len = (size_t)page->nboxes * sizeof *page->boxes;
	page->boxes = arena_alloc(b->a, len);
	memcpy(page->boxes, b->boxes, len);
}

int
page_add(struct builder *b, double w, double h)
{
	page_seal(b);
	struct page *page = arena_append(b->a, b->doc->pages, b->doc->npages);
	page->w = w;
	page->h = h;
	return b->doc->npages - 1;
}

struct element *
element_new(struct builder *b, enum role role)
{
	struct element *element = arena_alloc(b->a, sizeof *element);
	element->role = role;
	element->anchor.page = -1;
	return element;
}

void
element_attach(struct builder *b, struct element *parent, struct element *child)
{
	struct kid *kid = arena_append(b->a, parent->kids, parent->nkids);
	kid->kind = KID_ELEMENT;
	kid->element = child;
	child->parent = parent;
}

struct element *
element_add(struct builder *b, struct element *parent, enum role role)
{
	struct element *element = element_new(b, role);
	element_attach(b, parent, element);
	return element;
}

int
mark_add(struct builder *b, struct element *element)
{
	struct page *page = last_page(b);
	*arena_append(b->a, page->marked, page->nmarks) = element;
	struct kid *kid = arena_append(b->a, element->kids, element->nkids);
	kid->kind = KID_MARK;
	kid->page = b->doc->npages - 1;
	kid->mark = page->nmarks - 1;
	return kid->mark;
}

struct box *
box_add(struct builder *b, enum box_kind kind, int mark)
{
	struct page *page = last_page(b);
	if (page->nboxes == b->cap) {
		b->cap = b->cap > 0 ? 2 * b->cap : 64;
		b->boxes = memory_resize(b->boxes, (size_t)b->cap * sizeof *b->boxes);
	}
	page->boxes = b->boxes;
	struct box *box = &b->boxes[page->nboxes++];
	*box = (struct box){0};
	box->kind = kind;
	box->mark = mark;
	return box;
}

struct area_box *
area_add(struct builder *b, int mark, struct rect rect, struct color fill)
{
	struct area_box *area = &box_add(b, BOX_AREA, mark)->area;
	*area = (struct area_box){.rect = rect, .filled = true, .fill = fill};
	return area;
}

struct link *
link_add(struct builder *b, struct element *element, struct rect rect)
{
	struct link *link = arena_alloc(b->a, sizeof *link);
	link->page = b->doc->npages - 1;
	link->rect = rect;
	link->element = element;
	link->number = b->doc->nlinks;
	*arena_append(b->a, b->doc->links, b->doc->nlinks) = link;
	last_page(b)->nlinks++;
	struct kid *kid = arena_append(b->a, element->kids, element->nkids);
	kid->kind = KID_LINK;
	kid->link = link;
	return link;
}

void
anchor_set(struct builder *b, struct element *element, double x, double y)
{
	element->anchor.page = b->doc->npages - 1;
	element->anchor.x = x;
	element->anchor.y = y;
}

struct outline *
bookmark_add(struct builder *b, struct outline *parent, const char *title,
    const struct element *target)
{
	struct outline *bookmark =
	    arena_append(b->a, parent->children, parent->nchildren);
	bookmark->title = title;
	bookmark->target = target;
	return bookmark;
}

static void
number_bookmarks(struct document *doc, struct outline *outline)
{
	for (int i = 0; i < outline->nchildren; i++) {
		outline->children[i].number = doc->nbookmarks++;
		number_bookmarks(doc, &outline->children[i]);
	}
}

/* The tree is as deep as the lists of the text are nested. */
static void
number_elements(struct document *doc, struct element *element)
{
	element->number = doc->nelements++;
	for (int i = 0; i < element->nkids; i++)
		if (element->kids[i].kind == KID_ELEMENT)
			number_elements(doc, element->kids[i].element);
}

void
document_finish(struct builder *b)
{
	struct document *doc = b->doc;
	page_seal(b);
	free(b->boxes);
	b->boxes = NULL;
	b->cap = 0;
	number_elements(doc, doc->root);
	number_bookmarks(doc, &doc->outline);
	for (int p = 0, next = 0; p < doc->npages; p++)
		if (doc->pages[p].nlinks > 0) {
			doc->pages[p].links = &doc->links[next];
			next += doc->pages[p].nlinks;
		}
}
