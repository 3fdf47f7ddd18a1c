#include "write/text.h"

#include <string.h>

#include "base/utf8.h"

bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s < ' ' || *s > '~')
			return false;
	return true;
}

void
put_reference(struct buffer *out, const char *key, int number)
{
	buffer_printf(out, "%s %d 0 R", key, number);
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
put_text(struct buffer *out, const char *key, const char *utf8)
{
	if (is_ascii(utf8)) {
		put_string(out, key, (struct bytes){utf8, strlen(utf8)});
		return;
	}
	struct buffer text = {0};
	utf16_text(&text, (struct bytes){utf8, strlen(utf8)});
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
		buffer_number(out, edges[i]);
	}
	buffer_puts(out, "]");
}

uint32_t
utf8_next(const char **s, const char *end)
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

void
utf16_append(struct buffer *out, uint32_t u)
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
utf16_text(struct buffer *out, struct bytes utf8)
{
	const char *s = utf8.data, *end = s + utf8.len;
	utf16_append(out, 0xFEFF);
	while (s < end)
		utf16_append(out, utf8_next(&s, end));
}
