#include "announcement/markdown.h"

#include <stdlib.h>
#include <string.h>

#include <cmark.h>

#include "announcement/inlines.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "input/prose.h"

enum { DEPTH_MAX = 12, IMAGES_MAX = 1000 };

static void
read_blocks(struct markdown_reader *r, cmark_node *parent, struct block *out, int depth);

/* --- what cannot be printed ------------------------------------------------------------
 */

static const char *
line_of(struct markdown_reader *r, int line)
{
	size_t start = lines_offset(r->lines, line, 1);
	return arena_strndup(
	    r->a, r->lines->s + start, lines_end(r->lines, line) - start);
}

static void
refuse_code(struct markdown_reader *r, cmark_node *node)
{
	struct place at = markdown_place(r, node);
	const char *line = line_of(r, at.line);
	if (strstr(line, "```") != NULL || strstr(line, "~~~") != NULL)
		markdown_refuse(r, node,
		    _("code is not supported; take away the lines of \"```\" around it"));
	else
		markdown_refuse(r, node,
		    _("four spaces at the start of a line make it code, which is not supported; take them away"));
}

static void
refuse_block(struct markdown_reader *r, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_CODE_BLOCK:
		refuse_code(r, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		markdown_refuse(r, node,
		    _("a rule between paragraphs is not supported; use a heading (\"## …\"), or take it away"));
		break;
	default:
		markdown_refuse(r, node,
		    _("HTML is not supported; write Markdown, and \"\\<\" for a \"<\" that is text"));
		break;
	}
}

/* A line such as "| --- | :-: |", which parts a table's head from its body. */
static bool
is_table_rule(const char *line)
{
	line += strspn(line, " \t>");
	return line[strspn(line, "|-: \t")] == '\0' && strchr(line, '|') != NULL &&
	    strstr(line, "--") != NULL;
}

/* A line such as "| a | b |". */
static bool
is_table_row(const char *line)
{
	line += strspn(line, " \t>");
	int pipes = 0;
	char last = '\0';
	for (const char *s = line; *s != '\0'; s++) {
		pipes += *s == '|';
		if (*s != ' ' && *s != '\t')
			last = *s;
	}
	return line[0] == '|' && last == '|' && pipes > 2;
}

static bool
refuse_table(struct markdown_reader *r, cmark_node *node)
{
	int start = r->first_line + cmark_node_get_start_line(node) - 1;
	int end = r->first_line + cmark_node_get_end_line(node) - 1;
	for (int line = start; line <= end && line <= r->lines->n; line++) {
		const char *s = line_of(r, line);
		if (is_table_rule(s) || is_table_row(s)) {
			markdown_refuse(r, node,
			    _("tables are not supported; write a list instead (\"- …\")"));
			return true;
		}
	}
	return false;
}

/* --- blocks ----------------------------------------------------------------------------
 */

/* False: nothing could be seen of NODE, so that OUT has no runs, and no fault was told.
 */
static bool
read_runs(struct markdown_reader *r, cmark_node *node, struct block *out)
{
	int nerrors = r->d->nerrors;
	inlines_read(r, node, out);
	for (int i = 0; i < out->nruns; i++) {
		if (!prose_is_blank(out->runs[i].text))
			return true;
	}
	out->nruns = 0;
	return r->d->nerrors > nerrors;
}

static void
read_heading(struct markdown_reader *r, cmark_node *node, struct block *out)
{
	int level = cmark_node_get_heading_level(node);
	out->kind = BLOCK_HEADING;
	out->level = level;
	if (level == 1) {
		markdown_refuse(r, node,
		    _("the title is the only heading of level 1; begin this one with \"##\", without a line \"===\" below it"));
		level = 2;
	} else if (level > r->level + 1) {
		diag_error(r->d, out->at,
		    _("a heading of level %d cannot follow one of level %d; begin it with %.*s"),
		    level, r->level, r->level + 1, "######");
		r->ok = false;
	}
	r->level = level;
	if (!read_runs(r, node, out))
		markdown_refuse(r, node,
		    _("an empty heading; write its text behind the \"#\", or take it away"));
	int n = 0;
	for (int i = 0; i < out->nruns; i++)
		n += utf8_count(out->runs[i].text, strlen(out->runs[i].text));
	const char *fault = prose_count_fault(r->a, n);
	if (fault != NULL)
		markdown_refuse(r, node, fault);
}

