/* serialize.h - the bytes of a PDF file: objects packed into object streams, streams, and
 * the cross-reference stream that ends it.
 *
 * Everything goes to the output as it comes; only the object stream being filled and the
 * places of the objects are kept.
 */
#ifndef PDF_SERIALIZE_H
#define PDF_SERIALIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <hpdf.h>
#include <hpdf_encrypt.h>
#include <libdeflate.h>

#include "base/buffer.h"
#include "base/output.h"

/* Where an object is: at an offset, or as one of an object stream. */
struct location {
	uint64_t at; /* the offset, or the number of the object stream */
	int index;   /* in its object stream, from 0; -1: at an offset */
};

struct serializer {
	struct output *out;
	struct HPDF_MD5Context digest; /* of all that was written: /ID */
	struct libdeflate_compressor *compressor;
	struct location *locations; /* by object number; 0 is not in use */
	int nobjects, cap;
	struct buffer directory, objects; /* the object stream being filled */
	int npacked;
	int pack; /* its object number */
	struct buffer deflated;
};

/* What the trailer says; object numbers, 0: absent (ISO 32000-1, 7.5.5). */
struct trailer {
	int root, info;
};

/* Begins a file of VERSION ("1.7").  Pair with serializer_free. */
void serializer_open(struct serializer *s, struct output *out, const char *version);

/* Takes N object numbers in a row; the first of them. */
int serializer_reserve(struct serializer *s, int n);

/* Where the value of object NUMBER is to be appended; object_end before the next one. */
struct buffer *object_begin(struct serializer *s, int number);
void object_end(struct serializer *s);

/* A stream with bytes that are encoded already.  ENTRIES is the text of its dictionary,
 * "/Filter" included, without "/Length" and brackets. */
void
stream_write(struct serializer *s, int number, struct bytes entries, struct bytes data);

/* DATA as a zlib stream (/FlateDecode); borrowed until the next call. */
struct bytes serializer_deflate(struct serializer *s, struct bytes data);

/* Ends the file with cross-references and trailer. */
void serializer_finish(struct serializer *s, struct trailer trailer);

void serializer_free(struct serializer *s);

#endif
