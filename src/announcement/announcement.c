#include "announcement/announcement.h"

#include <string.h>

#include "announcement/frontmatter.h"
#include "announcement/markdown.h"
#include "announcement/settings.h"
#include "base/i18n.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "input/encoding.h"
#include "diag/lines.h"
#include "input/prose.h"

/* What word processors make of hyphens. */
#define DASHES "–|—|―|−"

enum { ANNOUNCEMENT_MAX = 1024 * 1024, CONTROLS_MAX = 20 };

struct parts {
	struct lines lines;
	int first, opening, closing; /* lines: one that is not empty, "---"; 0: missing */
	struct pattern mark;
};

/* U turns nothing round in a text that runs from left to right (UAX 9, 2.1 to 2.5). */
static bool
is_idle(int32_t u)
{
	return u == 0x202a || u == 0x202c || u == 0x202d || u == 0x2066 || u == 0x2068 ||
	    u == 0x2069;
}

/* Reports control characters, the first of each line, and puts spaces in their place;
 * those that are idle stay, to be left out with all that cannot be seen. */
static void
replace_controls(
    struct source *text, struct lines *lines, struct arena *a, struct diag *d)
{
	int reported = 0, last_line = 0;
	for (size_t i = 0; i < text->len;) {
		int32_t u;
		i += prose_control(text->bytes + i, text->len - i, &u);
		if (i == text->len)
			return;
		struct place at = lines_place(lines, i);
		size_t n = utf8_decode(text->bytes + i, text->len - i, &u);
		i += n;
		if (is_idle(u))
			continue;
		memset(text->bytes + i - n, ' ', n);
		if (at.line != last_line && reported++ < CONTROLS_MAX)
			diag_report(
			    d, RULE_TEXT_CONTROL, at, "%s", prose_control_fault(a, u));
		last_line = at.line;
	}
}

/* --- front matter ------------------------------------------------------------- */

/* The mark that LINE holds and nothing else: "---", "...", or dashes such as a word
 * processor makes of the first; NULL: none. */
static const char *
mark_of(struct parts *parts, int line, struct arena *a)
{
	const struct lines *lines = &parts->lines;
	char first = lines->s[lines->starts[line - 1]];
	regmatch_t part[2];
	if (first != '-' && first != '.' && first != DASHES[0])
		return NULL; /* most lines */
	char *s = lines_text(lines, line, a);
	if (!pattern_find(&parts->mark,
		"^([.]{3}|(-(-|" DASHES ")|" DASHES ")(-|" DASHES ")*)[ \t]*$", s, part,
		2))
		return NULL;
	s[part[1].rm_eo] = '\0';
	return s;
}

static void
find_frontmatter(struct parts *parts, struct arena *a, struct diag *d)
{
	const struct lines *lines = &parts->lines;
	int line = 1;
	while (line < lines->n &&
	    strspn(lines->s + lines->starts[line - 1], " \t") >=
		lines_end(lines, line) - lines->starts[line - 1])
		line++;
	parts->first = line;
	for (; line <= lines->n && parts->closing == 0; line++) {
		const char *mark = mark_of(parts, line, a);
		bool dots = mark != NULL && strcmp(mark, "...") == 0;
		if (parts->opening == 0 && (mark == NULL || dots))
			return;
		if (mark == NULL)
			continue;
		if (!dots && strcmp(mark, "---") != 0)
			diag_report(d, RULE_FRONTMATTER_FENCE,
			    (struct place){lines->file, line, 1},
			    _("the front matter begins and ends with a line of three hyphens; write \"---\" here"));
		*(parts->opening == 0 ? &parts->opening : &parts->closing) = line;
	}
}

/* Whether LINE begins with a key, as in "title: Cijfers". */
static bool
is_entry(const struct lines *lines, int line)
{
	const char *s = lines->s + lines->starts[line - 1];
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz-");
	return n > 0 && s[n] == ':' && strchr(" \t\r\n", s[n + 1]) != NULL;
}

static void
read_parts(struct parts *parts, struct arena *a, struct diag *d, struct announcement *out)
{
	struct place at = {out->file, parts->opening, 1};
	int body = 1;
	if (parts->closing > 0) {
		struct entry root;
		bool whole = frontmatter_parse(
		    &parts->lines, parts->opening + 1, parts->closing, a, d, &root);
		root.at = at;
		settings_read(&root, whole, a, d, out);
		body = parts->closing + 1;
	} else if (parts->opening > 0) {
		diag_report(d, RULE_FRONTMATTER_FENCE, at,
		    _("the front matter that begins here does not end; put a line \"---\" after its last line"));
		return;
	} else if (is_entry(&parts->lines, parts->first)) {
		at.line = parts->first;
		diag_report(d, RULE_FRONTMATTER_FENCE, at,
		    _("the front matter begins with a line \"---\"; put one above this line"));
		return;
	} else {
		at.line = 1;
		diag_report(d, RULE_FRONTMATTER_FENCE, at,
		    _("the front matter is missing; begin the file with a line \"---\", then \"title: …\" and \"lang: …\", then a line \"---\""));
	}
	markdown_parse(&parts->lines, body, a, d, out);
}

/* --- the whole ---------------------------------------------------------------- */

bool
announcement_parse(const struct source *source, struct arena *a, struct diag *d,
    struct announcement *out)
{
	struct source text = *source;
	int nerrors = d->nerrors;
	*out = (struct announcement){.file = source->file};
	if (text.len == 0) {
		diag_report(d, RULE_TEXT_EMPTY, (struct place){text.file, 1, 1},
		    _("the file is empty; expected front matter between two lines \"---\", and the announcement in Markdown"));
		return false;
	}
	if (!encoding_utf8(&text, d))
		return false;
	text.bytes = arena_strndup(a, text.bytes, text.len);
	struct parts parts = {.lines = lines_index(a, text.file, text.bytes, text.len)};
	replace_controls(&text, &parts.lines, a, d);
	/* before anything is read of it: a mark of Markdown or YAML would not be one
	 * after a character that nobody sees */
	const char *typed = utf8_typed(a, text.bytes);
	parts.lines = lines_index(a, text.file, typed, strlen(typed));
	find_frontmatter(&parts, a, d);
	pattern_close(&parts.mark);
	read_parts(&parts, a, d, out);
	return d->nerrors == nerrors;
}

bool
announcement_read(
    const char *path, struct arena *a, struct diag *d, struct announcement *out)
{
	struct source source;
	*out = (struct announcement){.file = path};
	return source_read(path, ANNOUNCEMENT_MAX, a, d, &source) &&
	    announcement_parse(&source, a, d, out);
}
