/* chunk.h - a PNG file as its chunks (PNG, third edition, 5.3), for what libpng does not
 * do.
 */
#ifndef LOGO_CHUNK_H
#define LOGO_CHUNK_H

#include <stdbool.h>
#include <stddef.h>

#include "logo/codec.h"
#include "logo/source.h"

/* The compressed pixels of FILE: what its IDAT chunks hold, one after the other.  data is
 * NULL unless FILE is flawless as a row of chunks: whole up to IEND, all check sums
 * right, and all IDAT together. */
struct packed png_pixels(const struct logo_source *file);

/* The LEN bytes of the chunk TYPE of FILE that stands before the pixels; NULL: there is
 * none, or FILE is damaged before it. */
const unsigned char *
png_find(const struct logo_source *file, const char *type, size_t len);

/* Makes OUT the same picture as FILE, whose compressed PIXELS are known, with its pixels
 * stored instead of compressed: libdeflate unpacks them several times as fast as the zlib
 * inside libpng does.  Its bytes are borrowed from CODEC.  False: that cannot be had, as
 * the picture is interlaced, large or damaged; libpng has to read FILE itself. */
bool png_store(const struct logo_source *file, const struct packed *pixels,
    struct codec *codec, struct logo_source *out);

#endif
