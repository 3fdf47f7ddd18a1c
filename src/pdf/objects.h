/* objects.h - the PDF being written.
 *
 * What a file has once (catalog, fonts, output intent) is built of libharu's objects.
 * What it has by the thousand (pages, structure elements, annotations, bookmarks,
 * images) is written straight from the document when its turn comes: a libharu
 * dictionary takes over a kilobyte, its text a tenth of that.  Their object numbers are
 * known beforehand, so that all can refer to all.
 */
#ifndef PDF_OBJECTS_H
#define PDF_OBJECTS_H

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "compose/document.h"
#include "font/subset.h"
#include "pdf/serialize.h"
#include "pdf/version.h"

/* The bytes of a stream that libharu holds the dictionary of. */
struct haru_stream {
	HPDF_Dict dict;
	struct bytes data; /* in the arena, encoded */
};

/* A font as far as the document uses it. */
struct face_font {
	const struct font *font; /* NULL: not used */
	struct subset subset;
	int *widths;    /* by new glyph id, thousandths of an em: what /W says */
	HPDF_Dict dict; /* the Type0 font */
};

/* The distinct logos, by number. */
struct images {
	const struct logo **list;
	int n;
	int nparts; /* objects of forms, besides the forms themselves */
};

/* Object numbers of the first of each kind; the others follow by their index. */
struct numbers {
	int page, contents; /* by page */
	int element;        /* by struct element's number */
	int annotation;     /* by struct link's number */
	int bookmark;       /* in reading order */
	int image;          /* by struct logo's number */
	int part;           /* of the forms, one form after the other */
	int parents;        /* leaves of the parent tree */
};

struct pdf {
	const struct document *doc;
	enum pdf_version version;
	struct diag *diag;
	struct arena arena;
	struct serializer file;
	struct numbers first;

	HPDF_Doc haru;
	HPDF_STATUS fault;           /* libharu's first; later ones follow from it */
	HPDF_Dict tree;              /* StructTreeRoot */
	HPDF_Dict standard, own;     /* namespaces of PDF 2.0; NULL before */
	HPDF_Dict outline;           /* root of the bookmarks */
	HPDF_Dict *nodes;            /* of the page tree, those with pages */
	struct haru_stream *streams; /* in the order of libharu's cross-references */
	int nstreams;

	struct face_font faces[FACE_COUNT];
	struct images images;
};

#endif
