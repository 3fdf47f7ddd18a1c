#include "compose/dump.h"

static const char *const artifact_names[] = {
    "", "layout", "background", "header", "ornament", "footer"};

static void
put_number(struct buffer *out, double value)
{
	buffer_puts(out, " ");
	buffer_number(out, value);
}

static void
put_rect(struct buffer *out, struct rect r)
{
	put_number(out, r.x);
	put_number(out, r.y);
	put_number(out, r.w);
	put_number(out, r.h);
}

static void
put_color(struct buffer *out, const char *what, struct color c)
{
	buffer_printf(out, " %s #%02x%02x%02x", what, c.r, c.g, c.b);
}

static void
put_text_box(struct buffer *out, const struct text_box *text)
{
	double units_per_em = text->run.font->units_per_em;
	int blank = text->blank ? text->run.glyphs[0].advance : 0;
	buffer_puts(out, "text");
	put_number(out, text->x + blank * text->size / units_per_em);
	put_number(out, text->y);
	put_number(out, (text->run.advance - blank) * text->size / units_per_em);
	buffer_printf(out, " %s", text->run.font->postscript_name);
	put_number(out, text->size);
	put_color(out, "color", text->color);
	buffer_printf(out, " \"%.*s\"", (int)text->run.len - text->blank,
	    text->run.text + text->blank);
	if (text->actual != NULL)
		buffer_printf(out, " actual \"%s\"", text->actual);
}

static void
put_box(struct buffer *out, const struct box *box)
{
	if (box->mark >= 0)
		buffer_printf(out, "  mark %d ", box->mark);
	else
		buffer_printf(out, "  %s ", artifact_names[-box->mark]);
	switch (box->kind) {
	case BOX_TEXT:
		put_text_box(out, &box->text);
		break;
	case BOX_IMAGE:
		buffer_puts(out, "image");
		put_rect(out, box->image.clip);
		buffer_puts(out, " of");
		put_rect(out, box->image.frame);
		break;
	case BOX_AREA:
		buffer_puts(out, "area");
		put_rect(out, box->area.rect);
		if (box->area.radius > 0) {
			buffer_puts(out, " radius");
			put_number(out, box->area.radius);
		}
		if (box->area.corners != 0)
			buffer_printf(out, " corners %u", box->area.corners);
		if (box->area.arrow)
			buffer_puts(out, " arrow");
		if (box->area.filled)
			put_color(out, "fill", box->area.fill);
		if (box->area.stroked)
			put_color(out, "stroke", box->area.stroke);
		break;
	case BOX_CODE:
		buffer_printf(out, "code %d", box->code.code->width);
		put_number(out, box->code.x);
		put_number(out, box->code.y);
		put_number(out, box->code.module);
		break;
	}
	buffer_puts(out, "\n");
}

static void
put_link(struct buffer *out, const struct link *link)
{
	buffer_printf(out, "  link %d", link->number);
	put_rect(out, link->rect);
	if (link->uri != NULL)
		buffer_printf(out, " <%s>", link->uri);
	else
		buffer_printf(out, " to page %d", link->target->anchor.page + 1);
	buffer_printf(out, " \"%s\"\n", link->contents);
}

void
dump_layout(const struct document *doc, struct buffer *out)
{
	for (int i = 0; i < doc->npages; i++) {
		const struct page *page = &doc->pages[i];
		buffer_printf(out, "page %d", i + 1);
		put_number(out, page->w);
		put_number(out, page->h);
		buffer_puts(out, "\n");
		for (int k = 0; k < page->nboxes; k++)
			put_box(out, &page->boxes[k]);
		for (int k = 0; k < page->nlinks; k++)
			put_link(out, page->links[k]);
	}
}

static void
put_indent(struct buffer *out, int depth)
{
	buffer_printf(out, "%*s", 2 * depth, "");
}

/* The boxes of one marked-content sequence stand side by side on their page. */
static void
put_mark(const struct document *doc, const struct kid *kid, struct buffer *out)
{
	const struct page *page = &doc->pages[kid->page];
	int k = 0;
	while (k < page->nboxes && page->boxes[k].mark != kid->mark)
		k++;
	buffer_printf(out, "mark %d.%d", kid->page + 1, kid->mark);
	for (; k < page->nboxes && page->boxes[k].mark == kid->mark; k++) {
		const struct box *box = &page->boxes[k];
		if (box->kind == BOX_IMAGE)
			buffer_puts(out, " image");
		if (box->kind == BOX_TEXT) {
			struct bytes text = text_written(&box->text);
			buffer_printf(
			    out, " \"%.*s\"", (int)text.len, (const char *)text.data);
		}
	}
	buffer_puts(out, "\n");
}

static void
put_element(const struct document *doc, const struct element *element, int depth,
    struct buffer *out)
{
	put_indent(out, depth);
	buffer_puts(out, role_name(element->role));
	if (element->lang != NULL)
		buffer_printf(out, " lang %s", element->lang);
	if (element->alt != NULL)
		buffer_printf(out, " alt \"%s\"", element->alt);
	buffer_puts(out, "\n");
	for (int i = 0; i < element->nkids; i++) {
		const struct kid *kid = &element->kids[i];
		if (kid->kind == KID_ELEMENT) {
			put_element(doc, kid->element, depth + 1, out);
			continue;
		}
		put_indent(out, depth + 1);
		if (kid->kind == KID_MARK)
			put_mark(doc, kid, out);
		else
			buffer_printf(out, "link %d\n", kid->link->number);
	}
}

static void
put_bookmarks(const struct outline *outline, int depth, struct buffer *out)
{
	for (int i = 0; i < outline->nchildren; i++) {
		const struct outline *bookmark = &outline->children[i];
		const struct element *target = bookmark->target;
		put_indent(out, depth);
		buffer_printf(out, "bookmark \"%s\" to %s on page %d\n", bookmark->title,
		    role_name(target->role), target->anchor.page + 1);
		put_bookmarks(bookmark, depth + 1, out);
	}
}

void
dump_tags(const struct document *doc, struct buffer *out)
{
	put_element(doc, doc->root, 0, out);
	put_bookmarks(&doc->outline, 0, out);
}
