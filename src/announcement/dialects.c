#include "announcement/dialects.h"

#include <assert.h>
#include <string.h>

#include "base/i18n.h"

/* finding many texts in the source takes too long */
enum { LOOKED_MAX = 50 };

/* Where a single line is enough for a warning; two are always. */
enum { FIRST = 1, LATER = 2, IN_ITEM = 4 /* only there */ };

/* Letters, and all that ASCII does not have. */
#define LETTER "[^\t -@[-`{-~]"

/* A pattern has three parts: what is before, what is told, and what is after.  One that
 * could begin anywhere in a long word and fail late has a bound there. */
static const struct dialect {
	bool line;         /* of a line as written; else of text as it will be printed */
	unsigned alone;    /* of a line */
	const char *signs; /* one of which is in all that matches */
	const char *pattern;
	enum rule rule;
	const char *cure;
} all[] = {
    {true, FIRST | LATER, "#", "^()(#{2,6})(" LETTER ")", RULE_MARKDOWN_DIALECT,
	N_("for a heading, put a space after it")},
    {true, LATER | IN_ITEM, "-.)", "^()(-|[0-9]{1,2}[.)])(" LETTER ")",
	RULE_MARKDOWN_DIALECT, N_("for a list, put a space after it in each item")},
    {true, FIRST, "\xe2\xc2\xef", "^()(•|‣|◦|▪|●|○|■|·|\xef\x82\xb7)([ \t]*[^ \t])",
	RULE_MARKDOWN_DIALECT,
	N_("for a list, begin each item with \"- \" on a line of its own")},
    {true, 0, "\xe2", "^()(–|—)([ \t]+[^ \t])", RULE_MARKDOWN_DIALECT,
	N_("for a list, begin each item with \"- \" on a line of its own")},
    {true, FIRST | IN_ITEM, "[", "^()(\\[[ x]\\])( )", RULE_MARKDOWN_DIALECT,
	N_("remove it, since boxes cannot be ticked")},
    {true, 0, "\t", "^()([^\t]*[^\t ]\t+[^\t]+)()", RULE_MARKDOWN_DIALECT,
	N_("write a list (\"- …\"), since tabs do not make a table")},
    {false, 0, "~", "(^|[^~])(~~)([^~ \n]|$)", RULE_MARKDOWN_DIALECT,
	N_("remove it at both ends of the text, which cannot be struck out")},
    {false, 0, "[", "()(\\[\\^[^][^ \n]+\\])()", RULE_MARKDOWN_DIALECT,
	N_("write the note in parentheses where it belongs")},
    {false, 0, "]", "()(\\]\\([^ \n)]*|\\] \\(https?:[^ \n)]*|\\)\\[https?:[^] \n]*)()",
	RULE_MARKDOWN_DIALECT,
	N_("for a link, write [text](https://…), with no space in the address")},
    {false, 0, "*", "(^|[ \n(])(\\*\\*)([^ \n*]| [^*]* \\*\\*( |$))",
	RULE_MARKDOWN_DIALECT,
	N_("for bold, put it directly before and after the words")},
    {false, 0, "{", "()(\\{[#.]?[a-zA-Z-]+\\})()", RULE_MARKDOWN_DIALECT,
	N_("for a paragraph of one edition, end it with {screen} or {print}")},
    {false, 0, ":", "()(https?://[^ \n]+)()", RULE_LINK_BARE,
	N_("for a link, write <https://…>")},
    {false, 0, "wW", "(^|[^a-z0-9/.@_-])(www[.][^] \n<>)\"]*[^] \n<>)\".,;:!?])()",
	RULE_LINK_BARE, N_("for a link, write <https://www.…>")},
    {false, 0, "@",
	"(^|[^a-z0-9._%+/:@-])((mailto:)?[a-z0-9._%+-]{1,64}@[a-z0-9][a-z0-9.-]*[.][a-z][a-z]+)()",
	RULE_LINK_BARE, N_("for a link, put it between < and >")},
};

#define NALL ((int)(sizeof all / sizeof all[0]))
static_assert(NALL <= DIALECTS_MAX, "struct dialects has a pattern for each");

/* Where one of them was found. */
struct hit {
	int n, line;
	const char *s;
	regmatch_t part[4];
};

static bool
matches(struct dialects *dialects, int i, const char *s, struct hit *out)
{
	out->s = s;
	return strpbrk(s, all[i].signs) != NULL &&
	    pattern_find(&dialects->patterns[i], all[i].pattern, s, out->part, 4);
}

static void
warn(const struct dialects *dialects, int i, struct place at, const struct hit *hit)
{
	diag_report(dialects->d, all[i].rule, at, _("\"%.*s\" is printed as it is; %s"),
	    (int)(hit->part[2].rm_eo - hit->part[2].rm_so), hit->s + hit->part[2].rm_so,
	    _(all[i].cure));
}

/* --- lines as written --------------------------------------------------------- */

