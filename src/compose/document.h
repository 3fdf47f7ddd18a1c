/* document.h - a composed document: pages of placed boxes, and the tag tree over them.
 *
 * Plain data, the only thing that compose/ hands to write/.  Lengths are points (1/72
 * inch), origin bottom left, y up (ISO 32000-1, 8.3.2.3).  Pages count from 0.  All
 * strings are UTF-8, borrowed, and live as long as the run's arena.
 */
#ifndef COMPOSE_DOCUMENT_H
#define COMPOSE_DOCUMENT_H

#include <stdbool.h>

#include "base/geometry.h"
#include "font/font.h"
#include "logo/logo.h"

/* --- boxes -------------------------------------------------------------------------- */

/* Where a box belongs.  0 and more: marked content of the tag tree, the MCID on its page
 * (ISO 32000-1, 14.7.4); below 0: an artifact (14.8.2.2). */
enum {
	MARK_LAYOUT = -1,     /* rules, frames, underlines: /Type /Layout */
	MARK_BACKGROUND = -2, /* coloured areas: /Type /Background */
	MARK_HEADER = -3,     /* /Type /Pagination /Subtype /Header */
	MARK_FOOTER = -4      /* /Type /Pagination /Subtype /Footer */
};

enum box_kind { BOX_TEXT, BOX_IMAGE, BOX_AREA };

/* A line of text, or a part of one. */
struct text_box {
	struct glyph_run run;
	double size; /* points an em */
	struct color color;
	double x, y; /* of the first glyph's origin, on the baseline */
	/* /ActualText (14.9.4) where the glyphs are not the text; or NULL */
	const char *actual;
};

struct image_box {
	const struct logo *logo;
	struct rect frame; /* of the whole image */
	struct rect clip;  /* what of it is shown; equal to frame where all is */
};

/* A filled and stroked rectangle, with round corners where radius is above 0. */
struct area_box {
	struct rect rect;
	double radius;
	bool filled, stroked;
	struct color fill, stroke;
	double line_width; /* the stroke's middle lies on the edge of rect */
};

struct box {
	enum box_kind kind;
	int mark;
	union {
		struct text_box text;
		struct image_box image;
		struct area_box area;
	};
};

/* --- links -------------------------------------------------------------------------- */

/* A link annotation (12.5.6.5), to a URI or to the place of an element. */
struct link {
	int page;
	struct rect rect;
	const char *contents;          /* /Contents: what a screen reader says */
	const char *uri;               /* NULL: a link inside the document, to TARGET */
	const struct element *target;  /* goes to the top left corner of its anchor */
	const struct element *element; /* its Link element */
	int number; /* of all links of the document, from 0: page by page, in tag order */
};

/* --- the tag tree ------------------------------------------------------------------- */

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
	ROLE_LINK,
	ROLE_SPAN,
	ROLE_FIGURE,
	ROLE_COUNT
};

/* List numbering (14.8.5.5). */
enum numbering { NUMBERING_NONE, NUMBERING_DISC, NUMBERING_DECIMAL };

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

/* --- the document ------------------------------------------------------------------- */

/* A bookmark (12.3.3). */
struct outline {
	const char *title;
	const struct element *target;
	struct outline *children;
	int nchildren;
};

struct page {
	double w, h;
	struct box *boxes; /* in drawing order, which is reading order */
	int nboxes;
	int nmarks;              /* MCIDs in use: 0 to nmarks - 1 */
	struct element **marked; /* by MCID: the element that it belongs to */
	struct link **links;     /* in reading order */
	int nlinks;
};

struct metadata {
	const char *title, *lang;
	const char *author, *subject, *keywords; /* NULL: not given */
	const char *date;                        /* YYYY-MM-DD, or NULL */
};

struct document {
	struct metadata metadata;
	const struct fonts *fonts;
	struct page *pages;
	int npages;
	struct element *root; /* ROLE_DOCUMENT */
	int nelements, nlinks;
	struct outline *outline;
	int noutline; /* at the top level */
};

#endif
