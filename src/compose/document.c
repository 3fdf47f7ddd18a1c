#include "compose/document.h"

#include <stdlib.h>
#include <string.h>

/* How far a link reaches to the right of its content: its middle is then to the right of
 * the content's, and pdf.js, which looks there for the text that it stands with, does not
 * take the one before. */
static const double LINK_REACH = 0.5;

const char *
role_name(enum role role)
{
	static const char *const names[ROLE_COUNT] = {"Document", "Sect", "H1", "H2",
	    "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody", "Aside", "Linked",
	    "Link", "Span", "Em", "Strong", "Figure"};
	return names[role];
}

struct bytes
text_written(const struct text_box *box)
{
	const struct glyph_run *run = &box->run;
	return box->actual != NULL
	    ? bytes_of(box->actual)
	    : (struct bytes){run->text + box->blank, run->len - box->blank};
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
	struct box_array *parts[] = {&b->first, &b->last};
	if (b->first.n + b->last.n == 0)
		return;
	struct page *page = last_page(b);
	page->boxes =
	    arena_alloc(b->a, (size_t)(b->first.n + b->last.n) * sizeof *page->boxes);
	for (int i = 0; i < 2; i++) {
		if (parts[i]->n > 0)
			memcpy(page->boxes + page->nboxes, parts[i]->list,
			    (size_t)parts[i]->n * sizeof *page->boxes);
		page->nboxes += parts[i]->n;
		parts[i]->n = 0;
	}
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
	bool last = mark == MARK_ORNAMENT || mark == MARK_FOOTER;
	struct box_array *boxes = last ? &b->last : &b->first;
	if (boxes->n == boxes->cap) {
		boxes->cap = boxes->cap > 0 ? 2 * boxes->cap : 64;
		boxes->list =
		    memory_resize(boxes->list, (size_t)boxes->cap * sizeof *boxes->list);
	}
	struct box *box = &boxes->list[boxes->n++];
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
link_add(struct builder *b, struct element *linked, const char *name, struct rect rect)
{
	struct element *element =
	    element_add(b, element_add(b, linked, ROLE_SPAN), ROLE_LINK);
	struct link *link = arena_alloc(b->a, sizeof *link);
	linked->alt = element->alt = link->contents = name;
	link->page = b->doc->npages - 1;
	link->rect = rect;
	link->rect.w += LINK_REACH;
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
	free(b->first.list);
	free(b->last.list);
	b->first = b->last = (struct box_array){0};
	number_elements(doc, doc->root);
	number_bookmarks(doc, &doc->outline);
	for (int p = 0, next = 0; p < doc->npages; p++)
		if (doc->pages[p].nlinks > 0) {
			doc->pages[p].links = &doc->links[next];
			next += doc->pages[p].nlinks;
		}
}
