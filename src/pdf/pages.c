#include "pdf/pages.h"

#include <assert.h>
#include <limits.h>
#include <math.h>

#include "pdf/haru.h"
#include "pdf/images.h"
#include "pdf/structure.h"
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

/* --- contents ----------------------------------------------------------------- */

/* What the operators so far have set. */
struct content {
	const struct pdf *pdf;
	const struct page *page;
	struct buffer *out;
	bool marked, in_text;
	int mark;                /* of the open marked-content sequence */
	long long x, y;          /* start of the line in the text object, in 1/100 pt */
	const struct font *font; /* NULL: none yet */
	double size;
	int rise; /* of the text, font units */
	bool has_fill, has_stroke;
	struct color fill, stroke;
	double line_width; /* 0: none yet */
};

/* A shape's circle is four Bézier curves, their handles at this part of the radius. */
static const double arc_handle = 0.5522847498;

static void
put_numbers(struct buffer *out, const double *numbers, int n)
{
	for (int i = 0; i < n; i++) {
		put_length(out, numbers[i]);
		buffer_puts(out, " ");
	}
}

#define put_operator(out, operator, ...)                                                 \
	(put_numbers((out), (const double[]){__VA_ARGS__},                               \
	     (int)(sizeof(double[]){__VA_ARGS__} / sizeof(double))),                     \
	    buffer_puts((out), operator"\n"))

/* --- marked content ----------------------------------------------------------- */

static void
text_end(struct content *c)
{
	if (c->in_text)
		buffer_puts(c->out, "ET\n");
	c->in_text = false;
}

static void
mark_end(struct content *c)
{
	text_end(c);
	if (c->marked)
		buffer_puts(c->out, "EMC\n");
	c->marked = false;
}

static struct rect
rect_union(struct rect a, struct rect b)
{
	double x = fmin(a.x, b.x), y = fmin(a.y, b.y);
	return (struct rect){
	    x, y, fmax(a.x + a.w, b.x + b.w) - x, fmax(a.y + a.h, b.y + b.h) - y};
}

/* A background says how far it reaches (14.8.2.2.2): all areas from FIRST on. */
static void
background_begin(struct content *c, int first)
{
	const struct box *box = &c->page->boxes[first];
	const struct box *end = c->page->boxes + c->page->nboxes;
	struct rect all = box->area.rect;
	while (++box < end && box->mark == MARK_BACKGROUND)
		all = rect_union(all, box->area.rect);
	put_rect(c->out, "/Artifact<</Type/Background/BBox", all);
	buffer_puts(c->out, ">>BDC\n");
}

