/* text.h - the text of PDF objects (ISO 32000-1, 7.3). */
#ifndef PDF_TEXT_H
#define PDF_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/geometry.h"
#include "pdf/serialize.h"

/* A length in points: rounded to 1/100, which no printer shows. */
void put_length(struct buffer *out, double points);

/* "1 0 R" after BEFORE, which has the blank that a name needs. */
void put_reference(struct buffer *out, const char *before, int number);

/* An entry of a dictionary; KEY with its slash. */
void put_string(struct buffer *out, const char *key, struct bytes string);
void put_text(struct buffer *out, const char *key, struct bytes utf8);
void put_rect(struct buffer *out, const char *key, struct rect r);

/* UTF-16BE without a BOM. */
void utf16_append(struct buffer *out, struct bytes utf8);

/* The bytes of a text string (7.9.2.2): PDFDocEncoding where that has all characters,
 * which is half as long, else UTF-16BE after a BOM.  True: the former. */
bool text_encode(struct buffer *out, struct bytes utf8);

#endif
