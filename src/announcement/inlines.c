#include "announcement/inlines.h"

#include <string.h>

#include "announcement/dialects.h"
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
markdown_refuse(struct markdown_reader *r, cmark_node *node, const char *message)
{
	diag_error(r->d, markdown_place(r, node), "%s", message);
	r->ok = false;
}

/* --- runs ------------------------------------------------------------------------------
 */

static void
end_run(struct inlines *in)
{
	if (in->text.len > 0) {
		const char *text = arena_strndup(in->r->a, in->text.data, in->text.len);
		in->run.text = utf8_nfc(in->r->a, text);
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

static void
put_char(struct inlines *in, const char *s, size_t len)
{
	bool space = len == 1 && strchr(" \t\r\n", *s) != NULL;
	if (space && in->after_space)
		return;
	buffer_append(&in->text, space ? " " : s, space ? 1 : len);
	in->after_space = space;
	in->link_len++;
	int32_t u;
	utf8_decode(s, len, &u);
	if (!utf8_is_blank(u))
		in->r->has_text = in->link_has_text = true;
}

static void
put_text(struct inlines *in, cmark_node *node)
{
	const char *s = cmark_node_get_literal(node);
	size_t len = s != NULL ? strlen(s) : 0;
	int32_t u;
	if (prose_control(s, len, &u) < len) {
		diag_error(in->r->d, markdown_place(in->r, node),
		    _("there is a control character (U+%04X) in the text; take it away"),
		    (unsigned)u);
		in->r->ok = false;
		return;
	}
	/* libcmark has no place for a break: the text behind it is near */
	if (len > 0 && (in->text.len == 0 || in->only_break))
		in->run.at = markdown_place(in->r, node);
	in->only_break = false;
	for (size_t i = 0; i < len;) {
		size_t n = utf8_decode(s + i, len - i, &u);
		put_char(in, s + i, n);
		i += n;
	}
}

static void
put_break(struct inlines *in, cmark_node *node, bool hard)
{
	if (in->text.len == 0) {
		in->run.at = markdown_place(in->r, node);
		in->only_break = true;
	}
	if (hard) {
		while (in->text.len > 0 && in->text.data[in->text.len - 1] == ' ')
			in->text.len--;
		buffer_puts(&in->text, "\n");
		in->after_space = true;
	} else {
		put_char(in, " ", 1);
	}
}

/* --- links -----------------------------------------------------------------------------
 */

static const char *
inside_link(struct inlines *in, const char *url)
{
	if (strcmp(url, "#grid") == 0)
		return NULL;
	return arena_printf(in->r->a,
	    _("\"%s\" leads nowhere in this document; the only place that a link can lead to is \"#grid\", the page of the logos"),
	    url);
}

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
static bool
judge_outside(struct inlines *in, cmark_node *node, const char *url)
{
	struct link_verdict verdict;
	bool ok = link_judge(url, LINK_WEB | LINK_MAIL, in->r->a, &verdict);
	if (!ok && is_footnote(node)) {
		markdown_refuse(in->r, node,
		    _("footnotes are not supported; write the note between parentheses where it belongs"));
		return false;
	}
	for (int i = 0; i < verdict.n; i++)
		diag_report(in->r->d, verdict.findings[i].rule,
		    markdown_place(in->r, node), "%s", verdict.findings[i].message);
	in->r->ok &= ok;
	return ok;
}

static bool
judge_link(struct inlines *in, cmark_node *node, const char *url)
{
	const char *fault = NULL;
	if (url[0] == '\0')
		fault = _(
		    "this link leads nowhere; write its address between the parentheses");
	else if (url[0] == '#')
		fault = inside_link(in, url);
	else if (strcmp(utf8_casefold(in->r->a, url), "grid") == 0)
		fault = arena_printf(in->r->a,
		    _("\"%s\" is no link; for the page of the logos, write \"#grid\""),
		    url);
	else
		return judge_outside(in, node, url);
	if (fault != NULL)
		markdown_refuse(in->r, node, fault);
	return fault == NULL;
}

static void
begin_link(struct inlines *in, cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	const char *title = cmark_node_get_title(node);
	if (judge_link(in, node, url != NULL ? url : "") && is_footnote(node))
		diag_warning(in->r->d, markdown_place(in->r, node),
		    _("footnotes are not supported, \"[^…]\" is printed as text; write the note between parentheses where it belongs"));
	if (title != NULL && title[0] != '\0')
		diag_warning(in->r->d, markdown_place(in->r, node),
		    _("the title of this link (\"%s\") is not used; say it in the text"),
		    prose_clean(in->r->a, title));
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
		markdown_refuse(in->r, node,
		    _("this link has no text; write between the brackets what it leads to"));
	const char *fault = prose_count_fault(in->r->a, in->link_len);
	if (fault != NULL)
		markdown_refuse(in->r, node, fault);
	in->run.link = NULL;
	in->run.link_id = 0;
}

/* --- nodes -----------------------------------------------------------------------------
 */

static void
refuse_inline(struct inlines *in, cmark_node *node, cmark_node_type type)
{
	if (type == CMARK_NODE_IMAGE)
		markdown_refuse(in->r, node,
		    _("images are not supported in the text; take it away (logos go into the list of cities)"));
	else if (type == CMARK_NODE_CODE)
		markdown_refuse(in->r, node,
		    _("code is not supported; take away the backquotes (`)"));
	else
		markdown_refuse(in->r, node,
		    _("HTML is not supported; write Markdown, and \"\\<\" for a \"<\" that is text"));
	in->link_has_text = true; /* one fault is enough */
}

static void
enter_node(struct inlines *in, cmark_node *node, cmark_node_type type)
{
	if (type == CMARK_NODE_TEXT) {
		put_text(in, node);
	} else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
		put_break(in, node, type == CMARK_NODE_LINEBREAK);
	} else if (type == CMARK_NODE_EMPH) {
		in->emphasis++;
		set_style(in);
	} else if (type == CMARK_NODE_STRONG) {
		in->strong++;
		set_style(in);
	} else if (type == CMARK_NODE_LINK) {
		begin_link(in, node);
	} else {
		refuse_inline(in, node, type);
	}
}

static void
exit_node(struct inlines *in, cmark_node *node, cmark_node_type type)
{
	if (type == CMARK_NODE_EMPH) {
		in->emphasis--;
		set_style(in);
	} else if (type == CMARK_NODE_STRONG) {
		in->strong--;
		set_style(in);
	} else if (type == CMARK_NODE_LINK) {
		end_link(in, node);
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
		cmark_node_type type = cmark_node_get_type(at);
		if (at == node)
			continue;
		if (event == CMARK_EVENT_ENTER)
			enter_node(&in, at, type);
		else
			exit_node(&in, at, type);
		if (event == CMARK_EVENT_ENTER && type == CMARK_NODE_IMAGE)
			cmark_iter_reset(iter, at, CMARK_EVENT_EXIT);
	}
	end_run(&in);
	cmark_iter_free(iter);
	buffer_free(&in.text);
	dialects_judge(r, node, block);
}
