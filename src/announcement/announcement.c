#include "announcement/announcement.h"

#include <string.h>

#include "announcement/frontmatter.h"
#include "announcement/markdown.h"
#include "announcement/settings.h"
#include "base/i18n.h"
#include "input/encoding.h"
#include "input/lines.h"
#include "input/prose.h"

enum { ANNOUNCEMENT_MAX = 1024 * 1024, CONTROLS_MAX = 20 };

struct parts {
	struct lines lines;
	int opening, closing; /* the lines "---"; 0: missing */
	bool misspelt;        /* one of them is none, which was told */
};

/* --- control characters ----------------------------------------------------------------
 */

/* Reports control characters, the first of each line, and puts spaces in their place. */
static bool
replace_controls(struct source *text, struct lines *lines, struct diag *d)
{
	int reported = 0, last_line = 0;
	for (size_t i = 0; i < text->len;) {
		int32_t u;
		i += prose_control(text->bytes + i, text->len - i, &u);
		if (i == text->len)
			break;
		struct place at = lines_place(lines, i);
		if (at.line != last_line && reported++ < CONTROLS_MAX)
			diag_error(d, at,
			    _("there is a control character (U+%04X) here; take it away"),
			    (unsigned)u);
		last_line = at.line;
		size_t n = u < 0x80 ? 1 : u < 0x800 ? 2 : u < 0x10000 ? 3 : 4;
		memset(text->bytes + i, ' ', n);
		i += n;
	}
	return reported == 0;
}

/* --- front matter ----------------------------------------------------------------------
 */

static bool
line_is(const struct lines *lines, int line, const char *mark)
{
	size_t start = lines->starts[line - 1], end = lines_end(lines, line);
	while (end > start && (lines->s[end - 1] == ' ' || lines->s[end - 1] == '\t'))
		end--;
	return end - start == strlen(mark) &&
	    strncmp(lines->s + start, mark, end - start) == 0;
}

/* Dashes alone on a line, as "---" becomes in a word processor. */
static bool
is_dashes(const struct lines *lines, int line)
{
	static const char *const dashes[] = {"-", "–", "—", "―", "−"};
	size_t at = lines->starts[line - 1], end = lines_end(lines, line);
	size_t start = at, len = 1;
	if (lines->s[at] == ' ' || lines->s[at] == '\t')
		return false;
	while (at < end && len > 0) {
		len = 0;
		for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
			if (strncmp(lines->s + at, dashes[i], strlen(dashes[i])) == 0)
				len = strlen(dashes[i]);
		}
		at += len;
	}
	size_t width = at - start;
	while (at < end && strchr(" \t", lines->s[at]) != NULL)
		at++;
	return at == end && width > 1;
}

/* Whether LINE is "---", or was meant to be: told. */
static bool
is_fence(struct parts *parts, int line, struct diag *d)
{
	if (line_is(&parts->lines, line, "---"))
		return true;
	if (!is_dashes(&parts->lines, line))
		return false;
	diag_error(d, (struct place){parts->lines.file, line, 1},
	    _("the front matter begins and ends with a line of three hyphens; write \"---\" here"));
	parts->misspelt = true;
	return true;
}

static void
find_frontmatter(struct parts *parts, struct diag *d)
{
	const struct lines *lines = &parts->lines;
	int line = 1;
	while (line < lines->n && line_is(lines, line, ""))
		line++;
	if (!is_fence(parts, line, d))
		return;
	parts->opening = line;
	while (++line <= lines->n && parts->closing == 0) {
		if (line_is(lines, line, "...") || is_fence(parts, line, d))
			parts->closing = line;
	}
}

static size_t
start_of(const struct lines *lines, int line)
{
	return line <= lines->n ? lines->starts[line - 1] : lines->len;
}

static bool
read_frontmatter(
    struct parts *parts, struct arena *a, struct diag *d, struct announcement *out)
{
	const struct lines *lines = &parts->lines;
	size_t start = start_of(lines, parts->opening + 1);
	struct frontmatter yaml = {out->file, lines->s + start,
	    start_of(lines, parts->closing) - start, parts->opening + 1};
	struct tree tree;
	bool ok = frontmatter_parse(yaml, a, d, &tree);
	tree.root.at = (struct place){out->file, parts->opening, 1};
	return settings_read(&tree, a, d, out) && ok;
}

static bool
report_missing(const struct parts *parts, struct diag *d)
{
	struct place at = {parts->lines.file, 1, 1};
	if (parts->opening == 0) {
		diag_error(d, at,
		    _("the front matter is missing; begin the file with a line \"---\", then \"title: …\" and \"lang: …\", then a line \"---\""));
	} else {
		at.line = parts->opening;
		diag_error(d, at,
		    _("the front matter that begins here has no end; put a line \"---\" below its last line"));
	}
	return false;
}

/* --- the whole -------------------------------------------------------------------------
 */

static bool
read_body(struct parts *parts, struct arena *a, struct diag *d, struct announcement *out)
{
	struct markdown body = {&parts->lines, 0};
	if (parts->opening > 0)
		body.start = start_of(&parts->lines, parts->closing + 1);
	struct blocks blocks = {0};
	bool ok = markdown_parse(body, a, d, &blocks);
	out->blocks = blocks.list;
	out->nblocks = blocks.n;
	return ok;
}

bool
announcement_parse(const struct source *source, struct arena *a, struct diag *d,
    struct announcement *out)
{
	struct source text = *source;
	*out = (struct announcement){.file = source->file};
	if (text.len == 0) {
		diag_error(d, (struct place){text.file, 1, 1},
		    _("the file is empty; expected front matter between two lines \"---\", and the announcement in Markdown"));
		return false;
	}
	if (!encoding_utf8(&text, d))
		return false;
	text.bytes = arena_strndup(a, text.bytes, text.len);
	struct parts parts = {.lines = lines_index(a, text.file, text.bytes, text.len)};
	bool ok = replace_controls(&text, &parts.lines, d);
	find_frontmatter(&parts, d);
	ok &= !parts.misspelt;
	if (parts.closing == 0)
		ok = report_missing(&parts, d);
	else
		ok &= read_frontmatter(&parts, a, d, out);
	if (parts.opening == 0 || parts.closing > 0)
		ok &= read_body(&parts, a, d, out);
	return ok;
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
