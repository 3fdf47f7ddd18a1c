/* buffer.h - bytes that grow.
 *
 * The owner frees it.  Out of memory ends the program, as in arena.h.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stddef.h>

#include "base/arena.h"

/* Bytes of somebody else. */
struct bytes {
	const void *data;
	size_t len;
};

/* A string's, without the NUL. */
struct bytes bytes_of(const char *s);

/* All zero is an empty buffer. */
struct buffer {
	char *data; /* no NUL after it */
	size_t len, cap;
};

void buffer_append(struct buffer *b, const void *data, size_t len);
void buffer_puts(struct buffer *b, const char *s);

/* As printf.  Numbers with a fraction go through buffer_number. */
void buffer_printf(struct buffer *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* VALUE with at most 3 decimals, the fewest that are needed, and a decimal point in every
 * locale: a PDF real (ISO 32000-1, 7.3.3). */
void buffer_number(struct buffer *b, double value);

/* Room for LEN more bytes; their address, to be counted in by raising b->len. */
char *buffer_reserve(struct buffer *b, size_t len);

void buffer_free(struct buffer *b);

/* What B holds, with a NUL after it, as a string of A; B is empty again. */
char *buffer_take(struct buffer *b, struct arena *a);

#endif