/* The offset of LINE of TEXT, without what stands before its text. */
static size_t
line_start(const struct dialect_text *text, int line)
{
	struct lines *lines = text->lines;
	if (line == text->at.line)
		return lines_offset_of(lines, text->at);
	size_t start = lines->starts[line - 1];
	return start + strspn(lines->s + start, " \t>");
}

static const char *
line_text(const struct dialects *dialects, const struct dialect_text *text, int line)
{
	size_t start = line_start(text, line), end = lines_end(text->lines, line);
	return arena_strndup(
	    dialects->a, text->lines->s + start, end > start ? end - start : 0);
}

static bool
is_enough(const struct dialect *dialect, const struct dialect_text *text, int line)
{
	return dialect->alone & (line == text->at.line ? FIRST : LATER) &&
	    (text->in_item || !(dialect->alone & IN_ITEM));
}

static void
judge_lines(struct dialects *dialects, const struct dialect_text *text)
{
	struct hit hits[NALL] = {0}, hit = {0};
	for (int line = text->at.line; line <= text->last; line++) {
		const char *s = line_text(dialects, text, line);
		for (int i = 0; i < NALL; i++) {
			if (!all[i].line || !matches(dialects, i, s, &hit))
				continue;
			hit.line = line;
			hit.n = hits[i].n + 1;
			if (hit.n == 1)
				hits[i] = hit;
			hits[i].n = hit.n;
		}
	}
	for (int i = 0; i < NALL; i++) {
		int line = hits[i].line;
		if (hits[i].n > 1 || (hits[i].n == 1 && is_enough(&all[i], text, line)))
			warn(dialects, i,
			    lines_place(text->lines, line_start(text, line)), &hits[i]);
	}
}

/* "---" below a line makes a heading of it, which few who write it know. */
static void
judge_heading(const struct dialects *dialects, const struct dialect_text *text)
{
	const char *first = line_text(dialects, text, text->at.line), *below = "";
	/* of libcmark's last line one cannot tell whether the dashes are in it */
	for (int line = text->at.line + 1;
	     line <= text->last + 1 && line <= text->lines->n; line++) {
		below = line_text(dialects, text, line);
		if (below[0] == '-')
			break;
		size_t len = strlen(first); /* a heading with "##" has one line */
		while (len > 0 && strchr(" \\", first[len - 1]) != NULL)
			len--;
		first = arena_printf(dialects->a, "%.*s %s", (int)len, first, below);
	}
	size_t dashes = strspn(below, "-");
	if (first[0] != '#' && strlen(first) > 3 && dashes >= 1 && dashes <= 3)
		diag_report(dialects->d, RULE_MARKDOWN_DIALECT, text->at,
		    _("the \"%.*s\" below turns this line into a heading; remove it, or for a heading write: ## %s"),
		    (int)dashes, below, first);
}

/* --- text as printed ---------------------------------------------------------- */

/* The place in the source of FOUND, which RUN holds.  False: it is not there as it is
 * printed, so that it was meant to be, as in "\*\*"; or too much was looked for. */
static bool
find_source(struct dialects *dialects, const struct dialect_text *text,
    const struct run *run, const char *found, struct place *out)
{
	if (dialects->nlooked++ >= LOOKED_MAX)
		return false;
	const char *s = text->lines->s;
	/* libcmark's columns are not sure */
	const char *at = strstr(s + lines_offset(text->lines, run->at.line, 1), found);
	if (at == NULL || at >= s + lines_end(text->lines, text->last))
		return false;
	*out = lines_place(text->lines, (size_t)(at - s));
	return true;
}

static void
judge_run(
    struct dialects *dialects, const struct dialect_text *text, const struct run *run)
{
	bool told = false;
	for (int i = 0; i < NALL; i++) {
		struct hit hit;
		struct place at;
		/* the address of what was to be a link is told with that */
		bool bare = all[i].rule == RULE_LINK_BARE;
		if (all[i].line || (bare && (told || run->link != NULL)) ||
		    !matches(dialects, i, run->text, &hit))
			continue;
		const char *found = arena_strndup(dialects->a, hit.s + hit.part[2].rm_so,
		    (size_t)(hit.part[0].rm_eo - hit.part[2].rm_so));
		if (find_source(dialects, text, run, found, &at)) {
			warn(dialects, i, at, &hit);
			told = told || !bare;
		}
	}
}

void
dialects_judge(
    struct dialects *dialects, const struct dialect_text *text, const struct block *block)
{
	for (int i = 0; i < block->nruns; i++)
		judge_run(dialects, text, &block->runs[i]);
	if (block->kind == BLOCK_HEADING)
		judge_heading(dialects, text);
	else
		judge_lines(dialects, text);
}

void
dialects_close(struct dialects *dialects)
{
	for (int i = 0; i < NALL; i++)
		pattern_close(&dialects->patterns[i]);
}
