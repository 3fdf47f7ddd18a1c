#include "logo/chunk.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum {
	SIGNATURE_LEN = 8,
	FRAME_LEN = 12,     /* of a chunk: length, type, check sum */
	STORED_MAX = 65535, /* bytes in a stored block (RFC 1951, 3.2.4) */
	UNPACKED_MAX = 8 * 1024 * 1024
};

struct chunk {
	const unsigned char *type, *data;
	size_t len;
};

static size_t
big_endian(const unsigned char *p)
{
	return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

static void
put_big_endian(unsigned char *p, size_t n)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)(n >> (24 - 8 * i));
}

/* The chunk at OFFSET, which moves past it.  False: it is not whole, or its check sum
 * is wrong. */
static bool
next_chunk(const struct logo_source *file, size_t *offset, struct chunk *out)
{
	const unsigned char *p = file->bytes + *offset;
	if (file->len - *offset < FRAME_LEN)
		return false;
	*out = (struct chunk){.type = p + 4, .data = p + 8, .len = big_endian(p)};
	if (out->len > file->len - *offset - FRAME_LEN ||
	    codec_crc(out->type, out->len + 4) != big_endian(out->data + out->len))
		return false;
	*offset += FRAME_LEN + out->len;
	return true;
}

static bool
is_type(const struct chunk *chunk, const char *type)
{
	return memcmp(chunk->type, type, 4) == 0;
}

struct packed
png_pixels(const struct logo_source *file)
{
	struct packed pixels = {.data = memory_alloc(file->len)};
	struct chunk chunk;
	size_t offset = SIGNATURE_LEN;
	bool ended = false, whole = false;
	while (!whole && next_chunk(file, &offset, &chunk)) {
		whole = is_type(&chunk, "IEND");
		if (!is_type(&chunk, "IDAT")) {
			ended = pixels.len > 0;
		} else if (ended) {
			break;
		} else {
			memcpy((char *)pixels.data + pixels.len, chunk.data, chunk.len);
			pixels.len += chunk.len;
		}
	}
	if (whole && pixels.len > 0) {
		pixels.data = memory_resize(pixels.data, pixels.len);
		return pixels;
	}
	free(pixels.data);
	return (struct packed){0};
}

const unsigned char *
png_find(const struct logo_source *file, const char *type, size_t len)
{
	struct chunk chunk;
	size_t offset = SIGNATURE_LEN;
	while (next_chunk(file, &offset, &chunk) && !is_type(&chunk, "IDAT"))
		if (is_type(&chunk, type) && chunk.len == len)
			return chunk.data;
	return NULL;
}

/* The bytes of all rows of a picture that is not interlaced, each with its filter type
 * (clause 7); 0 for others. */
static size_t
unpacked_len(const struct logo_source *file)
{
	static const unsigned char channels[7] = {1, 0, 3, 1, 2, 0, 4};
	const unsigned char *header = file->bytes + SIGNATURE_LEN + 8;
	if (big_endian(header - 8) != 13 || header[9] > 6 || header[12] != 0)
		return 0;
	uint64_t w = big_endian(header), h = big_endian(header + 4);
	return (size_t)(h * (1 + (w * header[8] * channels[header[9]] + 7) / 8));
}

/* Writes LEN bytes to OUT as a zlib stream without compression, that ends with the check
 * sum ADLER; returns what follows. */
static unsigned char *
put_stored(const unsigned char *bytes, size_t len, const void *adler, unsigned char *out)
{
	*out++ = 0x78; /* deflate, 32 KB window */
	*out++ = 0x01;
	while (len > 0) {
		size_t n = len < STORED_MAX ? len : STORED_MAX;
		*out++ = n == len; /* the last block */
		*out++ = (unsigned char)n;
		*out++ = (unsigned char)(n >> 8);
		*out++ = (unsigned char)~n;
		*out++ = (unsigned char)(~n >> 8);
		memcpy(out, bytes, n);
		out += n;
		bytes += n;
		len -= n;
	}
	memcpy(out, adler, 4);
	return out + 4;
}

/* Puts together the file of CODEC's other buffer from its plain one. */
static void
put_file(const struct logo_source *file, const struct packed *pixels, struct codec *codec)
{
	struct chunk chunk;
	size_t raw_len = codec->plain.len, offset = SIGNATURE_LEN;
	size_t stored_len = 2 + raw_len + 5 * (raw_len / STORED_MAX + 1) + 4;
	struct buffer *out = &codec->other;
	out->len = 0;
	buffer_append(out, file->bytes, SIGNATURE_LEN);
	for (bool done = false; next_chunk(file, &offset, &chunk);) {
		if (!is_type(&chunk, "IDAT")) {
			buffer_append(out, chunk.type - 4, FRAME_LEN + chunk.len);
		} else if (!done) {
			unsigned char *start =
			    (unsigned char *)buffer_reserve(out, FRAME_LEN + stored_len);
			unsigned char *end =
			    put_stored((unsigned char *)codec->plain.data, raw_len,
				(char *)pixels->data + pixels->len - 4, start + 8);
			put_big_endian(start, (size_t)(end - start) - 8);
			memcpy(start + 4, "IDAT", 4);
			memset(end, 0, 4); /* its check sum is not asked for */
			out->len += (size_t)(end - start) + 4;
			done = true;
		}
	}
}

bool
png_store(const struct logo_source *file, const struct packed *pixels,
    struct codec *codec, struct logo_source *out)
{
	size_t len = pixels->data != NULL ? unpacked_len(file) : 0;
	if (len == 0 || len > UNPACKED_MAX)
		return false;
	codec->plain.len = 0;
	if (!codec_unpack(codec, pixels, buffer_reserve(&codec->plain, len), len))
		return false;
	codec->plain.len = len;
	put_file(file, pixels, codec);
	*out = *file;
	out->bytes = (unsigned char *)codec->other.data;
	out->len = codec->other.len;
	out->checked = true;
	return true;
}
