/* text.h - the text of PDF objects (ISO 32000-1, 7.3). */
#ifndef WRITE_TEXT_H
#define WRITE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/geometry.h"
#include "write/serialize.h"

/* Printable ASCII: the same bytes in PDFDocEncoding. */
bool is_ascii(const char *s);

/* An entry of a dictionary; KEY with its slash. */
void put_reference(struct buffer *out, const char *key, int number);
void put_string(struct buffer *out, const char *key, struct bytes string);
void put_text(
    struct buffer *out, const char *key, const char *utf8); /* a text string (7.9.2.2) */
void put_rect(struct buffer *out, const char *key, struct rect r);

/* Reads one character of UTF-8 and moves *S behind it; U+FFFD for what is none. */
uint32_t utf8_next(const char **s, const char *end);

/* Big-endian, without a BOM. */
void utf16_append(struct buffer *out, uint32_t u);

/* UTF-16BE behind a BOM, as text strings have it. */
void utf16_text(struct buffer *out, struct bytes utf8);

#endif
