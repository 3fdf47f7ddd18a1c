#include "announcement/misread.h"

#include <string.h>

#include "announcement/values.h"
#include "base/i18n.h"
#include "input/prose.h"

enum { TIGHT_MAX = 20 };

/* A line such as "  - key: value". */
struct line {
	const char *s; /* NULL: there is none */
	int indent;
	bool tab; /* in the indentation */
	bool item;
	int column; /* of what stands behind the "- ", from 0 */
	const char *key;
	int key_len;
	const char *value;
	bool tight; /* no space behind the ":" */
};

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";

static struct line
line_read(const struct misread_text *text, int n)
{
	struct line line = {0};
	if (n < 1 || n > text->lines->n)
		return line;
	size_t start = text->lines->starts[n - 1], end = lines_end(text->lines, n);
	while (end > start && strchr(" \t", text->lines->s[end - 1]) != NULL)
		end--;
	const char *s = arena_strndup(text->a, text->lines->s + start, end - start);
	const char *p = s + strspn(s, " \t");
	line.s = s;
	line.indent = (int)(p - s);
	line.tab = strcspn(s, "\t") < (size_t)line.indent;
	line.item = p[0] == '-' && (p[1] == ' ' || p[1] == '\0');
	if (line.item)
		p += 1 + strspn(p + 1, " ");
	line.column = (int)(p - s);
	size_t len = strspn(p, letters);
	bool has_key = len > 0 && p[len] == ':';
	line.key = p;
	line.key_len = has_key ? (int)len : 0;
	line.value = has_key ? p + len + 1 : p;
	line.tight = has_key && line.value[0] != '\0' && line.value[0] != ' ' &&
	    strncmp(line.value, "//", 2) != 0;
	line.value += strspn(line.value, " \t");
	return line;
}

static bool
is_blank(const struct line *line)
{
	return line->s == NULL || line->s[line->indent] == '\0' ||
	    line->s[line->indent] == '#';
}

/* "grid:", with its keys or items below it. */
static bool
is_open(const struct line *line)
{
	return line->key_len > 0 && !line->item && line->value[0] == '\0';
}

static bool
same_key(const struct line *a, const struct line *b)
{
	return a->key_len > 0 && a->key_len == b->key_len &&
	    strncmp(a->key, b->key, (size_t)a->key_len) == 0;
}

/* The line before N that holds something; 0: none. */
static int
line_above(const struct misread_text *text, int n)
{
	while (--n > 0) {
		struct line line = line_read(text, n);
		if (!is_blank(&line))
			return n;
	}
	return 0;
}

static struct place
place_of(const struct misread_text *text, int n, int column)
{
	return (struct place){text->lines->file, text->first_line + n - 1, column + 1};
}

/* --- quotes ----------------------------------------------------------------------------
 */

/* A value that needs quotes as a whole. */
static bool
report_value(const struct misread_text *text, const struct misread *what)
{
	struct line line = line_read(text, what->line);
	if (line.s == NULL || line.key_len == 0 || line.value[0] == '\0' ||
	    what->column < line.column + line.key_len + 1)
		return false;
	const char *key = arena_strndup(text->a, line.key, (size_t)line.key_len);
	const char *cure = value_quoted(text->a, key, line.value);
	if (strstr(what->problem, "mapping values") != NULL)
		diag_error(text->d, what->at,
		    _("a \":\" too many on this line; put the value in quotes, so write: %s"),
		    cure);
	else
		diag_error(text->d, what->at,
		    _("this value has to stand in quotes, all of it; write: %s"), cure);
	return true;
}

struct text
misread_comment(const struct misread_text *text, int line, int column)
{
	const struct lines *lines = text->lines;
	struct place at = {lines->file, line, column + 1};
	size_t offset = lines_offset_of(lines, at), stop = lines_end(lines, line);
	while (offset < stop && strchr(" \t", lines->s[offset]) != NULL) {
		offset++;
		at.column++;
	}
	if (offset >= stop || lines->s[offset] != '#')
		return (struct text){0};
	at.line += text->first_line - 1;
	const char *s = arena_strndup(text->a, lines->s + offset, stop - offset);
	return (struct text){prose_clean(text->a, s), at};
}

