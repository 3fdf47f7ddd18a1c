#include "logo/jpeg.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after stdio.h, which it lacks */
#include <jerror.h>
#include <jpeglib.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "logo/color.h"

/* --- the file as its segments ------------------------------------------------- */

/* Second bytes of markers (table B.1), besides those that libjpeg names. */
enum {
	SOF_FIRST = 0xc0,
	SOF_LAST = 0xcf,
	DHT = 0xc4,
	JPG = 0xc8,
	DAC = 0xcc,
	SOI = 0xd8,
	SOS = 0xda,
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
	return (marker >= JPEG_RST0 && marker <= JPEG_EOI) || marker == TEM;
}

/* The end of the coded data at OFFSET: the next marker that is not RST. */
static size_t
end_of_data(const struct logo_source *file, size_t offset)
{
	const unsigned char *p = file->bytes;
	for (; offset + 1 < file->len; offset++) {
		if (p[offset] != 0xff || p[offset + 1] == 0)
			continue;
		if (p[offset + 1] < JPEG_RST0 || p[offset + 1] > JPEG_RST0 + 7)
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
	for (size_t offset = 0;
	     s.marker != JPEG_EOI && next_segment(file, &offset, &s);) {
		if ((s.marker >= JPEG_APP0 && s.marker <= JPEG_APP0 + 15) ||
		    s.marker == JPEG_COM)
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

/* --- decoding ----------------------------------------------------------------- */

/* More passes over all pixels are made to cost time. */
enum { SCANS_MAX = 200, MARKER_MAX = 65535 };

struct decoder {
	const struct logo_source *file;
	struct image *image;
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	jmp_buf back;
	char error[JMSG_LENGTH_MAX];
	bool cut_off; /* the file ended too early */
	bool odd;     /* it is not quite as it should be */
	bool bad_profile;

	JOCTET *profile;
	struct color_conversion *conversion;
	unsigned char *row; /* one from the file */
	uint16_t *wide;     /* the same to be converted */
};

/* --- what libjpeg calls ------------------------------------------------------- */

static _Noreturn void
on_error(j_common_ptr jpeg)
{
	struct decoder *dec = jpeg->client_data;
	if (jpeg->err->msg_code == JERR_OUT_OF_MEMORY)
		memory_exhausted();
	jpeg->err->format_message(jpeg, dec->error);
	longjmp(dec->back, 1);
}

static void
on_message(j_common_ptr jpeg, int level)
{
	struct decoder *dec = jpeg->client_data;
	int code = jpeg->err->msg_code;
	if (level >= 0)
		return; /* a trace */
	dec->odd = true;
	dec->bad_profile |= code == JWRN_BOGUS_ICC;
	if (code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM ||
	    code == JWRN_BOGUS_ICC)
		return;
	dec->cut_off = code == JWRN_JPEG_EOF;
	on_error(jpeg);
}

static void
on_progress(j_common_ptr jpeg)
{
	struct decoder *dec = jpeg->client_data;
	if (dec->jpeg.input_scan_number <= SCANS_MAX)
		return;
	snprintf(dec->error, sizeof dec->error, "more than %d scans", SCANS_MAX);
	longjmp(dec->back, 1);
}

/* --- the header --------------------------------------------------------------- */

static void
read_orientation(struct decoder *dec)
{
	static const char name[] = "Exif\0";
	for (jpeg_saved_marker_ptr m = dec->jpeg.marker_list; m != NULL; m = m->next) {
		if (m->marker != JPEG_APP0 + 1 || m->data_length < sizeof name ||
		    memcmp(m->data, name, sizeof name) != 0)
			continue;
		dec->image->orientation =
		    orientation_read(m->data + sizeof name, m->data_length - sizeof name);
		return;
	}
}

static void
prepare_color(struct decoder *dec)
{
	const struct logo_source *file = dec->file;
	int n = dec->jpeg.num_components;
	unsigned len = 0;
	if (!jpeg_read_icc_profile(&dec->jpeg, &dec->profile, &len))
		len = 0;
	struct color_tags tags = {
	    .profile = len > 0 ? dec->profile : NULL,
	    .profile_len = len,
	    .gray = n == 1,
	    .cmyk = n == 4,
	};
	if (color_open(&tags, &dec->conversion) == COLOR_BAD_PROFILE || dec->bad_profile)
		diag_report(file->d, RULE_LOGO_PROFILE, file->at,
		    _("%s has a colour profile that is broken or not for these pixels, and "
		      "is read as sRGB; check its colours, or export it as sRGB"),
		    file->path);
}

/* Four components become three: by the conversion. */
static void
read_header(struct decoder *dec)
{
	struct jpeg_decompress_struct *jpeg = &dec->jpeg;
	jpeg_save_markers(jpeg, JPEG_APP0 + 1, MARKER_MAX);
	jpeg_save_markers(jpeg, JPEG_APP0 + 2, MARKER_MAX);
	jpeg_read_header(jpeg, TRUE);
	int n = jpeg->num_components;
	jpeg->out_color_space = n == 1 ? JCS_GRAYSCALE : n == 4 ? JCS_CMYK : JCS_RGB;
	int w = (int)jpeg->image_width;
	image_init(dec->image, w, (int)jpeg->image_height, n == 1 ? 1 : 3);
	dec->image->opaque = dec->image->noisy = true;
	read_orientation(dec);
	prepare_color(dec);
	if (dec->conversion == NULL)
		return;
	size_t len = (size_t)w * (size_t)n;
	dec->row = memory_alloc(len);
	dec->wide = memory_alloc(len * sizeof *dec->wide);
}

/* --- the pixels --------------------------------------------------------------- */

/* Converts the row just read into OUT. */
static void
convert_row(struct decoder *dec, unsigned char *out)
{
	size_t w = dec->jpeg.output_width, n = w * (size_t)dec->jpeg.num_components;
	/* Adobe's programs write how much light there is, not how much ink */
	unsigned flip =
	    dec->jpeg.num_components == 4 && dec->jpeg.saw_Adobe_marker ? 255 : 0;
	for (size_t i = 0; i < n; i++)
		dec->wide[i] = (uint16_t)((dec->row[i] ^ flip) * 257);
	color_convert(dec->conversion, dec->wide, w);
	n = w * (size_t)dec->image->channels;
	for (size_t i = 0; i < n; i++)
		out[i] = (unsigned char)((dec->wide[i] + 128U) / 257);
}

static void
read_pixels(struct decoder *dec)
{
	struct jpeg_decompress_struct *jpeg = &dec->jpeg;
	jpeg_start_decompress(jpeg);
	while (jpeg->output_scanline < jpeg->output_height) {
		unsigned char *out = image_row(dec->image, (int)jpeg->output_scanline);
		JSAMPROW row = dec->conversion != NULL ? dec->row : out;
		jpeg_read_scanlines(jpeg, &row, 1);
		if (dec->conversion != NULL)
			convert_row(dec, out);
	}
	jpeg_finish_decompress(jpeg);
	dec->image->bits = 8;
	dec->image->ycbcr = jpeg->jpeg_color_space == JCS_YCbCr;
	dec->image->copyable = dec->conversion == NULL && !dec->odd;
}

/* All that libjpeg may leave in the middle.  What changes is kept in DEC, since local
 * variables may lose their values. */
static bool
decode_guarded(struct decoder *dec)
{
	dec->jpeg.err = jpeg_std_error(&dec->errors);
	dec->errors.error_exit = on_error;
	dec->errors.emit_message = on_message;
	dec->jpeg.client_data = dec;
	if (setjmp(dec->back) != 0)
		return false;
	jpeg_create_decompress(&dec->jpeg);
	dec->progress.progress_monitor = on_progress;
	dec->jpeg.progress = &dec->progress;
	jpeg_mem_src(&dec->jpeg, dec->file->bytes, dec->file->len);
	read_header(dec);
	read_pixels(dec);
	return true;
}

bool
jpeg_decode(const struct logo_source *file, struct image *out)
{
	struct decoder dec = {.file = file, .image = out};
	*out = (struct image){0};
	bool ok = decode_guarded(&dec);
	jpeg_destroy_decompress(&dec.jpeg);
	color_close(dec.conversion);
	free(dec.profile);
	free(dec.row);
	free(dec.wide);
	if (!ok && dec.cut_off)
		source_cut_off(file);
	else if (!ok)
		diag_report(file->d, RULE_LOGO_DAMAGED, file->at,
		    _("%s is damaged (%s); export it again"), file->path, dec.error);
	return ok;
}
