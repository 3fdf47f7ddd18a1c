#include "announcement/dialects.h"

#include <string.h>

#include "base/i18n.h"

/* so many places are looked for exactly */
enum { LOOKED_MAX = 50 };

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

/* "[^1]" */
static bool
has_footnote(const struct run *run)
{
	const char *open = strstr(run->text, "[^");
	return run->link == NULL && open != NULL && strcspn(open + 2, " []") > 0 &&
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

/* --- links and bold --------------------------------------------------------------------
 */

/* Where RUN's NEEDLE stands in the source, at or behind START; START where it is not. */
static size_t
find_source(struct markdown_reader *r, size_t start, const char *needle)
{
	const char *from = r->lines->s + start;
	const char *found = strstr(from, needle), *stop = strstr(from, "\n\n");
	return found == NULL || (stop != NULL && found > stop)
	    ? start
	    : (size_t)(found - r->lines->s);
}

/* Whether the exact place of one more text is looked for: many take too long. */
static bool
may_look(struct markdown_reader *r)
{
	return r->nlooked++ < LOOKED_MAX;
}

/* The place of the bracket OPEN before NEEDLE.  False: NEEDLE is not in the source, where
 * it may be "\]\(", or it is not looked for any more. */
static bool
find_bracket(struct markdown_reader *r, const struct run *run, const char *needle,
    struct place *out)
{
	if (!may_look(r))
		return false;
	size_t start = lines_offset_of(r->lines, run->at);
	size_t at = find_source(r, start, needle);
	if (strncmp(r->lines->s + at, needle, strlen(needle)) != 0)
		return false;
	while (at > start && r->lines->s[at] != (needle[0] == ')' ? '(' : '['))
		at--;
	*out = lines_place(r->lines, at);
	return true;
}

/* The text of RUN from the last OPEN before S to there. */
static const char *
text_before(struct markdown_reader *r, const struct run *run, const char *s, char open)
{
	const char *from = s;
	while (from > run->text && from[-1] != open)
		from--;
	return arena_strndup(r->a, from, (size_t)(s - from));
}

/* "[text](address" and "(text)[address]".  False: RUN has none. */
static bool
judge_brackets(struct markdown_reader *r, const struct run *run)
{
	const char *open = strstr(run->text, "]("), *turned = strstr(run->text, ")[http");
	const char *apart = strstr(run->text, "] (http");
	struct place at;
	if (open != NULL && find_bracket(r, run, "](", &at) &&
	    strchr(open, ')') == NULL) {
		const char *url = open + 2;
		diag_warning(r->d, at,
		    _("this is printed as text, not as a link: the \")\" behind the address is missing; write: [%s](%.*s)"),
		    text_before(r, run, open, '['), (int)strcspn(url, " \n"), url);
	} else if ((open != NULL && find_bracket(r, run, "](", &at)) ||
	    (apart != NULL && find_bracket(r, run, "] (http", &at))) {
		diag_warning(r->d, at,
		    _("this is printed as text, not as a link; write [text](https://…) without a space between the two or in the address"));
	} else if (turned != NULL && find_bracket(r, run, ")[http", &at)) {
		const char *url = turned + 2;
		diag_warning(r->d, at,
		    _("this is printed as text, not as a link: brackets and parentheses have changed places; write: [%s](%.*s)"),
		    text_before(r, run, turned, '('), (int)strcspn(url, " ]\n"), url);
	} else {
		return false;
	}
	return true;
}

/* Text that was meant as a link, but is none in CommonMark. */
static void
judge_link(struct markdown_reader *r, const struct run *run)
{
	if (!judge_brackets(r, run) &&
	    (strstr(run->text, "https://") || strstr(run->text, "http://")))
		diag_note(r->d, run->at,
		    _("a web address here is printed as text; to make it a link, write it as <https://…>"));
}

/* The first "**" that begins a word, or one of two that stand alone; NULL: none does. */
static const char *
find_stars(const char *text)
{
	int alone = 0;
	for (const char *s = text; (s = strstr(s, "**")) != NULL; s += strspn(s, "*")) {
		bool before = s == text || strchr(" \n(", s[-1]) != NULL;
		bool behind = s[2] == '\0' || strchr(" \n", s[2]) != NULL;
		alone += before && behind;
		if ((before && !behind && s[2] != '*') || alone == 2)
			return s;
	}
	return NULL;
}

static void
judge_stars(struct markdown_reader *r, const struct run *run)
{
	if (find_stars(run->text) == NULL || !may_look(r))
		return;
	size_t start = lines_offset_of(r->lines, run->at);
	size_t at = find_source(r, start, "**"), escape = find_source(r, start, "\\*");
	/* "\*" is meant to be printed */
	if (strncmp(r->lines->s + at, "**", 2) == 0 &&
	    strncmp(r->lines->s + escape, "\\*", 2) != 0)
		diag_warning(r->d, lines_place(r->lines, at),
		    _("\"**\" is printed as it stands; for bold, write it right before and right behind whole words, as in: the **words** meant"));
}

/* --- lines -----------------------------------------------------------------------------
 */

/* Line I (from 0) of NODE without what stands before its text; NULL: it has no such. */
static const char *
node_line(struct markdown_reader *r, cmark_node *node, int i)
{
	int start = cmark_node_get_start_line(node), end = cmark_node_get_end_line(node);
	int line = r->first_line + start + i - 1;
	/* libcmark leaves out the line that makes a heading of the one above */
	end += cmark_node_get_type(node) == CMARK_NODE_HEADING;
	if (start + i > end || line > r->lines->n)
		return NULL;
	size_t from =
	    lines_offset(r->lines, line, i > 0 ? 1 : cmark_node_get_start_column(node));
	const char *s =
	    arena_strndup(r->a, r->lines->s + from, lines_end(r->lines, line) - from);
	return s + strspn(s, i > 0 ? " \t>" : " \t");
}

static struct place
line_place(struct markdown_reader *r, cmark_node *node, int i)
{
	struct place at = markdown_place(r, node);
	const char *s = node_line(r, node, i);
	int line = at.line + i;
	size_t len = s != NULL && line <= r->lines->n ? strlen(s) : 0;
	return i == 0 ? at : lines_place(r->lines, lines_end(r->lines, line) - len);
}

static bool
is_letter(const char *s)
{
	return (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
	    (unsigned char)*s >= 0xC3;
}

/* How long the mark is that S begins with, "##", "-" or "1.", when the space behind it
 * is missing; 0: there is none. */
static size_t
tight_mark_len(const char *s)
{
	size_t hashes = strspn(s, "#"), digits = strspn(s, "0123456789");
	if (hashes >= 2 && hashes <= 6 && is_letter(s + hashes))
		return hashes;
	if (s[0] == '-' && is_letter(s + 1))
		return 1;
	if (digits >= 1 && digits <= 2 && (s[digits] == '.' || s[digits] == ')') &&
	    is_letter(s + digits + 1))
		return digits + 1;
	return 0;
}

/* The length of a bullet of a word processor that S begins with; 0: there is none. */
static size_t
bullet_len(const char *s)
{
	static const char *const bullets[] = {
	    "•", "‣", "◦", "▪", "●", "○", "■", "·", "\xef\x82\xb7"};
	for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
		size_t len = strlen(bullets[i]);
		if (strncmp(s, bullets[i], len) == 0 && s[len] != '\0')
			return len;
	}
	return 0;
}

static void
judge_bullets(struct markdown_reader *r, cmark_node *node)
{
	int tabs = 0, bullets = 0, first = 0;
	const char *s;
	for (int i = 0; (s = node_line(r, node, i)) != NULL; i++) {
		size_t len = bullet_len(s);
		const char *tab = strchr(s, '\t');
		tabs += tab != NULL && len == 0 && tab[strspn(tab, " \t")] != '\0';
		if (len > 0 && bullets++ == 0)
			first = i;
	}
	/* one within a paragraph stands between words, where the line happens to end */
	if (bullets > (first > 0) && !r->bullets) {
		s = node_line(r, node, first);
		size_t len = bullet_len(s);
		diag_warning(r->d, line_place(r, node, first),
		    _("\"%.*s\" makes no list; begin each item with \"- \" on a line of its own, as in: - %s"),
		    (int)len, s, s + len + strspn(s + len, " \t"));
		r->bullets = true; /* once for all */
	}
	if (tabs >= 2)
		diag_warning(r->d, line_place(r, node, 0),
		    _("tabs make no table, its cells are printed as running text; write a list instead (\"- …\")"));
}

/* "-one" and "-two" on lines of their own, or below an item; one alone may be a suffix.
 */
static void
judge_tight_items(struct markdown_reader *r, cmark_node *node)
{
	int items = 0, first = 0;
	const char *s;
	for (int i = 0; (s = node_line(r, node, i)) != NULL; i++)
		if (s[0] != '#' && tight_mark_len(s) > 0 && items++ == 0)
			first = i;
	bool in_item = cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_ITEM;
	if (items < 2 && !(items == 1 && first > 0 && in_item))
		return;
	s = node_line(r, node, first);
	size_t len = tight_mark_len(s);
	diag_warning(r->d, line_place(r, node, first),
	    _("a space is missing behind \"%.*s\", so that this is no list; begin each item as in: %.*s %s"),
	    (int)len, s, (int)len, s, s + len);
}

static void
judge_paragraph(struct markdown_reader *r, cmark_node *node)
{
	const char *s = node_line(r, node, 0);
	size_t len = s != NULL ? tight_mark_len(s) : 0;
	if (len > 0 && s[0] == '#')
		diag_warning(r->d, line_place(r, node, 0),
		    _("a space is missing behind \"%.*s\", so that this is no heading; write: %.*s %s"),
		    (int)len, s, (int)len, s, s + len);
	else
		judge_tight_items(r, node);
	judge_bullets(r, node);
}

/* "---" below a line makes a heading of it, which few who write it know. */
static void
judge_heading(struct markdown_reader *r, cmark_node *node)
{
	const char *first = node_line(r, node, 0), *last = first;
	size_t dashes = 0;
	for (int i = 1; last != NULL && dashes == 0; i++) {
		last = node_line(r, node, i);
		dashes = last != NULL ? strspn(last, "-") : 0;
	}
	if (last != NULL && first[0] != '#' && dashes <= 3 && strlen(first) > 3)
		diag_warning(r->d, line_place(r, node, 0),
		    _("the \"%.*s\" below this line makes a heading of it; take it away, and for a heading write: ## %s"),
		    (int)dashes, last, first);
}

void
dialects_judge(struct markdown_reader *r, cmark_node *node, const struct block *block)
{
	const struct run *struck = find_struck(block);
	for (int i = 0; i < block->nruns; i++) {
		const struct run *run = &block->runs[i];
		if (run->link == NULL)
			judge_link(r, run);
		judge_stars(r, run);
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
	if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
		judge_heading(r, node);
	else
		judge_paragraph(r, node);
}
