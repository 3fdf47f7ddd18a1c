#include "diag/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/utf8.h"

enum {
	TERMINAL_WIDTH = 80,
	TERMINAL_WIDTH_MAX = 1000,
	GUTTER = 8 /* "12345 | " */,
	WIDTH_MIN = 20,
	ANNOTATIONS_MAX = 10
};

/* --- a line a diagnostic ----------------------------------------------------- */

/* A file name may hold anything but a NUL; a terminal must not take it for a command. */
static void
render_name(const char *s, struct buffer *out)
{
	size_t len = strlen(s);
	for (size_t i = 0; i < len;) {
		int32_t u;
		size_t n = utf8_decode(s + i, len - i, &u);
		if (u == '\t' || u == '\n' || u == '\r' || (u >= 0 && utf8_is_control(u)))
			buffer_puts(out, "?");
		else
			buffer_append(out, s + i, n);
		i += n;
	}
}

static void
render_place(const struct diag *d, struct place at, struct buffer *out)
{
	render_name(at.file != NULL ? at.file : diag_program(d), out);
	if (at.file != NULL && at.line > 0)
		buffer_printf(out, ":%d", at.line);
	if (at.file != NULL && at.line > 0 && at.column > 0)
		buffer_printf(out, ":%d", at.column);
	buffer_puts(out, ": ");
}

static void
render_item(
    const struct diag *d, const struct diagnostic *item, bool color, struct buffer *out)
{
	buffer_puts(out, color ? "\033[1m" : "");
	render_place(d, item->at, out);
	buffer_puts(out, color ? severities[item->severity].color : "");
	buffer_printf(out, "%s:", _(severities[item->severity].name));
	buffer_puts(out, color ? "\033[0m" : "");
	buffer_printf(out, " %s [%s]\n", item->message, rules[item->rule].name);
}

void
diag_render_summary(const struct diag *d, const char *unchanged, struct buffer *out)
{
	struct arena scratch = {0};
	struct buffer name = {0};
	const char *counts = arena_printf(&scratch,
	    ngettext("%d error", "%d errors", (unsigned long)d->nerrors), d->nerrors);
	if (d->nwarnings > 0)
		counts = arena_printf(&scratch, _("%s, %s"), counts,
		    arena_printf(&scratch,
			ngettext(
			    "%d warning", "%d warnings", (unsigned long)d->nwarnings),
			d->nwarnings));
	if (unchanged != NULL)
		render_name(unchanged, &name);
	if (unchanged != NULL)
		buffer_printf(
		    out, _("%s; %.*s was not changed"), counts, (int)name.len, name.data);
	else
		buffer_puts(out, counts);
	buffer_puts(out, "\n");
	buffer_free(&name);
	arena_free(&scratch);
}

/* --- the line of the source --------------------------------------------------- */

/* How the character at S, before END, is shown, and how wide that is. */
static size_t
show(const char *s, const char *end, int *width, const char **as)
{
	int32_t u;
	size_t n = utf8_decode(s, (size_t)(end - s), &u);
	*as = u == '\t' ? " " : u < 0 || utf8_is_control(u) ? "?" : NULL;
	*width = *as != NULL ? 1 : utf8_width(u);
	return n;
}

/* Columns that the characters from S to END take. */
static int
columns(const char *s, const char *end)
{
	int n = 0, width;
	const char *as;
	for (; s < end; n += width)
		s += show(s, end, &width, &as);
	return n;
}

/* The first character to show of the line from START on, so that at most ROOM columns are
 * before the caret at AT. */
static const char *
window_start(const char *start, const char *at, int room)
{
	/* what is far from it is not looked at: a line may be megabytes long */
	const char *s = at - start > 8 * room ? at - 8 * room : start, *as;
	while (s > start && s < at && ((unsigned char)*s & 0xc0) == 0x80)
		s++;
	for (int n = columns(s, at), width; n > room; n -= width)
		s += show(s, at, &width, &as);
	return s;
}

