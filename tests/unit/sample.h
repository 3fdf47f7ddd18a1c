/* sample.h - a document made by hand, for the tests of pdf/: a page of text, then pages
 * of logos, each of them a link.
 */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "compose/document.h"
#include "font/font.h"

enum { SAMPLE_LOGOS = 3, SAMPLE_PER_PAGE = 12 };

struct sample {
	struct arena arena;
	struct diag diag;
	struct fonts fonts;
	struct logo logos[SAMPLE_LOGOS]; /* grey, indexed, RGB with PNG filters */
	struct document doc;
};

/* --- building blocks ------------------------------------------------------------- */

static struct element *
sample_element(struct sample *s, struct element *parent, enum role role)
{
	struct element *e = arena_alloc(&s->arena, sizeof *e);
	e->role = role;
	e->parent = parent;
	e->anchor.page = -1;
	e->number = s->doc.nelements++;
	if (parent != NULL)
		*arena_append(&s->arena, parent->kids, parent->nkids) =
		    (struct kid){.kind = KID_ELEMENT, .element = e};
	return e;
}

/* Marks content of E on page P that is still to be drawn; its MCID. */
static int
sample_mark(struct sample *s, struct element *e, int p)
{
	struct page *page = &s->doc.pages[p];
	int mark = page->nmarks;
	*arena_append(&s->arena, page->marked, page->nmarks) = e;
	*arena_append(&s->arena, e->kids, e->nkids) =
	    (struct kid){.kind = KID_MARK, .page = p, .mark = mark};
	return mark;
}

static struct box *
sample_box(struct sample *s, int p, int mark, enum box_kind kind)
{
	struct page *page = &s->doc.pages[p];
	struct box *box = arena_append(&s->arena, page->boxes, page->nboxes);
	box->kind = kind;
	box->mark = mark;
	return box;
}

struct sample_line {
	enum face face;
	double size, x, y;
	const char *text, *actual;
};

static void
sample_text(struct sample *s, int p, int mark, struct sample_line line)
{
	struct box *box = sample_box(s, p, mark, BOX_TEXT);
	box->text.run = font_shape(&s->fonts.list[line.face],
	    (struct span){line.text, strlen(line.text), "nl-BE"}, &s->arena);
	box->text.size = line.size;
	box->text.color = (struct color){0x20, 0x20, 0x20};
	box->text.x = line.x;
	box->text.y = line.y;
	box->text.actual = line.actual;
}

static struct link *
sample_link(struct sample *s, struct element *e, int p, struct rect rect)
{
	struct link *link = arena_alloc(&s->arena, sizeof *link);
	struct page *page = &s->doc.pages[p];
	link->page = p;
	link->rect = rect;
	link->element = e;
	link->contents = e->alt;
	link->number = s->doc.nlinks;
	*arena_append(&s->arena, s->doc.links, s->doc.nlinks) = link;
	*arena_append(&s->arena, page->links, page->nlinks) = link;
	*arena_append(&s->arena, e->kids, e->nkids) =
	    (struct kid){.kind = KID_LINK, .link = link};
	return link;
}

static void
sample_logo(struct sample *s, int number, enum raster_space space, int bits)
{
	enum { SIDE = 16 };
	unsigned char raw[SIDE * (1 + 3 * SIDE)];
	int colors = space == RASTER_RGB ? 3 : 1;
	size_t row = (size_t)(SIDE * colors * bits / 8), len = 0;
	struct raster *raster = &s->logos[number].raster;
	s->logos[number].number = number;
	*raster = (struct raster){.width_px = SIDE, .height_px = SIDE, .space = space};
	raster->bits = bits;
	raster->predictor = space == RASTER_RGB;
	raster->npalette = space == RASTER_INDEXED ? 4 : 0;
	raster->palette = raster->npalette > 0 ? memory_alloc(3 * 4) : NULL;
	for (int i = 0; i < 3 * raster->npalette; i++)
		raster->palette[i] = (unsigned char)(i * 20 + 8); /* has ( and ) in it */
	for (int y = 0; y < SIDE; y++) {
		if (raster->predictor)
			raw[len++] = 0;
		for (size_t x = 0; x < row; x++)
			raw[len++] = (unsigned char)(37 * x + 11 * (size_t)y);
	}
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
	size_t bound = libdeflate_zlib_compress_bound(c, len);
	raster->data = memory_alloc(bound);
	raster->len = libdeflate_zlib_compress(c, raw, len, raster->data, bound);
	libdeflate_free_compressor(c);
}

