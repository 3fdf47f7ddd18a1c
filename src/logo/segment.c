#include "logo/segment.h"

#include <string.h>

#include "base/arena.h"

/* The second byte of a marker (table B.1). */
enum {
	SOF_FIRST = 0xc0,
	SOF_LAST = 0xcf,
	DHT = 0xc4,
	JPG = 0xc8,
	DAC = 0xcc,
	RST_FIRST = 0xd0,
	RST_LAST = 0xd7,
	SOI = 0xd8,
	EOI = 0xd9,
	SOS = 0xda,
	APP_FIRST = 0xe0,
	APP_LAST = 0xef,
	COM = 0xfe,
	TEM = 0x01
};

/* A marker with its parameters, and after SOS the coded data. */
struct segment {
	int marker;
	const unsigned char *bytes; /* from the 0xff on */
	size_t len;
};

static bool
stands_alone(int marker)
{
	return (marker >= RST_FIRST && marker <= EOI) || marker == TEM;
}

/* The end of the coded data at OFFSET: the next marker that is not RST. */
static size_t
end_of_data(const struct logo_source *file, size_t offset)
{
	const unsigned char *p = file->bytes;
	for (; offset + 1 < file->len; offset++) {
		if (p[offset] != 0xff || p[offset + 1] == 0)
			continue;
		if (p[offset + 1] < RST_FIRST || p[offset + 1] > RST_LAST)
			return offset;
	}
	return file->len;
}

/* The segment at OFFSET or after it; OFFSET moves past it.  False: there is none. */
static bool
next_segment(const struct logo_source *file, size_t *offset, struct segment *out)
{
	const unsigned char *p = file->bytes;
	size_t at = *offset, len = file->len;
	while (at + 1 < len && (p[at] != 0xff || p[at + 1] == 0 || p[at + 1] == 0xff))
		at++; /* fill bytes, and rubbish that libjpeg steps over too */
	if (at + 1 >= len)
		return false;
	*out = (struct segment){.marker = p[at + 1], .bytes = p + at, .len = 2};
	if (!stands_alone(out->marker)) {
		if (at + 4 > len)
			return false;
		out->len += (size_t)p[at + 2] << 8 | p[at + 3];
		if (out->len < 4 || out->len > len - at)
			return false;
	}
	if (out->marker == SOS)
		out->len = end_of_data(file, at + out->len) - at;
	*offset = at + out->len;
	return true;
}

static bool
is_frame(const struct segment *s)
{
	return s->marker >= SOF_FIRST && s->marker <= SOF_LAST && s->marker != DHT &&
	    s->marker != JPG && s->marker != DAC && s->len >= 10;
}

struct jpeg_frame
jpeg_frame(const struct logo_source *file)
{
	struct segment s;
	size_t offset = 0;
	while (next_segment(file, &offset, &s) && s.marker != SOS)
		if (is_frame(&s))
			return (struct jpeg_frame){
			    .marker = s.marker,
			    .bits = s.bytes[4],
			    .w = (size_t)s.bytes[7] << 8 | s.bytes[8],
			    .h = (size_t)s.bytes[5] << 8 | s.bytes[6],
			    .components = s.bytes[9],
			};
	return (struct jpeg_frame){0};
}

struct packed
jpeg_strip(const struct logo_source *file, bool rgb)
{
	/* its last byte: 0: RGB, 1: YCbCr (Adobe Technical Note 5116, 18) */
	unsigned char adobe[] = "\xff\xee\0\x0e"
				"Adobe\0\x64\0\0\0\0\0";
	bool says = jpeg_frame(file).components == 3;
	unsigned char *out = memory_alloc(file->len + sizeof adobe);
	struct packed stripped = {.data = out};
	struct segment s = {0};
	for (size_t offset = 0; s.marker != EOI && next_segment(file, &offset, &s);) {
		if ((s.marker >= APP_FIRST && s.marker <= APP_LAST) || s.marker == COM)
			continue;
		memcpy(out + stripped.len, s.bytes, s.len);
		stripped.len += s.len;
		if (s.marker == SOI && says) {
			adobe[15] = !rgb;
			memcpy(out + stripped.len, adobe, 16);
			stripped.len += 16;
		}
	}
	return stripped;
}
