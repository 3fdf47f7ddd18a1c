/* codec.h - zlib streams (RFC 1950), by libdeflate.
 *
 * The only file of the folder that knows libdeflate.
 */
#ifndef LOGO_CODEC_H
#define LOGO_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* What a thread needs for one logo after the other.  Pair codec_open with codec_close. */
struct codec {
	struct libdeflate_compressor *compressor;
	struct libdeflate_decompressor *decompressor;
	struct buffer plain, other; /* scratch, of whoever works */
	struct buffer packed;       /* scratch of codec_pack */
};

void codec_open(struct codec *codec);
void codec_close(struct codec *codec);

/* A zlib stream. */
struct packed {
	void *data; /* free() releases it */
	size_t len;
};

/* Packs LEN bytes.  The same bytes give the same stream. */
struct packed codec_pack(struct codec *codec, const void *bytes, size_t len);

/* Unpacks all of STREAM into OUT.  False: it is damaged, has something after it, or
 * holds another number of bytes than LEN. */
bool
codec_unpack(struct codec *codec, const struct packed *stream, void *out, size_t len);

/* The check sum of a PNG chunk (PNG, third edition, 5.5). */
unsigned long codec_crc(const void *bytes, size_t len);

#endif