void
misread_unclosed(const struct misread_text *text, int n, struct place at)
{
	struct line line = line_read(text, n);
	/* 's Gravenwezel */
	bool apostrophe = line.s != NULL && line.key_len > 0 && line.value[0] == '\'' &&
	    strcspn(line.value + 1, " ") <= 2 && strchr(line.value, ' ') != NULL;
	if (apostrophe)
		diag_error(text->d, at,
		    _("the apostrophe is read as a quote that is never closed; write: %s"),
		    value_quoted(text->a,
			arena_strndup(text->a, line.key, (size_t)line.key_len),
			line.value));
	else
		diag_error(text->d, at,
		    _("this quote is never closed; put one at the end of the value"));
}

bool
misread_opens_value(const struct misread_text *text, int n, int column)
{
	struct line line = line_read(text, n);
	return line.s != NULL && line.key_len > 0 && !line.tight &&
	    line.value[0] != '\0' && (int)(line.value - line.s) + 1 == column;
}

/* --- spaces ----------------------------------------------------------------------------
 */

bool
misread_tight(const struct misread_text *text, int line)
{
	while (line > 1 && line_read(text, line - 1).tight)
		line--;
	int first = line;
	for (struct line at;
	     (at = line_read(text, line)).tight && line < first + TIGHT_MAX; line++) {
		diag_error(text->d, place_of(text, line, at.column + at.key_len),
		    _("a space is missing behind the \":\"; write: %.*s: %s"), at.key_len,
		    at.key, at.value);
	}
	return line > first;
}

/* How many spaces LINE should begin with: as many as a line above it that it can stand
 * beside, the one with the same key or else the nearest. */
static int
right_indent(const struct misread_text *text, int n, struct line line)
{
	int best = -1, limit = 1000;
	for (int above = n; limit > 0 && (above = line_above(text, above)) > 0;) {
		struct line other = line_read(text, above);
		int candidate = line.item && other.item ? other.indent : other.column;
		if (other.tab || candidate >= limit)
			continue;
		if (limit == 1000 && is_open(&other))
			return other.column + 2;
		limit = candidate;
		if (same_key(&line, &other))
			return candidate;
		int distance = candidate > line.column ? candidate - line.column
						       : line.column - candidate;
		int best_distance =
		    best > line.column ? best - line.column : line.column - best;
		if (best < 0 || distance < best_distance)
			best = candidate;
	}
	return best;
}

static bool
report_tab(const struct misread_text *text, int n)
{
	struct line line = line_read(text, n);
	if (line.s == NULL || !line.tab)
		return false;
	int indent = right_indent(text, n, line);
	diag_error(text->d, place_of(text, n, 0),
	    ngettext(
		"a tab; begin this line with %d space, and use spaces in the lines below it too",
		"a tab; begin this line with %d spaces, and use spaces in the lines below it too",
		(unsigned long)(indent > 0 ? indent : 2)),
	    indent > 0 ? indent : 2);
	return true;
}

static bool
report_indent(const struct misread_text *text, int n, int indent)
{
	struct line line = line_read(text, n);
	if (line.s == NULL || line.indent == indent || indent < 0)
		return false;
	diag_error(text->d, place_of(text, n, line.column),
	    ngettext("this line begins with %d space; expected %d",
		"this line begins with %d spaces; expected %d",
		(unsigned long)line.indent),
	    line.indent, indent);
	return true;
}

/* --- lists -----------------------------------------------------------------------------
 */

const char *
misread_item(const struct misread_text *text, int line, int item)
{
	struct line first = line_read(text, item), at = line_read(text, line);
	if (first.s == NULL || at.s == NULL || !first.item)
		return NULL;
	return arena_printf(text->a, "%*s- %s", first.indent, "", at.key);
}

static void
report_item(const struct misread_text *text, int line, int item)
{
	diag_error(text->d, place_of(text, line, line_read(text, line).column),
	    _("each item of a list begins with \"- \"; write: %s"),
	    misread_item(text, line, item));
}

