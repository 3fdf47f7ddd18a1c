#include "read/inlines.h"

#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "read/prose.h"
#include "read/url.h"

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

static const char *
outside_link(struct inlines *in, cmark_node *node, const char *url)
{
	struct url_report report;
	if (!url_check(url, URL_WEB_OR_MAIL, in->r->a, &report))
		return report.error;
	for (int i = 0; i < report.nwarnings; i++)
		diag_warning(
		    in->r->d, markdown_place(in->r, node), "%s", report.warnings[i]);
	return NULL;
}

static void
begin_link(struct inlines *in, cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	const char *title = cmark_node_get_title(node);
	const char *fault;
	if (url == NULL || url[0] == '\0')
		fault = _(
		    "this link leads nowhere; write its address between the parentheses");
	else if (url[0] == '#')
		fault = inside_link(in, url);
	else
		fault = outside_link(in, node, url);
	if (fault != NULL)
		markdown_refuse(in->r, node, fault);
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

/* --- what other dialects of Markdown know ----------------------------------------------
 */

/* The run in which text between two "~~" begins; NULL: there is none. */
static const struct run *
find_struck(const struct block *block)
{
	const struct run *first = NULL;
	for (int i = 0; i < block->nruns; i++) {
		const char *text = block->runs[i].text;
		for (const char *s = text; (s = strstr(s, "~~")) != NULL;
		     s += strspn(s, "~")) {
			size_t n = strspn(s, "~");
			bool before_space = s[n] != '\0' && strchr(" \n", s[n]) != NULL;
			if (first != NULL)
				return first;
			if (n == 2 && !before_space)
				first = &block->runs[i];
		}
	}
	return NULL;
}

/* "[^1]", also where it has become a link. */
static bool
has_footnote(const struct run *run)
{
	if (run->link != NULL)
		return run->text[0] == '^' && run->text[1] != '\0';
	const char *open = strstr(run->text, "[^");
	return open != NULL && strcspn(open + 2, " []") > 0 &&
	    open[2 + strcspn(open + 2, " []")] == ']';
}

/* "[ ] " or "[x] " at the start of an item. */
static bool
is_task(const struct run *run, cmark_node *paragraph)
{
	return cmark_node_get_type(cmark_node_parent(paragraph)) == CMARK_NODE_ITEM &&
	    cmark_node_previous(paragraph) == NULL && run->text[0] == '[' &&
	    run->text[1] != '\0' && strchr(" xX", run->text[1]) != NULL &&
	    strncmp(run->text + 2, "] ", 2) == 0;
}

/* Text that was meant as a link, but is none in CommonMark. */
static void
judge_link(struct markdown_reader *r, const struct run *run)
{
	if (strstr(run->text, "](") != NULL || strstr(run->text, "] (http") != NULL)
		diag_warning(r->d, run->at,
		    _("this is printed as text, not as a link; write [text](https://…) without a space between the two or in the address"));
	else if (strstr(run->text, "https://") || strstr(run->text, "http://"))
		diag_note(r->d, run->at,
		    _("a web address here is printed as text; to make it a link, write it as <https://…>"));
}

static void
judge_text(struct inlines *in, cmark_node *node)
{
	struct markdown_reader *r = in->r;
	const struct run *struck = find_struck(in->block);
	for (int i = 0; i < in->block->nruns; i++) {
		const struct run *run = &in->block->runs[i];
		if (run->link == NULL)
			judge_link(r, run);
		if (run == struck)
			diag_warning(r->d, run->at,
			    _("\"~~\" strikes nothing out here, it is printed; take it away, with the text between the two if that no longer holds"));
		if (has_footnote(run))
			diag_warning(r->d, run->at,
			    _("footnotes are not supported, \"[^…]\" is printed as text; write the note between parentheses where it belongs"));
		if (i == 0 && is_task(run, node))
			diag_warning(r->d, run->at,
			    _("boxes to tick are not supported, \"[%c]\" is printed; take it away"),
			    run->text[1]);
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
	judge_text(&in, node);
}
