#include "base/buffer.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

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
	va_list args;
	va_start(args, format);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		memory_exhausted();
	char *room = buffer_reserve(b, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(room, (size_t)len + 1, format, args);
	va_end(args);
	b->len += (size_t)len;
}

void
buffer_number(struct buffer *b, double value)
{
	long long thousandths = llround(value * 1000);
	unsigned long long n = thousandths < 0 ? 0 - (unsigned long long)thousandths
					       : (unsigned long long)thousandths;
	if (thousandths < 0)
		buffer_puts(b, "-");
	buffer_printf(b, "%llu", n / 1000);
	n %= 1000;
	if (n == 0)
		return;
	char decimals[5] = {'.', (char)('0' + n / 100), (char)('0' + n / 10 % 10),
	    (char)('0' + n % 10), '\0'};
	for (size_t i = 3; decimals[i] == '0'; i--)
		decimals[i] = '\0';
	buffer_puts(b, decimals);
}

void
buffer_free(struct buffer *b)
{
	free(b->data);
	*b = (struct buffer){0};
}
