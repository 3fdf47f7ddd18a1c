#include "announcement/markdown.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmark.h>

#include "announcement/dialects.h"
#include "base/buffer.h"
#include "base/i18n.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "input/prose.h"
#include "link/link.h"

enum { DEPTH_MAX = 12, IMAGES_MAX = 1000 };

struct reader {
	struct lines *lines;
	int first_line; /* in the file, of the first line that libcmark sees */
	struct arena *a;
	struct diag *d;
	int nlinks;
	int level;     /* of the last heading */
	bool has_text; /* something can be seen of it */
	struct dialects dialects;
	struct pattern table; /* a row of one */
};

/* A paragraph or heading in the making. */
struct inlines {
	struct reader *r;
	struct block *block;
	struct buffer text; /* of the run in hand */
	struct run run;
	int emphasis, strong; /* how many are open */
	bool after_space, only_break;
	bool link_has_text;
	int link_len; /* characters */
};

static void
read_blocks(struct reader *r, cmark_node *parent, struct block *out, int depth);

/* Where NODE begins; libcmark counts bytes and loses track in some nested texts, so that
 * the column is a good guess only. */
static struct place
place_of(struct reader *r, cmark_node *node)
{
	while (node != NULL && cmark_node_get_start_line(node) == 0)
		node = cmark_node_parent(node);
	if (node == NULL)
		return (struct place){r->lines->file, r->first_line, 0};
	int line = r->first_line + cmark_node_get_start_line(node) - 1;
	int column = cmark_node_get_start_column(node);
	size_t offset = lines_offset(r->lines, line, column);
	/* of code, libcmark gives the place behind its backquotes */
	while (cmark_node_get_type(node) == CMARK_NODE_CODE && offset > 0 &&
	    r->lines->s[offset - 1] == '`')
		offset--;
	return lines_place(r->lines, offset);
}

/* Reports RULE of NODE. */
static void
report(struct reader *r, cmark_node *node, enum rule rule, const char *message)
{
	diag_report(r->d, rule, place_of(r, node), "%s", message);
}

