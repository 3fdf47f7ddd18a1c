#include "announcement/inlines.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "input/prose.h"
#include "link/link.h"

/* A paragraph in the making. */
struct inlines {
	struct markdown_reader *r;
	struct block *block;
	struct buffer text; /* of the run in hand */
	struct run run;
	int emphasis, strong; /* how many are open */
	bool after_space, only_break;
	bool link_has_text;
	int link_len; /* characters */
};

struct place
markdown_place(struct markdown_reader *r, cmark_node *node)
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

void
markdown_report(
    struct markdown_reader *r, cmark_node *node, enum rule rule, const char *message)
{
	diag_report(r->d, rule, markdown_place(r, node), "%s", message);
}

void
markdown_refuse(struct markdown_reader *r, cmark_node *node)
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
			markdown_report(
			    r, node, RULE_MARKDOWN_UNSUPPORTED, _(kinds[i].message));
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

static void
put_text(struct inlines *in, cmark_node *node)
{
	const char *s = cmark_node_get_literal(node);
	int32_t u;
	if (s == NULL || s[0] == '\0')
		return;
	if (s[prose_control(s, strlen(s), &u)] != '\0') {
		markdown_report(
		    in->r, node, RULE_TEXT_CONTROL, prose_control_fault(in->r->a, u));
		return;
	}
	s = utf8_typed(in->r->a, s); /* of entities; see announcement.c */
	/* libcmark has no place for a break: the text after it is near */
	if (in->text.len == 0 || in->only_break)
		in->run.at = markdown_place(in->r, node);
	in->only_break = false;
	put(in, s);
}

static void
put_break(struct inlines *in, cmark_node *node)
{
	if (in->text.len == 0) {
		in->run.at = markdown_place(in->r, node);
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
		markdown_report(
		    in->r, node, verdict.findings[i].rule, verdict.findings[i].message);
}

static void
judge_link(struct inlines *in, cmark_node *node, const char *url)
{
	bool grid = strcasecmp(url, "grid") == 0;
	if (is_footnote(node))
		markdown_report(in->r, node, RULE_MARKDOWN_UNSUPPORTED,
		    _("footnotes are not supported; write the note in parentheses where it belongs"));
	else if (url[0] == '\0')
		markdown_report(in->r, node, RULE_URL_EMPTY,
		    _("this link has no address; write one between the parentheses"));
	else if (grid || (url[0] == '#' && strcmp(url, "#grid") != 0))
		markdown_report(in->r, node, RULE_LINK_TARGET,
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
		markdown_report(in->r, node, RULE_LINK_TITLE,
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
		markdown_report(in->r, node, RULE_LINK_TEXT,
		    _("this link has no text; write between the brackets where it leads"));
	const char *fault = prose_count_fault(in->r->a, in->link_len);
	if (fault != NULL)
		markdown_report(in->r, node, RULE_TEXT_LENGTH, fault);
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
		markdown_refuse(in->r, node);
		in->link_has_text = true; /* one fault is enough */
	}
}

void
inlines_read(struct markdown_reader *r, cmark_node *node, struct block *block)
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
