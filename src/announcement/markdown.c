#include "announcement/markdown.h"

#include <stdlib.h>
#include <string.h>

#include <cmark.h>

#include "announcement/dialects.h"
#include "announcement/inlines.h"
#include "base/i18n.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "input/prose.h"

enum { DEPTH_MAX = 12, IMAGES_MAX = 1000 };

struct reader {
	struct markdown_reader in; /* what reading runs needs */
	struct dialects dialects;
	struct pattern table; /* a row of one */
};

static void
read_blocks(struct reader *r, cmark_node *parent, struct block *out, int depth);

/* --- paragraphs and headings -------------------------------------------------- */

static struct dialect_text
text_of(struct reader *r, cmark_node *node)
{
	cmark_node_type parent = cmark_node_get_type(cmark_node_parent(node));
	int last = r->in.first_line + cmark_node_get_end_line(node) - 1;
	return (struct dialect_text){.lines = r->in.lines,
	    .at = markdown_place(&r->in, node),
	    .last = last < r->in.lines->n ? last : r->in.lines->n,
	    .in_item = parent == CMARK_NODE_ITEM};
}

/* False: nothing can be seen of NODE, so that OUT has no runs, and no fault was told. */
static bool
read_runs(struct reader *r, cmark_node *node, struct block *out)
{
	int nerrors = r->in.d->nerrors;
	struct dialect_text text = text_of(r, node);
	inlines_read(&r->in, node, out);
	dialects_judge(&r->dialects, &text, out);
	for (int i = 0; i < out->nruns; i++)
		if (!prose_is_blank(out->runs[i].text))
			return true;
	out->nruns = 0;
	return r->in.d->nerrors > nerrors;
}

/* Reports that nothing stands after the mark that NODE begins with. */
static void
report_empty(struct reader *r, cmark_node *node)
{
	markdown_report(&r->in, node, RULE_TEXT_EMPTY,
	    _("nothing follows this mark; write text after it, or remove it"));
}

static void
judge_level(struct reader *r, cmark_node *node, int level)
{
	if (level == 1)
		markdown_report(&r->in, node, RULE_HEADING_LEVEL,
		    _("only the title is a heading of level 1; begin this one with \"##\", without \"===\" below it"));
	else if (level > r->in.level + 1)
		markdown_report(&r->in, node, RULE_HEADING_LEVEL,
		    arena_printf(r->in.a,
			_("a heading of level %d cannot follow one of level %d; begin it with %.*s"),
			level, r->in.level, r->in.level + 1, "######"));
	r->in.level = level > 1 ? level : 2;
}

static void
read_heading(struct reader *r, cmark_node *node, struct block *out)
{
	out->kind = BLOCK_HEADING;
	out->level = cmark_node_get_heading_level(node);
	judge_level(r, node, out->level);
	if (!read_runs(r, node, out))
		report_empty(r, node);
	int n = 0;
	for (int i = 0; i < out->nruns; i++)
		n += utf8_count(out->runs[i].text, strlen(out->runs[i].text));
	const char *fault = prose_count_fault(r->in.a, n);
	if (fault != NULL)
		markdown_report(&r->in, node, RULE_TEXT_LENGTH, fault);
}

/* "| a | b |", or "--- | :-:", which parts a table's head from its body. */
static bool
is_table(struct reader *r, cmark_node *node)
{
	const struct lines *lines = r->in.lines;
	struct dialect_text text = text_of(r, node);
	for (int line = text.at.line; line <= text.last; line++) {
		size_t start = lines->starts[line - 1], end = lines_end(lines, line);
		if (memchr(lines->s + start, '|', end - start) == NULL)
			continue;
		const char *s = arena_strndup(r->in.a, lines->s + start, end - start);
		if (pattern_find(&r->table,
			"^[ \t>]*([|].*[|].*[|]|[-|: \t]*--[-|: \t]*)[ \t]*$", s, NULL,
			0))
			return true;
	}
	return false;
}

static void
read_paragraph(struct reader *r, cmark_node *node, struct block *out)
{
	cmark_node_type parent = cmark_node_get_type(cmark_node_parent(node));
	out->kind = BLOCK_PARAGRAPH;
	if (is_table(r, node)) {
		markdown_report(&r->in, node, RULE_MARKDOWN_UNSUPPORTED,
		    _("tables are not supported; write a list (\"- …\")"));
		r->in.has_text = true;
	} else if (!read_runs(r, node, out) && parent == CMARK_NODE_DOCUMENT) {
		markdown_report(&r->in, node, RULE_TEXT_INVISIBLE,
		    _("this paragraph has no visible text and is left out; remove it"));
	}
}

/* --- blocks ------------------------------------------------------------------- */

static void
read_children(struct reader *r, cmark_node *node, struct block *out, int depth)
{
	int nerrors = r->in.d->nerrors;
	if (depth >= DEPTH_MAX)
		markdown_report(&r->in, node, RULE_MARKDOWN_UNSUPPORTED,
		    arena_printf(r->in.a,
			_("lists and quotes are nested more than %d deep; use fewer levels"),
			DEPTH_MAX));
	else
		read_blocks(r, node, out, depth + 1);
	if (out->nchildren == 0 && r->in.d->nerrors == nerrors)
		report_empty(r, node);
}