/* Reports that NODE is of a kind that cannot be printed, if it is of one. */
static void
refuse(struct reader *r, cmark_node *node)
{
	static const char html[] = N_(
	    "HTML is not supported; write Markdown, and \"\\<\" for a \"<\" that is to be printed");
	static const struct {
		cmark_node_type type;
		const char *message;
	} kinds[] = {
	    {CMARK_NODE_HTML_BLOCK, html},
	    {CMARK_NODE_HTML_INLINE, html},
	    {CMARK_NODE_CODE,
		N_("code is not supported; remove the backquotes (`) around it")},
	    {CMARK_NODE_CODE_BLOCK,
		N_("code is not supported; remove the spaces before it, or the lines \"```\" around it")},
	    {CMARK_NODE_THEMATIC_BREAK,
		N_("horizontal rules are not supported; remove this one, or write a heading (\"## …\")")},
	    {CMARK_NODE_IMAGE,
		N_("images are not supported; remove this one (logos belong in the list of cities)")},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (kinds[i].type == cmark_node_get_type(node))
			report(r, node, RULE_MARKDOWN_UNSUPPORTED, _(kinds[i].message));
}

/* --- runs --------------------------------------------------------------------- */

static void
end_run(struct inlines *in)
{
	if (in->text.len > 0) {
		const char *text = arena_strndup(in->r->a, in->text.data, in->text.len);
		in->run.text = utf8_nfc(in->r->a, text);
		in->link_len += utf8_count(in->run.text, strlen(in->run.text));
		if (!prose_is_blank(text))
			in->r->has_text = in->link_has_text = true;
		*arena_append(in->r->a, in->block->runs, in->block->nruns) = in->run;
	}
	in->text.len = 0;
}

static void
set_style(struct inlines *in)
{
	end_run(in);
	in->run.style =
	    (in->emphasis > 0 ? RUN_EMPHASIS : 0u) | (in->strong > 0 ? RUN_STRONG : 0u);
}

/* Puts S into the run in hand, white space as single spaces. */
static void
put(struct inlines *in, const char *s)
{
	for (; *s != '\0'; s++) {
		bool space = strchr(" \t\r\n", *s) != NULL;
		if (!space || !in->after_space)
			buffer_append(&in->text, space ? " " : s, 1);
		in->after_space = space;
	}
}

/* Puts the text S of NODE, in which "[words]{lang=fr}" has a language of its own. */
static void
put_parts(struct inlines *in, cmark_node *node, const char *s)
{
	static const char mark[] = "{lang=";
	const char *mid, *end, *open;
	for (; (mid = strstr(s, mark)) != NULL; s = end + 1) {
		const char *value = mid + sizeof mark - 1;
		end = value + strcspn(value, "}");
		for (open = mid; open > s && *open != '[';)
			open--;
		const char *tag = arena_strndup(in->r->a, value, (size_t)(end - value));
		const char *lang = prose_language(in->r->a, tag);
		if (*end == '\0' || *open != '[' || mid - open < 3 || mid[-1] != ']' ||
		    lang == NULL) {
			report(in->r, node, RULE_LANG_INVALID,
			    arena_printf(in->r->a,
				_("\"{lang=%s}\" gives no words a language; write [words]{lang=fr}"),
				tag));
			return;
		}
		put(in, arena_strndup(in->r->a, s, (size_t)(open - s)));
		end_run(in);
		in->run.lang = lang;
		put(in, arena_strndup(in->r->a, open + 1, (size_t)(mid - open - 2)));
		end_run(in);
		in->run.lang = NULL;
	}
	put(in, s);
}

static void
put_text(struct inlines *in, cmark_node *node)
{
	const char *s = cmark_node_get_literal(node);
	int32_t u;
	if (s == NULL || s[0] == '\0')
		return;
	if (s[prose_control(s, strlen(s), &u)] != '\0') {
		report(in->r, node, RULE_TEXT_CONTROL, prose_control_fault(in->r->a, u));
		return;
	}
	s = utf8_typed(in->r->a, s); /* of entities; see announcement.c */
	/* libcmark has no place for a break: the text after it is near */
	if (in->text.len == 0 || in->only_break)
		in->run.at = place_of(in->r, node);
	in->only_break = false;
	put_parts(in, node, s);
}

static void
put_break(struct inlines *in, cmark_node *node)
{
	if (in->text.len == 0) {
		in->run.at = place_of(in->r, node);
		in->only_break = true;
	}
	if (cmark_node_get_type(node) == CMARK_NODE_LINEBREAK) {
		while (in->text.len > 0 && in->text.data[in->text.len - 1] == ' ')
			in->text.len--;
		buffer_puts(&in->text, "\n");
		in->after_space = true;
	} else {
		put(in, " ");
	}
}

/* --- links -------------------------------------------------------------------- */

/* A footnote of other dialects, "[^1]", that has become a link to what its note says. */
static bool
is_footnote(cmark_node *node)
{
	cmark_node *text = cmark_node_first_child(node);
	const char *s = text != NULL ? cmark_node_get_literal(text) : NULL;
	return s != NULL && s[0] == '^' &&
	    (s[1] != '\0' || cmark_node_next(text) != NULL);
}

/* Reports what is wrong with URL, which leads out of the document. */
static void
judge_outside(struct inlines *in, cmark_node *node, const char *url)
{
	struct link_verdict verdict;
	link_judge(url, LINK_WEB | LINK_MAIL | LINK_PHONE, in->r->a, &verdict);
	for (int i = 0; i < verdict.n; i++)
		report(
		    in->r, node, verdict.findings[i].rule, verdict.findings[i].message);
}

static void
judge_link(struct inlines *in, cmark_node *node, const char *url)
{
	bool grid = strcasecmp(url, "grid") == 0;
	if (is_footnote(node))
		report(in->r, node, RULE_MARKDOWN_UNSUPPORTED,
		    _("footnotes are not supported; write the note in parentheses where it belongs"));
	else if (url[0] == '\0')
		report(in->r, node, RULE_URL_EMPTY,
		    _("this link has no address; write one between the parentheses"));
	else if (grid || (url[0] == '#' && strcmp(url, "#grid") != 0))
		report(in->r, node, RULE_LINK_TARGET,
		    arena_printf(in->r->a,
			_("\"%s\" is not a place in this document; write \"#grid\" for the page of logos"),
			url));
	else if (url[0] != '#')
		judge_outside(in, node, url);
}

static void
begin_link(struct inlines *in, cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	const char *title = cmark_node_get_title(node);
	judge_link(in, node, url != NULL ? url : "");
	if (title != NULL && title[0] != '\0')
		report(in->r, node, RULE_LINK_TITLE,
		    arena_printf(in->r->a,
			_("the title of this link (\"%s\") is not used; write it in the text, or remove it"),
			prose_clean(in->r->a, title)));
	end_run(in);
	in->run.link = arena_strdup(in->r->a, url != NULL ? url : "");
	in->run.link_id = ++in->r->nlinks;
	in->link_has_text = false;
	in->link_len = 0;
}

static void
end_link(struct inlines *in, cmark_node *node)
{
	end_run(in);
	if (!in->link_has_text)
		report(in->r, node, RULE_LINK_TEXT,
		    _("this link has no text; write between the brackets where it leads"));
	const char *fault = prose_count_fault(in->r->a, in->link_len);
	if (fault != NULL)
		report(in->r, node, RULE_TEXT_LENGTH, fault);
	in->run.link = NULL;
	in->run.link_id = 0;
}

/* --- nodes -------------------------------------------------------------------- */

/* Takes NODE, which has no end of its own unless it has nodes inside. */
static void
take_node(struct inlines *in, cmark_node *node, bool begins)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		put_text(in, node);
		break;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		put_break(in, node);
		break;
	case CMARK_NODE_EMPH:
		in->emphasis += begins ? 1 : -1;
		set_style(in);
		break;
	case CMARK_NODE_STRONG:
		in->strong += begins ? 1 : -1;
		set_style(in);
		break;
	case CMARK_NODE_LINK:
		if (begins)
			begin_link(in, node);
		else
			end_link(in, node);
		break;
	default:
		refuse(in->r, node);
		in->link_has_text = true; /* one fault is enough */
	}
}

