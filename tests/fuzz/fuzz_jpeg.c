/* Any bytes as a JPEG: loaded, whole or repacked, or refused with a message, never more.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "logo/jpeg.h"
#include "logo/load.h"

enum { PIXELS_MAX = 250000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	uint8_t *copy = malloc(len + 3);
	assert(copy != NULL);
	memcpy(copy, "\xff\xd8\xff", 3);
	if (len > 3)
		memcpy(copy + 3, data + 3, len - 3);
	len = len > 3 ? len : 3;
	struct diag d = {0};
	const struct logo_source file = {
	    .bytes = copy, .len = len, .card = {255, 255, 255}, .path = "fuzz", .d = &d};
	struct jpeg_frame frame = jpeg_frame(&file);
	if (frame.w * frame.h <= PIXELS_MAX) { /* large ones are not wrong, but slow */
		double box = len % 2 == 0 ? 150 : 1;
		const struct logo_options options = {
		    .box = {box, box / 2}, .max_ppi = 450};
		struct codec codec;
		struct logo logo = {0};
		codec_open(&codec);
		bool ok = logo_load(&options, &codec, &file, &logo);
		assert(ok == (d.nerrors == 0));
		assert(ok || d.nerrors == 1);
		assert(
		    !ok || (logo.raster.len > 0 && logo.size.w > 0 && logo.size.h > 0));
		logo_free(&logo);
		codec_close(&codec);
	}
	diag_free(&d);
	free(copy);
	return 0;
}
