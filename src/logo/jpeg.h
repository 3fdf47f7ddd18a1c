/* jpeg.h - a JPEG file in memory turned into an image, and what its header says
 * (ISO/IEC 10918-1, annex B).
 *
 * The only file of the folder that knows libjpeg.
 */
#ifndef LOGO_JPEG_H
#define LOGO_JPEG_H

#include <stdbool.h>
#include <stddef.h>

#include "logo/codec.h"
#include "logo/image.h"
#include "logo/source.h"

/* Decodes FILE: gray, RGB, YCbCr, CMYK and YCCK, in sRGB.  It is copyable when a
 * PDF can hold it as it is.  False: it is damaged, or a JPEG that hardly any program
 * reads (arithmetic, lossless, 12 bits); reported.  Pair with image_free, also after
 * false. */
bool jpeg_decode(const struct logo_source *file, struct image *out);

/* What the frame header of a JPEG file says (B.2.2); all 0: there is none. */
struct jpeg_frame {
	int marker; /* which kind it is, from SOF0 on: 0xc0 (table B.1) */
	int bits;   /* of a component */
	size_t w, h;
	int components;
};

struct jpeg_frame jpeg_frame(const struct logo_source *file);

/* FILE, which is whole, without what is not needed to decode it: times, places, names,
 * thumbnails, profiles, remarks, and what comes after its end.  RGB says how its three
 * components are to be read; a marker of Adobe's then says so too. */
struct packed jpeg_strip(const struct logo_source *file, bool rgb);

#endif