/* The runs of NODE, a paragraph or heading, in BLOCK. */
static void
read_inlines(struct reader *r, cmark_node *node, struct block *block)
{
	struct inlines in = {.r = r, .block = block, .after_space = true};
	cmark_iter *iter = cmark_iter_new(node);
	cmark_event_type event;
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *at = cmark_iter_get_node(iter);
		if (at == node)
			continue;
		take_node(&in, at, event == CMARK_EVENT_ENTER);
		if (cmark_node_get_type(at) == CMARK_NODE_IMAGE)
			cmark_iter_reset(iter, at, CMARK_EVENT_EXIT);
	}
	end_run(&in);
	cmark_iter_free(iter);
	buffer_free(&in.text);
}

/* --- paragraphs and headings -------------------------------------------------- */

static struct dialect_text
text_of(struct reader *r, cmark_node *node)
{
	cmark_node_type parent = cmark_node_get_type(cmark_node_parent(node));
	int last = r->first_line + cmark_node_get_end_line(node) - 1;
	return (struct dialect_text){.lines = r->lines,
	    .at = place_of(r, node),
	    .last = last < r->lines->n ? last : r->lines->n,
	    .in_item = parent == CMARK_NODE_ITEM};
}

/* The edition whose mark BLOCK, a paragraph, ends with; that is removed. */
static enum edition
take_edition(struct reader *r, struct block *block)
{
	struct run *run = block->nruns > 0 ? &block->runs[block->nruns - 1] : NULL;
	const char *mark = run != NULL ? strrchr(run->text, '{') : NULL;
	bool screen = mark != NULL && strcmp(mark, "{screen}") == 0;
	if (mark == NULL || (!screen && strcmp(mark, "{print}") != 0))
		return EDITION_BOTH;
	size_t len = (size_t)(mark - run->text);
	while (len > 0 && strchr(" \n", run->text[len - 1]) != NULL)
		len--;
	run->text = arena_strndup(r->a, run->text, len);
	block->nruns -= len == 0;
	return screen ? EDITION_SCREEN : EDITION_PRINT;
}

/* False: nothing can be seen of NODE, so that OUT has no runs, and no fault was told. */
static bool
read_runs(struct reader *r, cmark_node *node, struct block *out)
{
	int nerrors = r->d->nerrors;
	struct dialect_text text = text_of(r, node);
	read_inlines(r, node, out);
	if (out->kind == BLOCK_PARAGRAPH)
		out->only = take_edition(r, out);
	dialects_judge(&r->dialects, &text, out);
	for (int i = 0; i < out->nruns; i++)
		if (!prose_is_blank(out->runs[i].text))
			return true;
	out->nruns = 0;
	return r->d->nerrors > nerrors;
}

/* Reports that nothing stands after the mark that NODE begins with. */
static void
report_empty(struct reader *r, cmark_node *node)
{
	report(r, node, RULE_TEXT_EMPTY,
	    _("nothing follows this mark; write text after it, or remove it"));
}