/* --- the document ---------------------------------------------------------------- */

/* A title on a band, a paragraph that goes on overleaf, a list, a link to page 2. */
static struct element *
sample_announcement(struct sample *s)
{
	struct element *sect = sample_element(s, s->doc.root, ROLE_SECT);
	struct element *h1 = sample_element(s, sect, ROLE_H1);
	struct area_box *band = &sample_box(s, 0, MARK_BACKGROUND, BOX_AREA)->area;
	*band = (struct area_box){.rect = {0, 700, 595.276, 141.89}, .filled = true};
	band->fill = (struct color){0xE0, 0xF0, 0xFF};
	int mark = sample_mark(s, h1, 0);
	sample_text(s, 0, mark,
	    (struct sample_line){FACE_BOLD, 24, 60, 760, "Gemeente-Stadsmonitor", NULL});
	h1->anchor.page = 0;
	h1->anchor.x = 60;
	h1->anchor.y = 780;
	struct element *p = sample_element(s, sect, ROLE_P);
	mark = sample_mark(s, p, 0);
	sample_text(s, 0, mark,
	    (struct sample_line){FACE_REGULAR, 12, 60, 660,
		"De offici\xC3\xABle cijfers (135.000 Vlamingen) vindt u op ", NULL});
	struct element *a = sample_element(s, p, ROLE_LINK);
	a->alt = "pagina 2 \xE2\x80\x93 alle steden";
	mark = sample_mark(s, a, 0);
	sample_text(s, 0, mark,
	    (struct sample_line){FACE_REGULAR, 12, 400, 660, "pagina 2", NULL});
	struct area_box *rule = &sample_box(s, 0, MARK_LAYOUT, BOX_AREA)->area;
	*rule = (struct area_box){.rect = {400, 658, 45, 0.5}, .filled = true};
	sample_link(s, a, 0, (struct rect){400, 656, 45, 14});
	mark = sample_mark(s, p, 0);
	sample_text(s, 0, mark,
	    (struct sample_line){FACE_REGULAR, 12, 60, 640, "AVAT-woord dat breekt",
		"AVATwoord dat breekt"});
	struct element *list = sample_element(s, sect, ROLE_L);
	list->numbering = NUMBERING_DISC;
	struct element *item = sample_element(s, list, ROLE_LI);
	struct element *label = sample_element(s, item, ROLE_LBL);
	sample_text(s, 0, sample_mark(s, label, 0),
	    (struct sample_line){FACE_REGULAR, 12, 60, 600, "\xE2\x80\xA2", NULL});
	struct element *body = sample_element(s, item, ROLE_LBODY);
	sample_text(s, 0, sample_mark(s, body, 0),
	    (struct sample_line){FACE_ITALIC, 12, 72, 600, "efficient waffle", NULL});
	sample_text(s, 1, sample_mark(s, p, 1),
	    (struct sample_line){FACE_REGULAR, 12, 60, 800, "vervolg.", NULL});
	return a;
}

static void
sample_city(struct sample *s, struct element *list, int i)
{
	int page = 1 + i / SAMPLE_PER_PAGE, k = i % SAMPLE_PER_PAGE;
	struct rect cell = {60 + 160 * (k % 3), 580 - 130 * (k / 3), 150, 120};
	struct element *body =
	    sample_element(s, sample_element(s, list, ROLE_LI), ROLE_LBODY);
	struct element *a = sample_element(s, body, ROLE_LINK);
	const char *name = arena_printf(&s->arena, "Stad %d", i + 1);
	a->alt = arena_printf(&s->arena, "%s \xE2\x80\x93 website Stad in Cijfers", name);
	struct box *card = sample_box(s, page, MARK_LAYOUT, BOX_AREA);
	card->area = (struct area_box){.rect = cell, .radius = 6, .filled = true};
	card->area.fill = (struct color){255, 255, 255};
	card->area.stroked = true;
	card->area.stroke = (struct color){0xC0, 0xC0, 0xC0};
	card->area.line_width = 0.5;
	struct element *figure = sample_element(s, a, ROLE_FIGURE);
	figure->alt = arena_printf(&s->arena, "Logo (%s)", name);
	figure->has_bbox = true;
	figure->bbox = (struct rect){cell.x + 45, cell.y + 40, 60, 60};
	struct box *image = sample_box(s, page, sample_mark(s, figure, page), BOX_IMAGE);
	image->image.logo = &s->logos[i % SAMPLE_LOGOS];
	image->image.frame = image->image.clip = figure->bbox;
	if (i % 2 == 1)
		image->image.clip.w -= 10;
	struct element *span = sample_element(s, a, ROLE_SPAN);
	sample_text(s, page, sample_mark(s, span, page),
	    (struct sample_line){FACE_REGULAR, 12, cell.x + 45, cell.y + 15, name, NULL});
	sample_link(s, a, page, cell)->uri =
	    arena_printf(&s->arena, "https://example.org/stad?nr=(%d)", i + 1);
	a->anchor.page = page;
	a->anchor.x = cell.x;
	a->anchor.y = cell.y + cell.h;
	struct outline *parent = &s->doc.outline.children[1];
	struct outline *o = arena_append(&s->arena, parent->children, parent->nchildren);
	o->title = name;
	o->target = a;
	o->number = s->doc.nbookmarks++;
}