/* A line of a list that lost its "- ". */
static bool
report_list(const struct misread_text *text, int n)
{
	struct line line = line_read(text, n);
	int first = n, item = 0;
	for (int above; (above = line_above(text, first)) > 0; first = above) {
		struct line other = line_read(text, above);
		if (is_open(&other) && other.column < line.column)
			break;
		if (other.item && item == 0)
			item = above;
	}
	for (int below = n; item == 0 && below <= text->lines->n; below++) {
		struct line other = line_read(text, below);
		if (other.item)
			item = below;
		else if (!is_blank(&other) && other.indent == 0)
			break;
	}
	struct line begin = line_read(text, item);
	struct line top = line_read(text, first);
	if (item > 0 && !top.item && top.indent > 0 && line_above(text, first) > 0) {
		report_item(text, first, item);
		return true;
	}
	if (item == 0 || line.item || !same_key(&line, &begin))
		return false;
	report_item(text, n, item);
	return true;
}

/* "-value: 14" */
static bool
report_dash(const struct misread_text *text, int n)
{
	struct line line = line_read(text, n);
	const char *s = line.s != NULL ? line.s + line.indent : "";
	if (s[0] != '-' || s[1] == '\0' || strchr(letters, s[1]) == NULL)
		return false;
	diag_error(text->d, place_of(text, n, line.indent),
	    _("a space is missing behind the \"-\"; write: %*s- %s"), line.indent, "",
	    s + 1);
	return true;
}

/* A line that does not stand below those that it belongs to. */
static bool
report_place(const struct misread_text *text, const struct misread *what)
{
	struct line line = line_read(text, what->line);
	if (line.s == NULL || (line.key_len == 0 && !line.item) ||
	    what->column > line.column + line.key_len)
		return false;
	if (report_list(text, what->line))
		return true;
	int above = line_above(text, what->line), top = line_above(text, above);
	struct line before = line_read(text, above), group = line_read(text, top);
	/* the line above is the one that lost its spaces */
	if (top > 0 && line.column > before.column &&
	    ((is_open(&group) && group.column == before.column) ||
		(!is_open(&group) && group.column == line.column)))
		return report_indent(
		    text, above, line.column - (before.column - before.indent));
	if (top == 0 && line.indent == 0 && before.indent > 0)
		return report_indent(text, above, 0);
	int indent = right_indent(text, what->line, line);
	return report_indent(text, what->line, indent);
}

/* --- the whole -------------------------------------------------------------------------
 */

/* libyaml's words, and ours where no line to write comes to mind. */
static const struct {
	const char *found, *message;
} problems[] = {
    {"mapping values are not allowed",
	N_("a \":\" too many on this line; put a value that holds \": \" in quotes, as in title: \"Cijfers: 2023\"")},
    {"could not find expected ':'",
	N_("no \":\" behind this; expected lines such as \"title: Cijfers 2023\"")},
    {"did not find expected key",
	N_("this line does not fit in; begin keys at the same column and put a value that begins with a quote wholly in quotes")},
    {"did not find expected '-' indicator",
	N_("this line does not fit into the list above it; begin each of its items with \"- \" at the same column")},
    {"found character that cannot start any token",
	N_("a value cannot begin like this; put it in quotes")},
    {"found a tab character", N_("a tab; indent with spaces")},
    {"found unknown escape character",
	N_("a \"\\\" in double quotes; write it twice, or use single quotes")},
    {"did not find expected <document start>",
	N_("this does not belong to what stands above it; expected lines such as \"title: Cijfers 2023\" only")},
    {"did not find expected ',' or",
	N_("a bracket is not closed here; put a value that begins with [ or { in quotes")},
    {"while parsing a flow",
	N_("a bracket is not closed; put a value that begins with [ or { in quotes")},
};

static const char *
message_for(const char *problem)
{
	for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
		if (strstr(problem, problems[i].found) != NULL)
			return _(problems[i].message);
	}
	return _(
	    "the front matter cannot be understood from here on; put the value in quotes, and begin keys at the same column");
}

void
misread_report(const struct misread_text *text, const struct misread *what)
{
	bool escape = strstr(what->problem, "escape character") != NULL;
	if (strstr(what->problem, "end of stream") != NULL)
		misread_unclosed(text, what->line, what->at);
	else if (report_tab(text, what->line) || report_dash(text, what->line) ||
	    (!escape && misread_tight(text, what->line)) ||
	    (!escape && report_value(text, what)) || report_place(text, what))
		return;
	else
		diag_error(text->d, what->at, "%s", message_for(what->problem));
}
