#include "pdf/text.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

void
put_length(struct buffer *out, double points)
{
	buffer_number(out, round(points * 100) / 100);
}

void
put_reference(struct buffer *out, const char *before, int number)
{
	buffer_printf(out, "%s%d 0 R", before, number);
}

/* ISO 32000-1, 7.3.4.2 */
void
put_string(struct buffer *out, const char *key, struct bytes string)
{
	const char *s = string.data;
	buffer_puts(out, key);
	buffer_puts(out, "(");
	for (size_t i = 0; i < string.len; i++) {
		if (s[i] == '\r') {
			buffer_puts(
			    out, "\\r"); /* bare, it would be read as a line feed */
			continue;
		}
		if (s[i] == '(' || s[i] == ')' || s[i] == '\\')
			buffer_puts(out, "\\");
		buffer_append(out, &s[i], 1);
	}
	buffer_puts(out, ")");
}

void
put_text(struct buffer *out, const char *key, struct bytes utf8)
{
	struct buffer text = {0};
	text_encode(&text, utf8);
	put_string(out, key, (struct bytes){text.data, text.len});
	buffer_free(&text);
}

void
put_rect(struct buffer *out, const char *key, struct rect r)
{
	const double edges[] = {r.x, r.y, r.x + r.w, r.y + r.h};
	buffer_puts(out, key);
	for (int i = 0; i < 4; i++) {
		buffer_puts(out, i == 0 ? "[" : " ");
		put_length(out, edges[i]);
	}
	buffer_puts(out, "]");
}

/* Reads one character of UTF-8 and moves *S past it; U+FFFD for what is not UTF-8. */
static uint32_t
next_character(const char **s, const char *end)
{
	int32_t u;
	*s += utf8_decode(*s, (size_t)(end - *s), &u);
	return u < 0 ? 0xFFFD : (uint32_t)u;
}

static void
unit_append(struct buffer *out, uint32_t unit)
{
	const char bytes[] = {(char)(unit >> 8 & 0xFF), (char)(unit & 0xFF)};
	buffer_append(out, bytes, sizeof bytes);
}

static void
character_append(struct buffer *out, uint32_t u)
{
	if (u < 0x10000) {
		unit_append(out, u);
		return;
	}
	u -= 0x10000;
	unit_append(out, 0xD800 + (u >> 10));
	unit_append(out, 0xDC00 + (u & 0x3FF));
}

void
utf16_append(struct buffer *out, struct bytes utf8)
{
	const char *s = utf8.data, *end = s + utf8.len;
	while (s < end)
		character_append(out, next_character(&s, end));
}

/* The byte of U in PDFDocEncoding (ISO 32000-1, D.2); -1: it has none. */
static int
doc_encode(uint32_t u)
{
	static const uint16_t from_0x80[] = {0x2022, 0x2020, 0x2021, 0x2026, 0x2014,
	    0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212, 0x2030, 0x201E, 0x201C,
	    0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141, 0x0152,
	    0x0160, 0x0178, 0x017D, 0x0131, 0x0142, 0x0153, 0x0161, 0x017E};
	if ((u >= ' ' && u <= '~') || (u >= 0xA1 && u <= 0xFF && u != 0xAD))
		return (int)u;
	for (size_t i = 0; i < sizeof from_0x80 / sizeof from_0x80[0]; i++)
		if (from_0x80[i] == u)
			return 0x80 + (int)i;
	return u == 0x20AC ? 0xA0 : -1;
}

static bool
starts_with(const struct buffer *b, size_t from, const char *bytes)
{
	return b->len - from >= strlen(bytes) &&
	    memcmp(b->data + from, bytes, strlen(bytes)) == 0;
}

/* False: not all characters have a byte, or the bytes would be taken for those of another
 * encoding; OUT is left with some then. */
static bool
doc_append(struct buffer *out, struct bytes utf8)
{
	const char *s = utf8.data, *end = s + utf8.len;
	size_t start = out->len;
	while (s < end) {
		int byte = doc_encode(next_character(&s, end));
		if (byte < 0)
			return false;
		buffer_append(out, &(char){(char)byte}, 1);
	}
	return !starts_with(out, start, "\xFE\xFF") &&
	    !starts_with(out, start, "\xFF\xFE") &&
	    !starts_with(out, start, "\xEF\xBB\xBF");
}

bool
text_encode(struct buffer *out, struct bytes utf8)
{
	size_t start = out->len;
	if (doc_append(out, utf8))
		return true;
	out->len = start;
	unit_append(out, 0xFEFF);
	utf16_append(out, utf8);
	return false;
}
