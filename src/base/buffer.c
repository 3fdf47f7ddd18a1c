#include "base/buffer.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *
buffer_reserve(struct buffer *b, size_t len)
{
	if (len > SIZE_MAX / 4 || b->len > SIZE_MAX / 4)
		memory_exhausted();
	if (b->cap - b->len < len) {
		size_t cap = b->cap > 0 ? b->cap * 2 : 256;
		if (cap < b->len + len)
			cap = b->len + len;
		b->data = memory_resize(b->data, cap);
		b->cap = cap;
	}
	return b->data + b->len;
}

struct bytes
bytes_of(const char *s)
{
	return (struct bytes){s, strlen(s)};
}

void
buffer_append(struct buffer *b, const void *data, size_t len)
{
	if (len == 0)
		return;
	memcpy(buffer_reserve(b, len), data, len);
	b->len += len;
}

void
buffer_puts(struct buffer *b, const char *s)
{
	buffer_append(b, s, strlen(s));
}

void
buffer_printf(struct buffer *b, const char *format, ...)
{
	enum { GUESS = 128 }; /* mostly enough, which saves formatting twice */
	va_list args;
	char *room = buffer_reserve(b, GUESS);
	va_start(args, format);
	int len = vsnprintf(room, GUESS, format, args);
	va_end(args);
	if (len < 0)
		memory_exhausted();
	if (len >= GUESS) {
		room = buffer_reserve(b, (size_t)len + 1);
		va_start(args, format);
		vsnprintf(room, (size_t)len + 1, format, args);
		va_end(args);
	}
	b->len += (size_t)len;
}

void
buffer_number(struct buffer *b, double value)
{
	/* from the end; many numbers are written, and printf() takes ten times as long */
	char text[40], *p = text + sizeof text;
	long long thousandths = llround(value * 1000), n = llabs(thousandths);
	int decimals = 3;
	for (; decimals > 0 && n % 10 == 0; decimals--)
		n /= 10;
	for (int i = 0; i <= decimals || n > 0; i++) {
		if (i > 0 && i == decimals)
			*--p = '.';
		*--p = (char)('0' + n % 10);
		n /= 10;
	}
	if (thousandths < 0)
		*--p = '-';
	buffer_append(b, p, (size_t)(text + sizeof text - p));
}

void
buffer_free(struct buffer *b)
{
	free(b->data);
	*b = (struct buffer){0};
}

char *
buffer_take(struct buffer *b, struct arena *a)
{
	char *s = arena_strndup(a, b->data, b->len);
	buffer_free(b);
	return s;
}
