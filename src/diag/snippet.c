#include "diag/snippet.h"

#include <string.h>

#include "base/utf8.h"

enum { GUTTER = 8 /* "12345 | " */, WIDTH_MIN = 20 };

static const struct diag_source *
find_source(const struct diag *d, const char *file)
{
	for (int i = 0; i < d->nsources; i++) {
		if (strcmp(d->sources[i].file, file) == 0)
			return &d->sources[i];
	}
	return NULL;
}

static bool
at_line_end(const struct snippets *s, size_t offset)
{
	return offset >= s->source->len || s->source->text[offset] == '\n' ||
	    s->source->text[offset] == '\r';
}

static void
next_line(struct snippets *s)
{
	const char *text = s->source->text;
	size_t offset = s->offset;
	while (!at_line_end(s, offset))
		offset++;
	if (offset + 1 < s->source->len && text[offset] == '\r' &&
	    text[offset + 1] == '\n')
		offset++;
	s->line_start = s->offset = offset + 1;
	s->line++;
	s->column = 1;
}

/* Moves to AT.  False: the text has no such line. */
static bool
find_place(struct snippets *s, struct place at)
{
	if (s->source == NULL || strcmp(s->source->file, at.file) != 0 ||
	    at.line < s->line || (at.line == s->line && at.column < s->column)) {
		s->source = find_source(s->d, at.file);
		s->line_start = s->offset = 0;
		s->line = s->column = 1;
	}
	if (s->source == NULL)
		return false;
	while (s->line < at.line && s->offset < s->source->len)
		next_line(s);
	while (s->column < at.column && !at_line_end(s, s->offset)) {
		int32_t u;
		s->offset += utf8_decode(
		    s->source->text + s->offset, s->source->len - s->offset, &u);
		s->column++;
	}
	return s->line == at.line && s->line_start <= s->source->len;
}

/* How a character is shown, and how wide that is. */
static size_t
show(const struct snippets *s, size_t offset, int *width, const char **as)
{
	int32_t u;
	size_t n = utf8_decode(s->source->text + offset, s->source->len - offset, &u);
	*width = utf8_width(u);
	*as = NULL;
	if (u == '\t')
		*as = " ";
	else if (u < 0 || utf8_is_control(u))
		*as = "?";
	if (*as != NULL)
		*width = 1;
	return n;
}

/* The offset of the first character to show so that at most ROOM columns are before the
 * caret; *BEFORE: how many there are. */
static size_t
window_start(const struct snippets *s, int room, int *before)
{
	size_t start = s->offset;
	*before = 0;
	while (start > s->line_start) {
		size_t previous = start - 1;
		while (previous > s->line_start && start - previous < 4 &&
		    ((unsigned char)s->source->text[previous] & 0xc0) == 0x80)
			previous--;
		int width;
		const char *as;
		if (previous + show(s, previous, &width, &as) != start) {
			previous = start - 1;
			width = 1;
		}
		if (*before + width > room)
			break;
		*before += width;
		start = previous;
	}
	return start;
}

static void
put_line(const struct snippets *s, size_t start, int room, struct buffer *out)
{
	size_t offset = start;
	for (int column = 0; !at_line_end(s, offset);) {
		int width;
		const char *as;
		size_t n = show(s, offset, &width, &as);
		if (column + width > room) {
			buffer_puts(out, "…");
			break;
		}
		if (as != NULL)
			buffer_puts(out, as);
		else
			buffer_append(out, s->source->text + offset, n);
		column += width;
		offset += n;
	}
	buffer_puts(out, "\n");
}

void
snippet_render(struct snippets *s, struct place at, struct buffer *out)
{
	if (at.file == NULL || at.line < 1 || !find_place(s, at))
		return;
	int width = s->width > WIDTH_MIN + GUTTER ? s->width - GUTTER : WIDTH_MIN;
	int before;
	size_t start = window_start(s, width - 2, &before);
	/* a caret near the edge leaves half of the room for what follows */
	if (start > s->line_start)
		start = window_start(s, width / 2, &before);
	bool cut = start > s->line_start;
	buffer_printf(out, "%5d | %s", at.line, cut ? "…" : "");
	put_line(s, start, width - 2 - cut, out);
	if (at.column < 1)
		return;
	buffer_printf(out, "      | %*s%s^%s\n", before + cut, "",
	    s->color ? "\033[1;32m" : "", s->color ? "\033[0m" : "");
}