static void
judge_level(struct reader *r, cmark_node *node, int level)
{
	if (level == 1)
		report(r, node, RULE_HEADING_LEVEL,
		    _("only the title is a heading of level 1; begin this one with \"##\", without \"===\" below it"));
	else if (level > r->level + 1)
		report(r, node, RULE_HEADING_LEVEL,
		    arena_printf(r->a,
			_("a heading of level %d cannot follow one of level %d; begin it with %.*s"),
			level, r->level, r->level + 1, "######"));
	r->level = level > 1 ? level : 2;
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
	const char *fault = prose_count_fault(r->a, n);
	if (fault != NULL)
		report(r, node, RULE_TEXT_LENGTH, fault);
}

/* "| a | b |", or "--- | :-:", which parts a table's head from its body. */
static bool
is_table(struct reader *r, cmark_node *node)
{
	const struct lines *lines = r->lines;
	struct dialect_text text = text_of(r, node);
	for (int line = text.at.line; line <= text.last; line++) {
		const char *s = lines_text(lines, line, r->a);
		if (strchr(s, '|') != NULL &&
		    pattern_find(&r->table,
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
		report(r, node, RULE_MARKDOWN_UNSUPPORTED,
		    _("tables are not supported; write a list (\"- …\")"));
		r->has_text = true;
	} else if (!read_runs(r, node, out) && parent == CMARK_NODE_DOCUMENT) {
		report(r, node, RULE_TEXT_INVISIBLE,
		    _("this paragraph has no visible text and is left out; remove it"));
	}
}

/* --- blocks ------------------------------------------------------------------- */

static void
read_children(struct reader *r, cmark_node *node, struct block *out, int depth)
{
	int nerrors = r->d->nerrors;
	if (depth >= DEPTH_MAX)
		report(r, node, RULE_MARKDOWN_UNSUPPORTED,
		    arena_printf(r->a,
			_("lists and quotes are nested more than %d deep; use fewer levels"),
			DEPTH_MAX));
	else
		read_blocks(r, node, out, depth + 1);
	if (out->nchildren == 0 && r->d->nerrors == nerrors)
		report_empty(r, node);
}

/* Items that are all numbered alike are counted, as in Markdown.  Others keep the numbers
 * that they have, of which libcmark knows the first only. */
static void
number_items(struct reader *r, struct block *list, int start)
{
	struct lines *lines = r->lines;
	bool alike = true;
	int odd = 0;
	for (int i = 0; i < list->nchildren; i++) {
		struct block *item = &list->children[i];
		const char *s = lines->s + lines_offset_of(lines, item->at);
		item->number = arena_strndup(r->a, s, strspn(s, "0123456789"));
		if (item->number[0] == '\0') /* libcmark's columns are not sure */
			item->number = arena_printf(r->a, "%d", start + i);
		long number = strtol(item->number, NULL, 10);
		alike = alike && number == start;
		if (odd == 0 && number != start + i)
			odd = i;
	}
	for (int i = 0; alike && i < list->nchildren; i++)
		list->children[i].number = arena_printf(r->a, "%d", start + i);
	if (alike || odd == 0)
		return;
	const struct block *item = &list->children[odd];
	diag_report(r->d, RULE_LIST_NUMBER, item->at,
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
	out->at = place_of(r, node);
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
		refuse(r, node);
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
			*arena_append(r->a, out->children, out->nchildren) = block;
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

/* libcmark before 0.30.3 takes hours for a text full of "![[]()"; none is supported. */
static bool
has_many_images(struct lines *lines, size_t start, struct diag *d)
{
	const char *first = NULL, *s = lines->s + start;
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

void
markdown_parse(struct lines *lines, int first, struct arena *a, struct diag *d,
    struct announcement *out)
{
	size_t start = lines_offset(lines, first, 1);
	struct place at = lines_place(lines, start);
	if (has_many_images(lines, start, d))
		return;
	struct reader r = {.lines = lines,
	    .first_line = at.line,
	    .a = a,
	    .d = d,
	    .level = 1,
	    .dialects = {.a = a, .d = d}};
	struct block root = {0};
	int nerrors = d->nerrors;
	/* libcmark's own allocator aborts; nodes keep the address of this one */
	cmark_mem mem = {cmark_alloc, memory_resize, free};
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &mem);
	cmark_parser_feed(parser, lines->s + start, lines->len - start);
	cmark_node *tree = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	read_blocks(&r, tree, &root, 0);
	cmark_node_free(tree);
	dialects_close(&r.dialects);
	pattern_close(&r.table);
	if (!r.has_text && d->nerrors == nerrors)
		diag_report(d, RULE_TEXT_EMPTY, at,
		    _("no text after the front matter; expected the announcement in Markdown"));
	out->blocks = root.children;
	out->nblocks = root.nchildren;
}
