#include "pdf/serialize.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Larger object streams are smaller in the file, and slower to read an object from. */
enum { PACK_MAX = 200, COMPRESSION_LEVEL = 7 };

static void
put(struct serializer *s, const void *data, size_t len)
{
	const HPDF_BYTE *p = data;
	output_write(s->out, data, len);
	for (size_t n; len > 0; p += n, len -= n) {
		n = len < (1u << 28) ? len : 1u << 28; /* libharu counts bits in 32 */
		HPDF_MD5Update(&s->digest, p, (HPDF_UINT32)n);
	}
}

static void
put_buffer(struct serializer *s, struct buffer *text)
{
	put(s, text->data, text->len);
	text->len = 0;
}

void
serializer_open(struct serializer *s, struct output *out, const char *version)
{
	*s = (struct serializer){.out = out, .nobjects = 1};
	s->compressor = libdeflate_alloc_compressor(COMPRESSION_LEVEL);
	if (s->compressor == NULL)
		memory_exhausted();
	HPDF_MD5Init(&s->digest);
	struct buffer head = {0};
	buffer_printf(&head, "%%PDF-%s\n%%\xE2\xE3\xCF\xD3\n", version);
	put_buffer(s, &head);
	buffer_free(&head);
}

int
serializer_reserve(struct serializer *s, int n)
{
	int first = s->nobjects;
	s->nobjects += n;
	if (s->nobjects > s->cap) {
		int cap = s->nobjects * 2;
		s->locations =
		    memory_resize(s->locations, (size_t)cap * sizeof *s->locations);
		memset(s->locations + s->cap, 0,
		    (size_t)(cap - s->cap) * sizeof *s->locations);
		s->cap = cap;
	}
	return first;
}

struct buffer *
object_begin(struct serializer *s, int number)
{
	if (s->npacked == 0)
		s->pack = serializer_reserve(s, 1);
	s->locations[number] = (struct location){(uint64_t)s->pack, s->npacked++};
	buffer_printf(&s->directory, "%d %zu ", number, s->objects.len);
	return &s->objects;
}

/* ISO 32000-1, 7.5.7 */
static void
pack_write(struct serializer *s)
{
	if (s->npacked == 0)
		return;
	struct buffer entries = {0};
	buffer_printf(&entries, "/Type/ObjStm/N %d/First %zu/Filter/FlateDecode",
	    s->npacked, s->directory.len);
	buffer_append(&s->directory, s->objects.data, s->objects.len);
	stream_write(s, s->pack, (struct bytes){entries.data, entries.len},
	    serializer_deflate(s, (struct bytes){s->directory.data, s->directory.len}));
	buffer_free(&entries);
	s->directory.len = s->objects.len = 0;
	s->npacked = 0;
}

void
object_end(struct serializer *s)
{
	buffer_puts(&s->objects, "\n");
	if (s->npacked == PACK_MAX)
		pack_write(s);
}

void
stream_write(struct serializer *s, int number, struct bytes entries, struct bytes data)
{
	s->locations[number] = (struct location){output_offset(s->out), -1};
	struct buffer head = {0};
	buffer_printf(&head, "%d 0 obj\n<<", number);
	buffer_append(&head, entries.data, entries.len);
	buffer_printf(&head, "/Length %zu>>\nstream\n", data.len);
	put_buffer(s, &head);
	put(s, data.data, data.len);
	buffer_puts(&head, "\nendstream\nendobj\n");
	put_buffer(s, &head);
	buffer_free(&head);
}

struct bytes
serializer_deflate(struct serializer *s, struct bytes data)
{
	size_t bound = libdeflate_zlib_compress_bound(s->compressor, data.len);
	s->deflated.len = 0;
	char *room = buffer_reserve(&s->deflated, bound);
	size_t len =
	    libdeflate_zlib_compress(s->compressor, data.data, data.len, room, bound);
	return (struct bytes){room, len};
}

static void
put_byte(struct buffer *out, unsigned byte)
{
	const char c = (char)(byte & 0xFF);
	buffer_append(out, &c, 1);
}

static void
put_field(struct buffer *row, uint64_t value, int width)
{
	for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
		put_byte(row, (unsigned)(value >> shift));
}

/* The rows of the cross-reference stream, each as its difference from the one above
 * (/Predictor 12): neighbours are alike.  WIDTH is of the second of the fields 1,
 * WIDTH, 2.
 */
static void
put_rows(const struct serializer *s, int width, struct buffer *out)
{
	struct buffer above = {0}, row = {0};
	put_field(&above, 0, width + 3);
	for (int i = 0; i < s->nobjects; i++) {
		struct location l = s->locations[i];
		row.len = 0;
		put_field(&row, i == 0 ? 0 : l.index < 0 ? 1 : 2, 1);
		put_field(&row, l.at, width);
		put_field(&row, i == 0 ? 65535 : l.index < 0 ? 0 : (uint64_t)l.index, 2);
		buffer_puts(out, "\2");
		for (size_t k = 0; k < row.len; k++)
			put_byte(out, (unsigned)(row.data[k] - above.data[k]));
		memcpy(above.data, row.data, row.len);
	}
	buffer_free(&above);
	buffer_free(&row);
}

static void
put_id(const struct serializer *s, struct buffer *out)
{
	HPDF_BYTE id[HPDF_MD5_KEY_LEN];
	struct HPDF_MD5Context digest = s->digest; /* which Final wipes */
	HPDF_MD5Final(id, &digest);
	buffer_puts(out, "/ID[");
	for (int twice = 0; twice < 2; twice++) {
		buffer_puts(out, "<");
		for (size_t i = 0; i < sizeof id; i++)
			buffer_printf(out, "%02X", id[i]);
		buffer_puts(out, ">");
	}
	buffer_puts(out, "]");
}

/* ISO 32000-1, 7.5.8 */
void
serializer_finish(struct serializer *s, struct trailer trailer)
{
	pack_write(s);
	int number = serializer_reserve(s, 1);
	uint64_t start = output_offset(s->out);
	s->locations[number] = (struct location){start, -1};
	int width = 1;
	while (start >> (8 * width) != 0)
		width++;
	struct buffer rows = {0}, entries = {0};
	put_rows(s, width, &rows);
	buffer_printf(&entries, "/Type/XRef/Size %d/W[1 %d 2]/Root %d 0 R", s->nobjects,
	    width, trailer.root);
	if (trailer.info != 0)
		buffer_printf(&entries, "/Info %d 0 R", trailer.info);
	put_id(s, &entries);
	buffer_printf(&entries,
	    "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>", width + 3);
	stream_write(s, number, (struct bytes){entries.data, entries.len},
	    serializer_deflate(s, (struct bytes){rows.data, rows.len}));
	entries.len = 0;
	buffer_printf(&entries, "startxref\n%llu\n%%%%EOF\n", (unsigned long long)start);
	put_buffer(s, &entries);
	buffer_free(&entries);
	buffer_free(&rows);
}

void
serializer_free(struct serializer *s)
{
	libdeflate_free_compressor(s->compressor);
	free(s->locations);
	buffer_free(&s->directory);
	buffer_free(&s->objects);
	buffer_free(&s->deflated);
	*s = (struct serializer){0};
}
