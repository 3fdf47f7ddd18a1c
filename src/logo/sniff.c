#include "logo/sniff.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "logo/jpeg.h"

enum { PIXELS_MAX = 100000000, SIDE_MAX = 1000000, TEXT_MAX = 8192 };

/* A file that is something else: what it begins with, what that is called, and what to
 * say of it where it is not a picture of another format. */
struct magic {
	size_t offset, len;
	const char *bytes, *kind, *message;
};

#define MAGIC(offset, bytes, kind, message)                                              \
	{                                                                                \
		offset, sizeof(bytes) - 1, bytes, kind, message                          \
	}

/* The path and the kind are the conversions in each message, then for commands the path
 * twice, without its ending the second time. */
#define OTHER_FORMAT                                                                      \
	N_("%s is %s, not PNG, JPEG or SVG; open it in a picture program and save it as " \
	   "PNG: renaming the file does not convert it")
#define ARCHIVE N_("%s is a %s archive; unpack it and use the picture in it")

#define SQUEEZED                                                                         \
	N_("%s is compressed (%s); if it is an SVG, unpack it: gunzip -c \"%s\" "        \
	   ">\"%.*s.svg\"")
#define PAGES                                                                            \
	N_("%s is %s; name an SVG or PNG here instead: ask its owner for one, or make "  \
	   "an SVG: pdftocairo -svg -l 1 \"%s\" \"%.*s.svg\"")
#define POSTSCRIPT                                                                       \
	N_("%s is %s; name an SVG or PNG here instead: ask its owner for one, or make "  \
	   "an SVG: gs -q -o - -sDEVICE=pdfwrite -dEPSCrop \"%s\" "                      \
	   "| pdftocairo -svg -l 1 - \"%.*s.svg\"")

static const struct magic magics[] = {
    MAGIC(0, "GIF8", "GIF", OTHER_FORMAT),
    MAGIC(8, "WEBP", "WebP", OTHER_FORMAT),
    MAGIC(4, "ftypavi", "AVIF", OTHER_FORMAT),
    MAGIC(4, "ftyphei", "HEIC", OTHER_FORMAT),
    MAGIC(4, "ftypmif1", "HEIF", OTHER_FORMAT),
    MAGIC(4, "JXL \r\n", "JPEG XL", OTHER_FORMAT),
    MAGIC(0, "\xff\x0a", "JPEG XL", OTHER_FORMAT),
    MAGIC(4, "jP  \r\n", "JPEG 2000", OTHER_FORMAT),
    MAGIC(0, "II*\0", "TIFF", OTHER_FORMAT),
    MAGIC(0, "MM\0*", "TIFF", OTHER_FORMAT),
    MAGIC(0, "BM", "BMP", OTHER_FORMAT),
    MAGIC(0, "\0\0\1\0", "ICO", OTHER_FORMAT),
    MAGIC(0, "8BPS", "PSD (Photoshop)", OTHER_FORMAT),
    MAGIC(0, "%PDF-", "PDF", PAGES),
    MAGIC(0, "%!PS", "EPS", POSTSCRIPT),
    MAGIC(0, "\xc5\xd0\xd3\xc6", "EPS", POSTSCRIPT),
    MAGIC(0, "\x8aMNG", "MNG", OTHER_FORMAT),
    MAGIC(0, "\x8bJNG", "JNG", OTHER_FORMAT),
    MAGIC(0, "PK\3\4", "ZIP", ARCHIVE),
    MAGIC(0, "\x1f\x8b", "gzip", SQUEEZED),
    MAGIC(0, "version https://git-lfs", "Git LFS",
	N_("%s is only a pointer to the picture (%s); run: git lfs pull")),
};

#define PNG  "\x89PNG\r\n\x1a\n"
#define JPEG "\xff\xd8\xff"

/* Whether LEN BYTES stand in FILE from OFFSET on. */
static bool
has_bytes(const struct logo_source *file, size_t offset, const char *bytes, size_t len)
{
	return file->len >= offset + len && memcmp(file->bytes + offset, bytes, len) == 0;
}

#define HAS(file, offset, bytes) has_bytes(file, offset, bytes, sizeof(bytes) - 1)

/* Whether WORD, which begins with a sign, stands in the first bytes of FILE, in any case.
 */
static bool
mentions(const struct logo_source *file, const char *word)
{
	size_t len = strlen(word), end = file->len < TEXT_MAX ? file->len : TEXT_MAX;
	const char *p = (const char *)file->bytes, *last = p + end;
	for (; (p = memchr(p, word[0], (size_t)(last - p))) != NULL; p++)
		if ((size_t)(last - p) >= len && strncasecmp(p, word, len) == 0)
			return true;
	return false;
}

/* Whether FILE is text that begins with "<". */
static bool
is_markup(const struct logo_source *file)
{
	size_t i = HAS(file, 0, "\xef\xbb\xbf") ? 3 : 0;
	while (i < file->len && i < TEXT_MAX &&
	    strchr(" \t\r\n", file->bytes[i]) != NULL && file->bytes[i] != '\0')
		i++;
	return i < file->len && file->bytes[i] == '<';
}

static struct magic
sniff_text(const struct logo_source *file)
{
	struct magic found = {
	    .message = N_("%s is not a picture; export the logo as PNG")};
	if (!is_markup(file))
		return found;
	found = (struct magic){.kind = "XML", .message = OTHER_FORMAT};
	if (mentions(file, "<html") || mentions(file, "<!doctype html") ||
	    mentions(file, "<head") || mentions(file, "<body"))
		found.message = N_("%s is a web page, perhaps saved in place of the "
				   "picture; download the picture again");
	return found;
}

