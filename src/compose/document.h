/* document.h - a composed document: pages of placed boxes, and the tag tree over them.
 *
 * Plain data, the only thing that compose/ hands to pdf/.  Lengths are points (1/72
 * inch), origin bottom left, y up (ISO 32000-1, 8.3.2.3).  Pages count from 0.  All
 * strings are UTF-8, borrowed, and live as long as the run's arena.
 */
#ifndef COMPOSE_DOCUMENT_H
#define COMPOSE_DOCUMENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/geometry.h"
#include "font/font.h"
#include "logo/logo.h"

/* --- boxes -------------------------------------------------------------------- */

/* Where a box belongs.  0 and more: marked content of the tag tree, the MCID on its page
 * (ISO 32000-1, 14.7.4); below 0: an artifact (14.8.2.2). */
enum {
	MARK_LAYOUT = -1,     /* rules, frames: /Type /Layout */
	MARK_BACKGROUND = -2, /* coloured areas, nothing else: /Type /Background */
	MARK_HEADER = -3,     /* /Type /Pagination /Subtype /Header */
	MARK_ORNAMENT = -4,   /* underlines, the arrow: /Type /Layout too */
	MARK_FOOTER = -5      /* /Type /Pagination /Subtype /Footer */
};

enum box_kind { BOX_TEXT, BOX_IMAGE, BOX_AREA, BOX_CODE };

/* A line of text, or a part of one. */
struct text_box {
	struct glyph_run run;
	double size; /* points an em */
	struct color color;
	double x, y; /* of the first glyph's origin, on the baseline */
	/* /ActualText (14.9.4) where the glyphs are not the text; or NULL */
	const char *actual;
	/* Begins with a blank, left of its place, that is not of the text: pdfium would
	 * take the hyphen that ends the line before, a word's own, for one to be left
	 * out. */
	bool blank;
};

/* The text of BOX as somebody wrote it. */
struct bytes text_written(const struct text_box *box);

struct image_box {
	const struct logo *logo;
	struct rect frame; /* of the whole image */
	struct rect clip;  /* what of it is shown; equal to frame where all is */
};

enum area_corner {
	CORNER_LOWER_LEFT = 1,
	CORNER_LOWER_RIGHT = 2,
	CORNER_UPPER_RIGHT = 4,
	CORNER_UPPER_LEFT = 8
};

/* A filled and stroked rectangle, with round corners where radius is above 0. */
struct area_box {
	struct rect rect;
	double radius;
	unsigned corners; /* those that are round, of enum area_corner; 0: all four */
	bool arrow;       /* stroked only: an arrow to the middle of its right side */
	bool filled, stroked;
	struct color fill, stroke;
	double line_width; /* the stroke's middle lies on the edge of rect */
};

/* A QR code. */
struct code {
	int width;        /* modules a side, without the quiet zone */
	const bool *dark; /* by row from the top, then from the left */
};

/* A code in black. */
struct code_box {
	const struct code *code;
	double x, y;   /* of its lower left module's corner */
	double module; /* a module's side */
};

struct box {
	enum box_kind kind;
	int mark;
	union {
		struct text_box text;
		struct image_box image;
		struct area_box area;
		struct code_box code;
	};
};

/* --- links -------------------------------------------------------------------- */

/* A link annotation (12.5.6.5), to a URI or to the place of an element. */
struct link {
	int page;
	struct rect rect;
	const char *contents;          /* /Contents: what a screen reader says */
	const char *uri;               /* NULL: a link inside the document, to TARGET */
	const struct element *target;  /* goes to the top left corner of its anchor */
	const struct element *element; /* its Link element */
	int number;                    /* in the document's links */
	int text_id; /* the announcement's number of it; 0: it is not of the text */
};

/* --- the tag tree ------------------------------------------------------------- */

enum role {
	ROLE_DOCUMENT,
	ROLE_SECT,
	ROLE_H1,
	ROLE_H2,
	ROLE_H3,
	ROLE_H4,
	ROLE_H5,
	ROLE_H6,
	ROLE_P,
	ROLE_L,
	ROLE_LI,
	ROLE_LBL,
	ROLE_LBODY,
	ROLE_ASIDE,  /* a panel */
	ROLE_LINKED, /* what a link is about, and the link */
	ROLE_LINK,   /* a link annotation alone */
	ROLE_SPAN,
	ROLE_EM,
	ROLE_STRONG,
	ROLE_FIGURE,
	ROLE_COUNT
};

/* The structure type's name, without a slash (14.8.4). */
const char *role_name(enum role role);

/* List numbering (14.8.5.5). */
enum numbering {
	NUMBERING_NONE, /* no labels */
	NUMBERING_DISC,
	NUMBERING_DASH, /* labels that have no name */
	NUMBERING_DECIMAL
};

