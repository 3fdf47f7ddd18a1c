#include "diag/lines.h"

#include "base/utf8.h"

struct lines
lines_index(struct arena *a, const char *file, const char *s, size_t len)
{
	struct lines lines = {.file = file, .s = s, .len = len};
	*arena_append(a, lines.starts, lines.n) = 0;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\n' || (s[i] == '\r' && s[i + 1] != '\n'))
			*arena_append(a, lines.starts, lines.n) = i + 1;
	}
	lines.last.line = 1;
	lines.last.column = 1;
	return lines;
}

static int
lines_find(const struct lines *lines, size_t offset)
{
	int low = 0, high = lines->n;
	while (high - low > 1) {
		int middle = low + (high - low) / 2;
		if (lines->starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low + 1;
}

struct place
lines_place(struct lines *lines, size_t offset)
{
	if (offset > lines->len)
		offset = lines->len;
	int line = lines_find(lines, offset);
	size_t from = lines->starts[line - 1];
	int column = 1;
	if (line == lines->last.line && offset >= lines->last.offset) {
		from = lines->last.offset;
		column = lines->last.column;
	}
	column += utf8_count(lines->s + from, offset - from);
	lines->last.offset = offset;
	lines->last.line = line;
	lines->last.column = column;
	return (struct place){lines->file, line, column};
}

size_t
lines_end(const struct lines *lines, int line)
{
	size_t end = line < lines->n ? lines->starts[line] : lines->len;
	while (end > lines->starts[line - 1] &&
	    (lines->s[end - 1] == '\n' || lines->s[end - 1] == '\r'))
		end--;
	return end;
}

size_t
lines_offset(const struct lines *lines, int line, int column)
{
	if (line < 1)
		return 0;
	if (line > lines->n)
		return lines->len;
	size_t end = lines_end(lines, line);
	size_t offset = lines->starts[line - 1] + (column > 1 ? (size_t)column - 1 : 0);
	return offset < end ? offset : end;
}

size_t
lines_offset_of(struct lines *lines, struct place at)
{
	size_t offset = lines_offset(lines, at.line, 1), end = offset;
	int column = 1;
	int32_t u;
	if (at.line > 0 && at.line <= lines->n)
		end = lines_end(lines, at.line);
	if (at.line == lines->last.line && at.column >= lines->last.column &&
	    lines->last.offset <= end) {
		offset = lines->last.offset;
		column = lines->last.column;
	}
	for (; column < at.column && offset < end; column++)
		offset += utf8_decode(lines->s + offset, end - offset, &u);
	lines->last.offset = offset;
	lines->last.line = at.line;
	lines->last.column = column;
	return offset;
}

char *
lines_text(const struct lines *lines, int line, struct arena *a)
{
	size_t start = lines->starts[line - 1];
	return arena_strndup(a, lines->s + start, lines_end(lines, line) - start);
}
