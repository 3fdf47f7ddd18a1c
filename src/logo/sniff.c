#include "logo/sniff.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"

enum { PIXELS_MAX = 100000000, SIDE_MAX = 1000000, TEXT_MAX = 8192 };

struct magic {
	size_t offset, len;
	const char *bytes;
	const char *message;
};

#define MAGIC(offset, bytes, message)                                                    \
	{                                                                                \
		offset, sizeof(bytes) - 1, bytes, message                                \
	}

/* The path is the one conversion in each message. */
static const struct magic magics[] = {
    MAGIC(0, "\x89PNG\n",
	N_("%s was damaged on its way: its line ends were converted; "
	   "copy it again, as a binary file")),
    MAGIC(0, "\x89PNG\r\r\n",
	N_("%s was damaged on its way: its line ends were "
	   "converted; copy it again, as a binary file")),
    MAGIC(0, "\tPNG\r\n",
	N_("%s was damaged on its way: it was sent as text; "
	   "copy it again, as a binary file")),
    MAGIC(0, "\xff\xd8\xff", N_("%s is a JPEG; save it as PNG")),
    MAGIC(0, "GIF8", N_("%s is a GIF; save it as PNG")),
    MAGIC(8, "WEBP", N_("%s is a WebP; save it as PNG")),
    MAGIC(4, "ftypavi", N_("%s is an AVIF; save it as PNG")),
    MAGIC(4, "ftyphei", N_("%s is a HEIC photo; save it as PNG")),
    MAGIC(4, "ftypmif1", N_("%s is a HEIF photo; save it as PNG")),
    MAGIC(4, "JXL \r\n", N_("%s is a JPEG XL; save it as PNG")),
    MAGIC(0, "\xff\x0a", N_("%s is a JPEG XL; save it as PNG")),
    MAGIC(4, "jP  \r\n", N_("%s is a JPEG 2000; save it as PNG")),
    MAGIC(0, "II*\0", N_("%s is a TIFF; save it as PNG")),
    MAGIC(0, "MM\0*", N_("%s is a TIFF; save it as PNG")),
    MAGIC(0, "BM", N_("%s is a BMP; save it as PNG")),
    MAGIC(0, "\0\0\1\0", N_("%s is an icon (ICO); save it as PNG")),
    MAGIC(0, "8BPS", N_("%s is a Photoshop file; export it as PNG")),
    MAGIC(0, "%PDF-", N_("%s is a PDF; export its picture as PNG")),
    MAGIC(0, "%!PS", N_("%s is PostScript (EPS); export it as PNG")),
    MAGIC(0, "\xc5\xd0\xd3\xc6", N_("%s is an EPS; export it as PNG")),
    MAGIC(0, "\x8aMNG", N_("%s is an MNG animation; save it as PNG")),
    MAGIC(0, "\x8bJNG", N_("%s is a JNG; save it as PNG")),
    MAGIC(0, "PK\3\4", N_("%s is a ZIP archive; unpack it, and take the PNG in it")),
    MAGIC(0, "\x1f\x8b", N_("%s is packed with gzip; unpack it, and take the PNG in it")),
    MAGIC(0, "version https://git-lfs",
	N_("%s is only a pointer to the picture (Git LFS); "
	   "run: git lfs pull")),
};

static bool
begins(const struct png_file *file, const struct magic *magic)
{
	return file->len >= magic->offset + magic->len &&
	    memcmp(file->bytes + magic->offset, magic->bytes, magic->len) == 0;
}

/* Whether WORD stands in the first bytes of FILE, in any case. */
static bool
mentions(const struct png_file *file, const char *word)
{
	size_t len = strlen(word), end = file->len < TEXT_MAX ? file->len : TEXT_MAX;
	for (size_t i = 0; i + len <= end; i++)
		if (strncasecmp((const char *)file->bytes + i, word, len) == 0)
			return true;
	return false;
}

static const char *
sniff_text(const struct png_file *file)
{
	size_t i = file->len >= 3 && memcmp(file->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	while (i < file->len && i < TEXT_MAX &&
	    strchr(" \t\r\n", file->bytes[i]) != NULL && file->bytes[i] != '\0')
		i++;
	if (i < file->len && file->bytes[i] == '<') {
		if (mentions(file, "<svg") || mentions(file, "<!doctype svg"))
			return _("%s is an SVG drawing; export it as PNG");
		if (mentions(file, "<html") || mentions(file, "<!doctype html") ||
		    mentions(file, "<head") || mentions(file, "<body"))
			return _(
			    "%s is a web page (HTML), perhaps an error page saved in "
			    "place of the picture; download the picture again");
		return _("%s is XML; save the logo as PNG");
	}
	return _("%s is no PNG picture; save the logo as PNG");
}

static void
report_other(const struct png_file *file)
{
	const char *message = NULL;
	for (size_t i = 0; message == NULL && i < sizeof magics / sizeof *magics; i++)
		if (begins(file, &magics[i]))
			message = _(magics[i].message);
	if (message == NULL)
		message = sniff_text(file);
	diag_error(file->d, file->at, message, file->path);
}

static uint32_t
big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool
check_size(const struct png_file *file, uint32_t w, uint32_t h)
{
	if (w == 0 || h == 0) {
		diag_error(file->d, file->at,
		    _("%s has no pixels: it says that it is %" PRIu32 " x %" PRIu32
		      "; export it as PNG again"),
		    file->path, w, h);
		return false;
	}
	if (w > SIDE_MAX || h > SIDE_MAX || (uint64_t)w * h > PIXELS_MAX) {
		diag_error(file->d, file->at,
		    _("%s is too large: %" PRIu32 " x %" PRIu32
		      " pixels; a logo may have "
		      "100 million, save it smaller"),
		    file->path, w, h);
		return false;
	}
	return true;
}

bool
sniff_png(const struct png_file *file)
{
	static const struct magic png = MAGIC(0, "\x89PNG\r\n\x1a\n", NULL);
	static const struct magic cgbi = MAGIC(12, "CgBI", NULL);
	static const struct magic ihdr = MAGIC(12, "IHDR", NULL);
	if (file->len > 0 && file->len < png.len &&
	    memcmp(file->bytes, png.bytes, file->len) == 0) {
		diag_error(file->d, file->at,
		    _("%s is cut off after %zu bytes; copy or export it again"),
		    file->path, file->len);
		return false;
	}
	if (!begins(file, &png)) {
		report_other(file);
		return false;
	}
	if (begins(file, &cgbi)) {
		diag_error(file->d, file->at,
		    _("%s is a PNG for Apple devices only (CgBI), as found in an iPhone app; "
		      "take the original picture"),
		    file->path);
		return false;
	}
	if (!begins(file, &ihdr) || file->len < 24)
		return true; /* the decoder says what is wrong */
	return check_size(
	    file, big_endian(file->bytes + 16), big_endian(file->bytes + 20));
}