/* Items that are all numbered alike are counted, as in Markdown.  Others keep the numbers
 * that they have, of which libcmark knows the first only. */
static void
number_items(struct reader *r, struct block *list, int start)
{
	const struct lines *lines = r->in.lines;
	bool alike = true;
	int odd = 0;
	for (int i = 0; i < list->nchildren; i++) {
		struct block *item = &list->children[i];
		const char *s = lines->s + lines_offset_of(lines, item->at);
		item->number = arena_strndup(r->in.a, s, strspn(s, "0123456789"));
		if (item->number[0] == '\0') /* libcmark's columns are not sure */
			item->number = arena_printf(r->in.a, "%d", start + i);
		long number = strtol(item->number, NULL, 10);
		alike = alike && number == start;
		if (odd == 0 && number != start + i)
			odd = i;
	}
	for (int i = 0; alike && i < list->nchildren; i++)
		list->children[i].number = arena_printf(r->in.a, "%d", start + i);
	if (alike || odd == 0)
		return;
	const struct block *item = &list->children[odd];
	diag_report(r->in.d, RULE_LIST_NUMBER, item->at,
	    _("\"%s.\" follows \"%s.\" in this list and is printed as it is; number each item one higher than the one before, or write \"%s\\.\" where the number belongs to the text, as in a date"),
	    item->number, item[-1].number, item->number);
}

static void
read_list(struct reader *r, cmark_node *node, struct block *out, int depth)
{
	out->kind = BLOCK_LIST;
	out->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	read_blocks(r, node, out, depth);
	if (out->ordered)
		number_items(r, out, cmark_node_get_list_start(node));
}

/* Whether NODE gives a block. */
static bool
read_block(struct reader *r, cmark_node *node, struct block *out, int depth)
{
	cmark_node_type type = cmark_node_get_type(node);
	out->at = markdown_place(&r->in, node);
	if (type == CMARK_NODE_PARAGRAPH) {
		read_paragraph(r, node, out);
	} else if (type == CMARK_NODE_HEADING) {
		read_heading(r, node, out);
	} else if (type == CMARK_NODE_LIST) {
		read_list(r, node, out, depth);
	} else if (type == CMARK_NODE_ITEM || type == CMARK_NODE_BLOCK_QUOTE) {
		out->kind = type == CMARK_NODE_ITEM ? BLOCK_ITEM : BLOCK_QUOTE;
		read_children(r, node, out, depth);
	} else {
		markdown_refuse(&r->in, node);
	}
	return out->nruns > 0 || out->nchildren > 0;
}

static void
read_blocks(struct reader *r, cmark_node *parent, struct block *out, int depth)
{
	cmark_node *node = cmark_node_first_child(parent);
	for (; node != NULL; node = cmark_node_next(node)) {
		struct block block = {0};
		if (read_block(r, node, &block, depth))
			*arena_append(r->in.a, out->children, out->nchildren) = block;
	}
}

/* --- the whole ---------------------------------------------------------------- */

static void *
cmark_alloc(size_t n, size_t size)
{
	void *p = calloc(n, size);
	if (p == NULL)
		memory_exhausted();
	return p;
}

static cmark_node *
parse(const char *s, size_t len, cmark_mem *mem)
{
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, mem);
	cmark_parser_feed(parser, s, len);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

/* libcmark before 0.30.3 takes hours for a text full of "![[]()"; none is supported. */
static bool
has_many_images(struct markdown text, struct diag *d)
{
	struct lines *lines = text.lines;
	const char *first = NULL, *s = lines->s + text.start;
	int n = 0;
	for (; (s = strstr(s, "![")) != NULL; s += 2) {
		if (n++ == 0)
			first = s;
	}
	if (n <= IMAGES_MAX)
		return false;
	diag_report(d, RULE_MARKDOWN_UNSUPPORTED,
	    lines_place(lines, (size_t)(first - lines->s)),
	    _("images are not supported; remove this one and %d more below"), n - 1);
	return true;
}

struct blocks
markdown_parse(struct markdown text, struct arena *a, struct diag *d)
{
	struct lines *lines = text.lines;
	struct place at = lines_place(lines, text.start);
	if (has_many_images(text, d))
		return (struct blocks){0};
	struct reader r = {
	    .in = {.lines = lines, .first_line = at.line, .a = a, .d = d, .level = 1},
	    .dialects = {.a = a, .d = d},
	};
	struct block root = {0};
	int nerrors = d->nerrors;
	/* libcmark's own allocator aborts; nodes keep the address of this one */
	cmark_mem mem = {cmark_alloc, memory_resize, free};
	cmark_node *tree = parse(lines->s + text.start, lines->len - text.start, &mem);
	read_blocks(&r, tree, &root, 0);
	cmark_node_free(tree);
	dialects_close(&r.dialects);
	pattern_close(&r.table);
	if (!r.in.has_text && d->nerrors == nerrors)
		diag_report(d, RULE_TEXT_EMPTY, at,
		    _("no text after the front matter; expected the announcement in Markdown"));
	return (struct blocks){root.children, root.nchildren};
}