static void
sample_grid(struct sample *s, int ncities)
{
	struct element *sect = sample_element(s, s->doc.root, ROLE_SECT);
	struct element *h2 = sample_element(s, sect, ROLE_H2);
	sample_text(s, 1, sample_mark(s, h2, 1),
	    (struct sample_line){FACE_BOLD, 18, 60, 740, "De dertien steden", NULL});
	h2->anchor.page = 1;
	h2->anchor.x = 60;
	h2->anchor.y = 760;
	s->doc.outline.children[1].target = h2;
	struct element *list = sample_element(s, sect, ROLE_L);
	for (int i = 0; i < ncities; i++)
		sample_city(s, list, i);
}

static void
sample_open(struct sample *s, int ncities)
{
	*s = (struct sample){0};
	fonts_open((struct text[FACE_COUNT]){0}, &s->diag, &s->fonts);
	sample_logo(s, 0, RASTER_GRAY, 8);
	sample_logo(s, 1, RASTER_INDEXED, 2);
	sample_logo(s, 2, RASTER_RGB, 8);
	s->doc.metadata =
	    (struct metadata){.title = "Gemeente-Stadsmonitor \xE2\x80\x93 <2023> & meer",
		.lang = "nl-BE",
		.author = "Agentschap Binnenlands Bestuur",
		.subject = "Cijfers",
		.keywords = "stad, cijfers",
		.date = "2024-01-24"};
	s->doc.npages = 1 + (ncities + SAMPLE_PER_PAGE - 1) / SAMPLE_PER_PAGE;
	s->doc.pages =
	    arena_alloc(&s->arena, (size_t)s->doc.npages * sizeof *s->doc.pages);
	s->doc.outline.children =
	    arena_alloc(&s->arena, 2 * sizeof *s->doc.outline.children);
	s->doc.outline.nchildren = s->doc.nbookmarks = 2;
	s->doc.outline.children[1].number = 1;
	s->doc.outline.children[0].title = "Gemeente-Stadsmonitor";
	s->doc.outline.children[1].title = "De steden \xE2\x80\x93 logo\xE2\x80\x99s";
	s->doc.root = sample_element(s, NULL, ROLE_DOCUMENT);
	for (int i = 0; i < s->doc.npages; i++) {
		s->doc.pages[i].w = 595.276;
		s->doc.pages[i].h = 841.89;
	}
	struct element *inner = sample_announcement(s);
	s->doc.outline.children[0].target = s->doc.root->kids[0].element->kids[0].element;
	sample_grid(s, ncities);
	s->doc.pages[inner->kids[1].link->page].links[0]->target =
	    s->doc.outline.children[1].target;
	for (int i = 0; i < s->doc.npages; i++)
		sample_text(s, i, MARK_FOOTER,
		    (struct sample_line){FACE_REGULAR, 9, 500, 30,
			arena_printf(&s->arena, "%d", i + 1), NULL});
}

static void
sample_close(struct sample *s)
{
	for (int i = 0; i < SAMPLE_LOGOS; i++)
		raster_free(&s->logos[i].raster);
	fonts_close(&s->fonts);
	diag_free(&s->diag);
	arena_free(&s->arena);
}

#endif