/* Opens the marked-content sequence of box I, unless it is the one that is open. */
static void
mark_begin(struct content *c, int i)
{
	int mark = c->page->boxes[i].mark;
	if (c->marked && c->mark == mark)
		return;
	mark_end(c);
	if (mark >= 0)
		buffer_printf(c->out, "/%s<</MCID %d>>BDC\n",
		    structure_type(c->pdf, c->page->marked[mark]->role), mark);
	else if (mark == MARK_BACKGROUND)
		background_begin(c, i);
	else if (mark == MARK_HEADER)
		buffer_puts(c->out, "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n");
	else if (mark == MARK_FOOTER)
		buffer_puts(c->out, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
	else
		buffer_puts(c->out, "/Artifact<</Type/Layout>>BDC\n");
	c->marked = true;
	c->mark = mark;
}

/* --- colours ------------------------------------------------------------------ */

static bool
color_equal(struct color a, struct color b)
{
	return a.r == b.r && a.g == b.g && a.b == b.b;
}

static void
put_color(struct buffer *out, struct color color, const char *operator)
{
	const unsigned char components[] = {color.r, color.g, color.b};
	for (int i = 0; i < 3; i++) {
		buffer_number(out, components[i] / 255.0);
		buffer_puts(out, " ");
	}
	buffer_puts(out, operator);
}

static void
set_fill(struct content *c, struct color color)
{
	if (!c->has_fill || !color_equal(c->fill, color))
		put_color(c->out, color, "rg\n");
	c->has_fill = true;
	c->fill = color;
}

static void
set_stroke(struct content *c, struct color color)
{
	if (!c->has_stroke || !color_equal(c->stroke, color))
		put_color(c->out, color, "RG\n");
	c->has_stroke = true;
	c->stroke = color;
}

/* --- text --------------------------------------------------------------------- */

/* Moves to where the box begins; distances are from rounded places, so that no error adds
 * up. */
static void
text_begin(struct content *c, const struct text_box *box)
{
	if (!c->in_text) {
		buffer_puts(c->out, "BT\n");
		c->in_text = true;
		c->x = c->y = 0;
	}
	const struct font *font = box->run.font;
	assert(font != NULL);
	if (c->font != font || c->size != box->size) {
		buffer_printf(c->out, "/F%d ", (int)font->face);
		put_operator(c->out, "Tf", box->size);
		c->font = font;
		c->size = box->size;
	}
	set_fill(c, box->color);
	long long x = llround(box->x * 100), y = llround(box->y * 100);
	put_operator(c->out, "Td", (double)(x - c->x) / 100, (double)(y - c->y) / 100);
	c->x = x;
	c->y = y;
}

/* of a string in PDF/A-2 (ISO 19005-2, 6.1.13) */
enum { STRING_LEN_MAX = 32767 };

/* The glyphs of one TJ: strings and adjustments (9.4.3). */
struct line {
	struct content *c;
	const struct text_box *box;
	struct buffer codes; /* not yet put */
	bool open;
	double owed; /* to be moved right before the next glyph, 1/1000 em */
};

static void
line_flush(struct line *line)
{
	if (line->codes.len > 0)
		put_string(
		    line->c->out, "", (struct bytes){line->codes.data, line->codes.len});
	line->codes.len = 0;
}

static void
line_end(struct line *line)
{
	line_flush(line);
	if (line->open)
		buffer_puts(line->c->out, "]TJ\n");
	line->open = false;
}

static void
line_glyph(struct line *line, const struct glyph *glyph)
{
	const struct face_font *face = &line->c->pdf->faces[line->box->run.font->face];
	double scale = 1000.0 / face->font->units_per_em;
	uint32_t code =
	    glyph->id < face->subset.nold ? face->subset.new_id[glyph->id] : 0;
	if (glyph->y_offset != line->c->rise) {
		line_end(line);
		put_operator(line->c->out, "Ts",
		    glyph->y_offset * line->box->size / face->font->units_per_em);
		line->c->rise = glyph->y_offset;
	}
	if (!line->open)
		buffer_puts(line->c->out, "[");
	line->open = true;
	double before = line->owed + glyph->x_offset * scale;
	if (fabs(before) >= 0.0005) {
		line_flush(line);
		buffer_number(line->c->out, -before);
	}
	const char bytes[] = {(char)(code >> 8 & 0xFF), (char)(code & 0xFF)};
	if (line->codes.len + sizeof bytes > STRING_LEN_MAX)
		line_flush(line);
	buffer_append(&line->codes, bytes, sizeof bytes);
	line->owed = (glyph->advance - glyph->x_offset) * scale - face->widths[code];
}

/* Whether copying the glyphs gives the text back without help; not where some glyphs of a
 * cluster have no text of their own. */
static bool
is_plain(const struct glyph_run *run)
{
	for (int i = 0; i < run->n; i++)
		if (glyph_text(run, i).len == 0)
			return false;
	return true;
}

/* Opens a Span with the text that the glyphs stand for, where they do not say it. */
static bool
actual_begin(struct content *c, const struct text_box *box)
{
	const struct glyph_run *run = &box->run;
	struct bytes actual = {run->text, run->len};
	if (c->mark < 0)
		return false;
	if (box->actual != NULL)
		actual = bytes_of(box->actual);
	else if (is_plain(run))
		return false;
	put_text(c->out, "/Span<</ActualText", actual);
	buffer_puts(c->out, ">>BDC\n");
	return true;
}

static void
put_text_box(struct content *c, const struct text_box *box)
{
	if (box->run.n == 0)
		return;
	text_begin(c, box);
	bool actual = actual_begin(c, box);
	struct line line = {.c = c, .box = box};
	for (int i = 0; i < box->run.n; i++)
		line_glyph(&line, &box->run.glyphs[i]);
	line_end(&line);
	buffer_free(&line.codes);
	if (actual)
		buffer_puts(c->out, "EMC\n");
}

/* --- images and areas --------------------------------------------------------- */

static bool
rect_equal(struct rect a, struct rect b)
{
	return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static void
put_image_box(struct content *c, const struct image_box *box)
{
	const struct rect f = box->frame, k = box->clip;
	text_end(c);
	buffer_puts(c->out, "q\n");
	if (!rect_equal(f, k))
		put_operator(c->out, "re W n", k.x, k.y, k.w, k.h);
	double matrix[6];
	image_matrix(box->logo, f, matrix);
	put_numbers(c->out, matrix, 6);
	buffer_printf(c->out, "cm\n/I%d Do\nQ\n", box->logo->number);
}

/* A rectangle of W and H with its lower left corner at the origin; its corners have the
 * radii R, counterclockwise from there. */
static void
put_round_path(struct buffer *out, double w, double h, const double r[4])
{
	const double k = 1 - arc_handle;
	put_operator(out, "m", r[0], 0);
	if (r[0] + r[1] < w)
		put_operator(out, "l", w - r[1], 0);
	if (r[1] > 0)
		put_operator(out, "c", w - k * r[1], 0, w, k * r[1], w, r[1]);
	if (r[1] + r[2] < h)
		put_operator(out, "l", w, h - r[2]);
	if (r[2] > 0)
		put_operator(out, "c", w, h - k * r[2], w - k * r[2], h, w - r[2], h);
	if (r[2] + r[3] < w)
		put_operator(out, "l", r[3], h);
	if (r[3] > 0)
		put_operator(out, "c", k * r[3], h, 0, h - k * r[3], 0, h - r[3]);
	if (r[0] > 0 && r[3] + r[0] < h)
		put_operator(out, "l", 0, r[0]);
	if (r[0] > 0)
		put_operator(out, "c", 0, k * r[0], k * r[0], 0, r[0], 0);
	buffer_puts(out, "h\n");
}

/* An arrow that points to the middle of the right side of R. */
static void
put_arrow_path(struct buffer *out, struct rect r)
{
	double right = r.x + r.w, middle = r.y + r.h / 2, head = right - r.h / 2;
	put_operator(out, "m", r.x, middle);
	put_operator(out, "l", right, middle);
	put_operator(out, "m", head, r.y + r.h);
	put_operator(out, "l", right, middle);
	put_operator(out, "l", head, r.y);
}

static void
put_area_box(struct content *c, const struct area_box *box)
{
	const struct rect r = box->rect;
	const char *paint = !box->stroked ? "f\n" : box->filled ? "B\n" : "S\n";
	double radius = box->radius, radii[4];
	if (box->corners == 0)
		radius = fmin(radius, fmin(r.w, r.h) / 2);
	for (int i = 0; i < 4; i++)
		radii[i] = box->corners == 0 || (box->corners >> i & 1) ? radius : 0;
	if (!box->filled && !box->stroked)
		return;
	text_end(c);
	if (box->filled)
		set_fill(c, box->fill);
	if (box->stroked) {
		set_stroke(c, box->stroke);
		if (c->line_width != box->line_width)
			put_operator(c->out, "w", box->line_width);
		c->line_width = box->line_width;
	}
	if (box->arrow) {
		put_arrow_path(c->out, r);
		buffer_puts(c->out, paint);
	} else if (radius > 0) {
		/* from the origin all cards have the same path, which deflates well */
		buffer_puts(c->out, "q\n");
		put_operator(c->out, "cm", 1, 0, 0, 1, r.x, r.y);
		put_round_path(c->out, r.w, r.h, radii);
		buffer_puts(c->out, paint);
		buffer_puts(c->out, "Q\n");
	} else {
		put_operator(c->out, "re", r.x, r.y, r.w, r.h);
		buffer_puts(c->out, paint);
	}
}

/* In modules from the lower left corner, each run of dark ones a rectangle: short
 * numbers, many of them alike. */
static void
put_code_box(struct content *c, const struct code_box *box)
{
	const struct code *code = box->code;
	text_end(c);
	set_fill(c, (struct color){0, 0, 0});
	buffer_puts(c->out, "q\n");
	put_operator(c->out, "cm", box->module, 0, 0, box->module, box->x, box->y);
	for (int y = 0; y < code->width; y++) {
		const bool *row = &code->dark[y * code->width];
		for (int x = 0, end; x < code->width; x = end + 1) {
			for (end = x; end < code->width && row[end]; end++)
				;
			if (end > x)
				put_operator(
				    c->out, "re", x, code->width - 1 - y, end - x, 1);
		}
	}
	buffer_puts(c->out, "f\nQ\n");
}

/* Appends the operators that draw PAGE (ISO 32000-1, 7.8.2 and 14.6).  Fonts are named /F
 * and their face, images /I and their number. */
static void
content_put(const struct pdf *pdf, const struct page *page, struct buffer *out)
{
	struct content c = {.pdf = pdf, .page = page, .out = out};
	for (int i = 0; i < page->nboxes; i++) {
		const struct box *box = &page->boxes[i];
		mark_begin(&c, i);
		if (box->kind == BOX_TEXT)
			put_text_box(&c, &box->text);
		else if (box->kind == BOX_IMAGE)
			put_image_box(&c, &box->image);
		else if (box->kind == BOX_AREA)
			put_area_box(&c, &box->area);
		else
			put_code_box(&c, &box->code);
	}
	mark_end(&c);
}

/* --- pages -------------------------------------------------------------------- */

/* A box of PAGE that reaches MORE beyond its edges.  The origin stays where the page is
 * cut, so that all else has its place. */
static void
put_page_box(struct buffer *out, const char *name, const struct page *page, double more)
{
	put_rect(out, name,
	    (struct rect){-more, -more, page->w + 2 * more, page->h + 2 * more});
}

static void
put_page(const struct pdf *pdf, struct buffer *out, int number)
{
	const struct page *page = &pdf->doc->pages[number];
	put_reference(
	    out, "<</Type/Page/Parent ", haru_number(pdf->nodes[number / NODE_LEN]));
	put_page_box(out, "/MediaBox", page, pdf->doc->bleed + pdf->doc->slug);
	if (pdf->doc->bleed > 0) {
		put_page_box(out, "/BleedBox", page, pdf->doc->bleed);
		put_page_box(out, "/TrimBox", page, 0);
	}
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
