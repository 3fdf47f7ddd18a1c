/* color.h - the colours of a logo turned into sRGB.
 *
 * The only file of the folder that knows lcms2.
 */
#ifndef LOGO_COLOR_H
#define LOGO_COLOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a file says of its colours (PNG, third edition, 11.3.2). */
struct color_tags {
	bool srgb;           /* an sRGB chunk, or a profile known to be sRGB */
	const void *profile; /* iCCP; NULL: none */
	uint32_t profile_len;
	bool has_gamma, has_chromaticities;
	double gamma; /* gAMA: of encoding, 0.45455 for 1/2.2 */
	double xy[8]; /* cHRM: x and y of white, red, green and blue */
	const unsigned char
	    *cicp;       /* the four bytes of cICP, which go first; NULL: none */
	bool gray, cmyk; /* the pixels are that, not RGB */
};

enum color_verdict {
	COLOR_SRGB,        /* pixels are sRGB, or to be taken as sRGB */
	COLOR_CONVERT,     /* a conversion was made */
	COLOR_BAD_PROFILE, /* the profile is broken or for other pixels: taken as sRGB, or
			      as CMYK without one, by a conversion */
	COLOR_HDR,         /* cICP: brighter than paper can be (PQ, HLG): taken as sRGB */
	COLOR_ODD_GAMMA    /* a gAMA that is not 1/2.2 stands alone: ignored */
};

struct color_conversion; /* lcms2's objects; belongs to one thread */

/* Finds out how pixels tagged with TAGS become sRGB: by relative colorimetry with black
 * point compensation.  *OUT is set for COLOR_CONVERT and for all CMYK, else NULL.  CMYK
 * without a profile is taken for ink on coated paper as ISO 12647-2 has it (FOGRA39).
 * Pair with color_close. */
enum color_verdict
color_open(const struct color_tags *tags, struct color_conversion **out);
void color_close(struct color_conversion *conversion);

/* What levels of sRGB are as amounts of light (IEC 61966-2-1), 65535 being all of it, and
 * the level nearest to each amount. */
struct color_light {
	uint16_t of[256];
	unsigned char level[65536];
};

/* Made once, for all threads; belongs to the program. */
const struct color_light *color_light(void);

/* Converts N pixels in place, 16 bits a component: gray levels or RGB, or CMYK (65535:
 * all ink), which becomes RGB. */
void color_convert(struct color_conversion *conversion, uint16_t *pixels, size_t n);

#endif