enum kid_kind { KID_ELEMENT, KID_MARK, KID_LINK };

/* A child of an element: another element, marked content, or an annotation (an OBJR). */
struct kid {
	enum kid_kind kind;
	int page, mark; /* KID_MARK */
	union {
		struct element *element; /* KID_ELEMENT */
		const struct link *link; /* KID_LINK */
	};
};

/* A structure element (14.7.2). */
struct element {
	enum role role;
	const char *alt;          /* /Alt; NULL: none */
	const char *lang;         /* /Lang, BCP 47; NULL: that of its parent */
	enum numbering numbering; /* of ROLE_L */
	bool has_bbox;            /* of ROLE_FIGURE: /BBox, on its page */
	struct rect bbox;
	struct element *parent; /* NULL: the Document */
	struct kid *kids;
	int nkids;

	/* Where links and bookmarks to it lead.  Set for such targets only; else page is
	 * -1. */
	struct {
		int page;
		double x, y; /* of its top left corner */
	} anchor;
	int number; /* of all elements, from 0, parents before children: document order */
};

/* --- the document ------------------------------------------------------------- */

/* A bookmark (12.3.3). */
struct outline {
	const char *title;
	const struct element *target;
	struct outline *children;
	int nchildren;
	int number; /* of all bookmarks, from 0, parents before children */
};

struct page {
	double w, h;
	struct box *boxes; /* in drawing order, which is reading order */
	int nboxes;
	int nmarks;              /* MCIDs in use: 0 to nmarks - 1 */
	struct element **marked; /* by MCID: the element that it belongs to */
	struct link **links;     /* of the document's, those on this page */
	int nlinks;
};

struct metadata {
	const char *title, *lang;
	/* NULL: not given; keywords between commas */
	const char *author, *subject, *keywords, *publisher, *rights;
	const char *date; /* YYYY-MM-DD, or NULL */
};

struct document {
	struct metadata metadata;
	struct page *pages;
	int npages;
	/* For print, what is drawn beyond each page's edges, and the marks that say where
	 * to cut around that (14.11.2); 0: nothing. */
	double bleed, slug;
	struct element *root; /* ROLE_DOCUMENT */
	int nelements;
	struct link **links; /* page by page, in reading order */
	int nlinks;
	struct outline outline; /* its children are the bookmarks, at least one */
	int nbookmarks;
};

/* --- putting one together ----------------------------------------------------- */

/* Pages are filled one after the other: everything is added to the last page.  Boxes are
 * drawn, and elements read, in the order in which they are added; only ornaments and
 * footers come after all else on their page, since many readers take the order of drawing
 * for that of reading, and an underline would cut its link in two. */

/* A and DOC are the caller's; the rest is all zero at first. */
struct builder {
	struct arena *a;
	struct document *doc;
	struct box_array {
		struct box *list; /* not A's */
		int n, cap;
	} first, last; /* of the last page, while it grows: in drawing order */
};

/* Adds an empty page of W x H points and its index. */
int page_add(struct builder *b, double w, double h);

/* A new element without a parent. */
struct element *element_new(struct builder *b, enum role role);

/* Makes CHILD the last kid of PARENT. */
void element_attach(struct builder *b, struct element *parent, struct element *child);

/* A new element, the last kid of PARENT. */
struct element *element_add(struct builder *b, struct element *parent, enum role role);

/* A new marked-content sequence of ELEMENT on the last page: its MCID. */
int mark_add(struct builder *b, struct element *element);

/* A new box on the last page.  The address is good until the next box is added. */
struct box *box_add(struct builder *b, enum box_kind kind, int mark);

/* A filled rectangle without a stroke.  The address is good as that of box_add. */
struct area_box *
area_add(struct builder *b, int mark, struct rect rect, struct color fill);

/* A new link on the last page that is called NAME, below what it is about: in a Link of
 * its own, in a Span, for a Link has no Link as its kid.  So it is heard in all readers:
 * see docs/accessibility.md. */
struct link *
link_add(struct builder *b, struct element *linked, const char *name, struct rect rect);

/* Lets links and bookmarks lead to ELEMENT: to the point X, Y of the last page. */
void anchor_set(struct builder *b, struct element *element, double x, double y);

/* A new bookmark, the last child of PARENT.  The address is good until the next one is
 * added there. */
struct outline *bookmark_add(struct builder *b, struct outline *parent, const char *title,
    const struct element *target);

/* Ends the document: its last page is whole, its elements and bookmarks have numbers.
 * The builder holds no memory any more. */
void document_finish(struct builder *b);

#endif