static void
read_children(struct markdown_reader *r, cmark_node *node, struct block *out, int depth)
{
	if (depth >= DEPTH_MAX)
		markdown_refuse(r, node,
		    _("too many lists and quotes inside each other; expected 12 levels at most"));
	else
		read_blocks(r, node, out, depth + 1);
}

static void
read_list(struct markdown_reader *r, cmark_node *node, struct block *out, int depth)
{
	out->kind = BLOCK_LIST;
	out->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	out->start = out->ordered ? cmark_node_get_list_start(node) : 0;
	read_blocks(r, node, out, depth);
}

static void
read_item(struct markdown_reader *r, cmark_node *node, struct block *out, int depth)
{
	out->kind = BLOCK_ITEM;
	int nerrors = r->d->nerrors;
	read_children(r, node, out, depth);
	if (out->nchildren == 0 && r->d->nerrors == nerrors)
		markdown_refuse(r, node,
		    _("an empty item in a list; write its text, or take it away"));
}

static void
read_quote(struct markdown_reader *r, cmark_node *node, struct block *out, int depth)
{
	out->kind = BLOCK_QUOTE;
	int nerrors = r->d->nerrors;
	read_children(r, node, out, depth);
	if (out->nchildren == 0 && r->d->nerrors == nerrors)
		markdown_refuse(r, node,
		    _("an empty block quote; write text behind the \">\", or take it away"));
}

static void
read_paragraph(struct markdown_reader *r, cmark_node *node, struct block *out)
{
	out->kind = BLOCK_PARAGRAPH;
	if (refuse_table(r, node)) {
		r->has_text = true;
		return;
	}
	cmark_node_type parent = cmark_node_get_type(cmark_node_parent(node));
	if (!read_runs(r, node, out) && parent == CMARK_NODE_DOCUMENT)
		diag_warning(r->d, out->at,
		    _("nothing can be seen of this paragraph, and it is left out; take it away"));
}

/* False: NODE gives no block. */
static bool
read_block(struct markdown_reader *r, cmark_node *node, struct block *out, int depth)
{
	out->at = markdown_place(r, node);
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		read_paragraph(r, node, out);
		return out->nruns > 0;
	case CMARK_NODE_HEADING:
		read_heading(r, node, out);
		return out->nruns > 0;
	case CMARK_NODE_LIST:
		read_list(r, node, out, depth);
		return out->nchildren > 0;
	case CMARK_NODE_ITEM:
		read_item(r, node, out, depth);
		return out->nchildren > 0;
	case CMARK_NODE_BLOCK_QUOTE:
		read_quote(r, node, out, depth);
		return out->nchildren > 0;
	default:
		refuse_block(r, node);
		return false;
	}
}

static void
read_blocks(struct markdown_reader *r, cmark_node *parent, struct block *out, int depth)
{
	cmark_node *node = cmark_node_first_child(parent);
	for (; node != NULL; node = cmark_node_next(node)) {
		struct block block = {0};
		if (read_block(r, node, &block, depth))
			*arena_append(r->a, out->children, out->nchildren) = block;
	}
}

/* --- the whole -------------------------------------------------------------------------
 */

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

/* libcmark before 0.30.3 takes hours for a text full of "![[]()"; no image is supported.
 */
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
	diag_error(d, lines_place(lines, (size_t)(first - lines->s)),
	    _("%d images from here on; images are not supported in the text, take them away"),
	    n);
	return true;
}

bool
markdown_parse(struct markdown text, struct arena *a, struct diag *d, struct blocks *out)
{
	struct lines *lines = text.lines;
	struct place at = lines_place(lines, text.start);
	if (has_many_images(text, d))
		return false;
	struct markdown_reader r = {.lines = lines,
	    .first_line = at.line,
	    .a = a,
	    .d = d,
	    .level = 1,
	    .ok = true};
	struct block root = {0};
	/* libcmark's own allocator aborts; nodes keep the address of this one */
	cmark_mem mem = {cmark_alloc, memory_resize, free};
	cmark_node *tree = parse(lines->s + text.start, lines->len - text.start, &mem);
	read_blocks(&r, tree, &root, 0);
	cmark_node_free(tree);
	*out = (struct blocks){root.children, root.nchildren};
	if (!r.has_text && r.ok) {
		diag_error(d, at,
		    _("no text below the front matter; expected the announcement in Markdown"));
		return false;
	}
	return r.ok;
}
