/* Any bytes as a logo: loaded or refused with a message, never more.  Since hardly any
 * change leaves the check sums right, the bytes are tried with right ones too. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "logo/load.h"

enum { SIGNATURE_LEN = 8, FRAME_LEN = 12, PIXELS_MAX = 1000000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static size_t
big_endian(const uint8_t *p)
{
	return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

/* Large pictures are not wrong, but too slow for this. */
static bool
is_large(const uint8_t *data, size_t len)
{
	return len >= 24 &&
	    (unsigned long long)big_endian(data + 16) * big_endian(data + 20) >
	    PIXELS_MAX;
}

static void
try_load(const uint8_t *data, size_t len)
{
	/* small enough for most pictures to be resampled, or not, as the length has it */
	double box = len % 2 == 0 ? 150 : 1;
	const struct logo_options options = {.box = {box, box / 2}, .max_ppi = 450};
	struct diag d = {0};
	struct codec codec;
	struct logo logo = {0};
	codec_open(&codec);
	const struct logo_source file = {.bytes = data,
	    .len = len,
	    .card = {255, 255, (uint8_t)(len % 2 * 255)},
	    .path = "fuzz",
	    .d = &d};
	bool ok = logo_load(&options, &codec, &file, &logo);
	assert(ok == (d.nerrors == 0));
	assert(ok || d.nerrors >= 1);
	assert(!ok || (logo.kind == LOGO_FORM ? logo.form.len : logo.raster.len) > 0);
	assert(!ok || (logo.size.w > 0 && logo.size.h > 0));
	assert(!ok || (logo.frame.x <= 0 && logo.frame.y <= 0));
	assert(!ok || logo.frame.x + logo.frame.w >= logo.size.w - 1e-6);
	assert(!ok || logo.frame.y + logo.frame.h >= logo.size.h - 1e-6);
	logo_free(&logo);
	codec_close(&codec);
	diag_free(&d);
}

/* Writes the right check sum behind each whole chunk. */
static void
mend(uint8_t *data, size_t len)
{
	size_t offset = SIGNATURE_LEN;
	while (offset + FRAME_LEN <= len) {
		uint8_t *chunk = data + offset;
		size_t chunk_len = big_endian(chunk);
		if (chunk_len > len - offset - FRAME_LEN)
			return;
		unsigned long crc = codec_crc(chunk + 4, chunk_len + 4);
		for (int i = 0; i < 4; i++)
			chunk[8 + chunk_len + (size_t)i] = (uint8_t)(crc >> (24 - 8 * i));
		offset += FRAME_LEN + chunk_len;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	if (is_large(data, len))
		return 0;
	try_load(data, len);
	uint8_t *copy = malloc(len + 1);
	assert(copy != NULL);
	if (len > 0)
		memcpy(copy, data, len);
	mend(copy, len);
	try_load(copy, len);
	free(copy);
	return 0;
}