/* Whether FILE is XML that speaks of SVG near its start. */
static bool
is_svg(const struct logo_source *file)
{
	if (HAS(file, 0, "\xff\xfe<\0") || HAS(file, 0, "\xfe\xff\0<"))
		return true; /* UTF-16 */
	return is_markup(file) &&
	    (mentions(file, "<svg") || mentions(file, ":svg") ||
		mentions(file, "<!doctype svg")) &&
	    !mentions(file, "<html") && !mentions(file, "<!doctype html");
}

static void
report_other(const struct logo_source *file)
{
	/* with other line ends (PNG, third edition, 5.2) */
	if (HAS(file, 0, "\x89PNG\n") || HAS(file, 0, "\x89PNG\r\r\n") ||
	    HAS(file, 0, "\tPNG\r\n")) {
		diag_report(file->d, RULE_LOGO_DAMAGED, file->at,
		    _("%s was damaged when it was sent or copied as text; copy it "
		      "again, as a binary file"),
		    file->path);
		return;
	}
	struct magic found = {0};
	for (size_t i = 0; found.len == 0 && i < sizeof magics / sizeof *magics; i++)
		if (has_bytes(file, magics[i].offset, magics[i].bytes, magics[i].len))
			found = magics[i];
	if (found.len == 0)
		found = sniff_text(file);
	const char *dot = strrchr(file->path, '.');
	int stem = (int)(dot != NULL ? dot - file->path : (ptrdiff_t)strlen(file->path));
	diag_report(file->d, RULE_LOGO_FORMAT, file->at, _(found.message), file->path,
	    found.kind, file->path, stem, file->path);
}

static uint32_t
big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool
check_size(const struct logo_source *file, uint32_t w, uint32_t h)
{
	if (w == 0 || h == 0) {
		diag_report(file->d, RULE_LOGO_DAMAGED, file->at,
		    _("%s says that it has %" PRIu32 " x %" PRIu32
		      " pixels; export it again"),
		    file->path, w, h);
		return false;
	}
	if (w > SIDE_MAX || h > SIDE_MAX || (uint64_t)w * h > PIXELS_MAX) {
		diag_report(file->d, RULE_LOGO_SIZE, file->at,
		    _("%s has %" PRIu32 " x %" PRIu32
		      " pixels; save the logo with at most 100 million"),
		    file->path, w, h);
		return false;
	}
	return true;
}

/* Bytes for pixels and, where they come in several passes, for what they are made of. */
static size_t
jpeg_pixels_len(const struct jpeg_frame *frame)
{
	size_t n = frame->w * frame->h;
	return n * (frame->components == 1 ? 1 : 3) +
	    (frame->marker == 0xc2 ? 2 * n * (size_t)frame->components : 0);
}

size_t
sniff_pixels_len(const struct logo_source *file)
{
	struct jpeg_frame frame = {0};
	if (HAS(file, 0, JPEG))
		frame = jpeg_frame(file);
	if (frame.marker != 0)
		return jpeg_pixels_len(&frame);
	if (file->len < 26 || !HAS(file, 0, PNG))
		return 0;
	uint64_t n =
	    (uint64_t)big_endian(file->bytes + 16) * big_endian(file->bytes + 20);
	bool is_rgb = (file->bytes[25] & 3) == 2; /* colour without a palette (11.2.1) */
	/* as it is, and on a contrary card where much of it is hidden */
	return (size_t)(n < PIXELS_MAX ? n : PIXELS_MAX) * (is_rgb ? 3 : 1) * 2;
}

/* Tells what is wrong with a PNG, as far as its first chunk shows. */
static bool
check_png(const struct logo_source *file)
{
	if (HAS(file, 12, "CgBI")) {
		diag_report(file->d, RULE_LOGO_FORMAT, file->at,
		    _("%s is a PNG for Apple devices only (CgBI), as found in an iPhone app; "
		      "use the original picture"),
		    file->path);
		return false;
	}
	if (!HAS(file, 12, "IHDR") || file->len < 24)
		return true; /* the decoder says what is wrong */
	return check_size(
	    file, big_endian(file->bytes + 16), big_endian(file->bytes + 20));
}

/* Tells what is wrong with a JPEG, as far as its header shows: it is of a kind that
 * readers of PDF do not know (ISO 32000-1, 7.4.8), or too large. */
static bool
check_jpeg(const struct logo_source *file)
{
	static const char *const kinds[] = {NULL, NULL, NULL, N_("lossless"), NULL,
	    N_("hierarchical"), N_("hierarchical"), N_("lossless")};
	struct jpeg_frame frame = jpeg_frame(file);
	if (frame.marker == 0)
		return true; /* the decoder says what is wrong */
	const char *kind = kinds[frame.marker & 7];
	if (frame.marker > 0xc8)
		kind = N_("arithmetic coding");
	else if (frame.bits != 8 && kind == NULL)
		kind = N_("not 8 bits");
	if (kind == NULL)
		return check_size(file, (uint32_t)frame.w, (uint32_t)frame.h);
	diag_report(file->d, RULE_LOGO_FORMAT, file->at,
	    _("%s is a JPEG of a rare kind (%s) that few programs read; open it in a picture "
	      "program and save it as an ordinary JPEG or as PNG"),
	    file->path, _(kind));
	return false;
}

enum logo_format
sniff(const struct logo_source *file)
{
	if (HAS(file, 0, PNG))
		return check_png(file) ? FORMAT_PNG : FORMAT_OTHER;
	if (HAS(file, 0, JPEG))
		return check_jpeg(file) ? FORMAT_JPEG : FORMAT_OTHER;
	if (is_svg(file))
		return FORMAT_SVG;
	if (file->len > 0 && file->len < sizeof PNG - 1 &&
	    memcmp(file->bytes, PNG, file->len) == 0)
		source_cut_off(file);
	else
		report_other(file);
	return FORMAT_OTHER;
}