static void
put_line(const char *s, const char *end, int room, struct buffer *out)
{
	for (int column = 0; s < end;) {
		int width;
		const char *as;
		size_t n = show(s, end, &width, &as);
		if (column + width > room) {
			buffer_puts(out, "…");
			break;
		}
		buffer_append(out, as != NULL ? as : s, as != NULL ? 1 : n);
		column += width;
		s += n;
	}
	buffer_puts(out, "\n");
}

/* As much of the line at AT as fits, and a caret; nothing where the text is not known. */
static void
render_snippet(
    const struct diag *d, struct place at, struct diag_look look, struct buffer *out)
{
	struct lines *lines = diag_source(d, at.file);
	if (lines == NULL || at.line < 1 || at.line > lines->n)
		return;
	const char *line = lines->s + lines->starts[at.line - 1];
	const char *end = lines->s + lines_end(lines, at.line);
	const char *caret = lines->s + lines_offset_of(lines, at);
	int width = look.width > WIDTH_MIN + GUTTER ? look.width - GUTTER : WIDTH_MIN;
	const char *start = window_start(line, caret, width - 2);
	/* a caret near the edge leaves half of the room for what follows */
	if (start > line)
		start = window_start(line, caret, width / 2);
	bool cut = start > line;
	buffer_printf(out, "%5d | %s", at.line, cut ? "…" : "");
	put_line(start, end, width - 2 - cut, out);
	if (at.column > 0)
		buffer_printf(out, "      | %*s%s^%s\n", columns(start, caret) + cut, "",
		    look.color ? "\033[1;32m" : "", look.color ? "\033[0m" : "");
}

void
diag_render(const struct diag *d, struct diag_look look, struct buffer *out)
{
	for (int i = 0; i < d->n; i++) {
		render_item(d, &d->list[i], look.color, out);
		if (look.snippets)
			render_snippet(d, d->list[i].at, look, out);
	}
}

struct diag_look
diag_look_for(FILE *to)
{
	struct diag_look look = {.width = TERMINAL_WIDTH};
	look.snippets = isatty(fileno(to)) == 1;
	const char *no_color = getenv("NO_COLOR");
	look.color = look.snippets && (no_color == NULL || no_color[0] == '\0');
	const char *columns = getenv("COLUMNS");
	long width = columns != NULL ? strtol(columns, NULL, 10) : 0;
	if (width > 0 && width <= TERMINAL_WIDTH_MAX)
		look.width = (int)width;
	return look;
}

/* --- annotations of GitHub ---------------------------------------------------- */

/* Escapes S; a property also its separators. */
static void
put_escaped(const char *s, bool property, struct buffer *out)
{
	const char *special = property ? "%\r\n:," : "%\r\n";
	while (*s != '\0') {
		size_t len = strcspn(s, special);
		buffer_append(out, s, len);
		s += len;
		if (*s != '\0')
			buffer_printf(out, "%%%02X", (unsigned)(unsigned char)*s++);
	}
}

static void
put_annotation(const struct diagnostic *item, struct buffer *out)
{
	struct place at = item->at;
	buffer_printf(out, "::%s ", severities[item->severity].command);
	if (at.file != NULL) {
		buffer_puts(out, "file=");
		put_escaped(at.file, true, out);
		if (at.line > 0)
			buffer_printf(out, ",line=%d", at.line);
		if (at.line > 0 && at.column > 0)
			buffer_printf(out, ",col=%d", at.column);
		buffer_puts(out, ",");
	}
	buffer_printf(out, "title=%s::", rules[item->rule].name);
	put_escaped(item->message, false, out);
	buffer_printf(out, " [%s]\n", rules[item->rule].name);
}

void
diag_render_github(const struct diag *d, struct buffer *out)
{
	for (int severity = SEVERITY_ERROR; severity <= SEVERITY_NOTE; severity++) {
		int n = 0;
		for (int i = 0; i < d->n; i++) {
			const struct diagnostic *item = &d->list[i];
			if ((int)item->severity != severity)
				continue;
			if (n++ < ANNOTATIONS_MAX)
				put_annotation(item, out);
			else
				render_item(d, item, false, out);
		}
	}
}
