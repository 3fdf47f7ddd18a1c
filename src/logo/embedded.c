#include "logo/embedded.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "logo/jpeg.h"
#include "logo/png.h"
#include "logo/sniff.h"

/* RFC 4648, with white space and percent signs (RFC 3986, 2.1) as URLs have them; data
 * NULL: S is something else. */
static struct bytes
base64_decode(struct arena *a, const char *s)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	unsigned char *out = arena_alloc(a, strlen(s) / 4 * 3 + 3);
	size_t len = 0;
	unsigned bits = 0;
	bool ended = false;
	for (int nbits = 0; *s != '\0'; s++) {
		char c = *s;
		if (c == '%' && isxdigit((unsigned char)s[1]) &&
		    isxdigit((unsigned char)s[2])) {
			c = (char)strtol((const char[]){s[1], s[2], '\0'}, NULL, 16);
			s += 2;
		}
		if (strchr(" \t\r\n", c) != NULL && c != '\0')
			continue;
		const char *digit = c != '\0' ? strchr(digits, c) : NULL;
		if (digit == NULL || (ended && *digit != '='))
			return (struct bytes){0};
		ended = *digit == '=';
		bits = bits << 6 | (unsigned)(digit - digits);
		nbits += 6;
		if (nbits >= 8 && !ended)
			out[len++] = (unsigned char)(bits >> (nbits -= 8));
	}
	return (struct bytes){out, len};
}

static struct embedded
judge_bytes(const struct logo_source *picture, enum logo_format format, size_t room)
{
	size_t len = sniff_pixels_len(picture);
	if (len > room)
		return (struct embedded){.is = EMBEDDED_LARGE};
	if (format != FORMAT_PNG && format != FORMAT_JPEG)
		return (struct embedded){.is = EMBEDDED_OTHER};
	struct image image;
	bool ok = format == FORMAT_PNG ? png_decode(picture, &image)
				       : jpeg_decode(picture, &image);
	image_free(&image);
	return ok ? (struct embedded){EMBEDDED_WHOLE, len}
		  : (struct embedded){.is = EMBEDDED_DAMAGED};
}

/* Writes a URL over START in TAG that names no type, so that librsvg looks for itself.
 * False: START is not there. */
static bool
drop_type(char *tag, const char *start)
{
	static const char bare[] = "data:;base64,";
	size_t len = strlen(start);
	char *p = strstr(tag, start);
	if (p == NULL || len < strlen(bare))
		return false;
	memset(p, ' ', len);
	memcpy(p + len - strlen(bare), bare, strlen(bare));
	return true;
}

struct embedded
embedded_judge(struct arena *a, const char *url, size_t room, char *tag)
{
	const char *data = strstr(url, ";base64,");
	if (data == NULL)
		return (struct embedded){.is = EMBEDDED_OTHER};
	data += strlen(";base64,");
	struct bytes bytes = base64_decode(a, data);
	if (bytes.data == NULL)
		return (struct embedded){.is = EMBEDDED_DAMAGED};
	struct diag quiet = {0};
	const struct logo_source picture = {
	    .bytes = bytes.data, .len = bytes.len, .path = "", .d = &quiet};
	enum logo_format format = sniff(&picture);
	struct embedded out = judge_bytes(&picture, format, room);
	diag_free(&quiet);
	const char *right = format == FORMAT_PNG ? "data:image/png;" : "data:image/jpeg;";
	if (out.is == EMBEDDED_WHOLE && strncasecmp(url, right, strlen(right)) != 0 &&
	    !drop_type(tag, arena_strndup(a, url, (size_t)(data - url))))
		out = (struct embedded){.is = EMBEDDED_OTHER};
	return out;
}
