#include "logo/png.h"

#include <png.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "logo/chunk.h"
#include "logo/color.h"

enum {
	SIDE_MAX = 1000000,
	CHUNK_MAX = 8 * 1024 * 1024, /* unpacked; the largest profiles have some 4 MB */
	CHUNKS_MAX = 1000,
	EXCESS_MAX = 16 * 1024, /* bytes read for a row, besides as many as it has */
	NEARLY_OPAQUE = 240,
	PALE = 40 /* levels by which a colour is hard to tell from the card */
};

/* --- rows made opaque --------------------------------------------------------- */

/* Blending is done with encoded sRGB values, as viewers do.  A result is the exact value
 * rounded, also from 16 bits. */

/* How rows look: gray levels or RGB, perhaps with alpha after them (PNG, third edition,
 * 11.2.1).  Samples of up to 8 bits take a byte each, larger ones two, high byte first.
 */
struct flattener {
	int channels; /* 1: gray, 3: RGB; alpha not counted */
	int made; /* channels of what is made: not gray where the card shows through */
	unsigned char card[3]; /* of that colour */
	int depth;             /* bits a sample: 1, 2, 4, 8 or 16 */
	bool has_alpha;
	bool has_key; /* pixels of the colour KEY are transparent (tRNS) */
	uint16_t key[3];
	struct color_conversion *conversion; /* borrowed; NULL: the pixels are sRGB */
	uint16_t *wide, *alpha;        /* scratch of a row, set up by flattener_open */
	bool seen_transparency;        /* a pixel was not quite opaque */
	unsigned char low[3], high[3]; /* levels that are hard to tell from the card */
	long hidden;                   /* opaque pixels of such a colour */
};

/* Makes F, whose fields describe the rows, ready for rows of up to W pixels on CARD. */
static void
flattener_open(struct flattener *f, size_t w, struct color card)
{
	memcpy(f->card, (const unsigned char[]){card.r, card.g, card.b}, 3);
	for (int c = 0; c < 3; c++) {
		f->low[c] = f->card[c] > PALE ? (unsigned char)(f->card[c] - PALE) : 0;
		f->high[c] =
		    f->card[c] < 255 - PALE ? (unsigned char)(f->card[c] + PALE) : 255;
	}
	f->wide = memory_alloc(w * (size_t)f->channels * sizeof *f->wide);
	f->alpha = memory_alloc(w * sizeof *f->alpha);
}

static void
flattener_close(struct flattener *f)
{
	free(f->wide);
	free(f->alpha);
	f->wide = f->alpha = NULL;
}

/* A value of 8 bits over another. */
static unsigned char
over(unsigned value, unsigned alpha, unsigned card)
{
	return (unsigned char)((value * alpha + card * (255 - alpha) + 127) / 255);
}

/* N pixels of the card. */
static void
put_card(const struct flattener *f, unsigned char *out, size_t n)
{
	const unsigned char *card = f->card;
	if (card[0] == card[1] && card[1] == card[2]) {
		memset(out, card[0], 3 * n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		memcpy(out + 3 * i, card, 3);
}

/* Whether N components at P, one a channel, are hard to tell from the card. */
static bool
is_hidden(const struct flattener *f, const unsigned char *p, size_t n)
{
	bool hidden = p[0] >= f->low[0] && p[0] <= f->high[0];
	for (size_t c = 1; c < n; c++)
		hidden &= p[c] >= f->low[c] && p[c] <= f->high[c];
	return hidden;
}

/* How many of the N pixels of RGBA at ROW are wholly transparent, up to the first that is
 * not; counted by fours. */
static size_t
count_clear(const unsigned char *row, size_t n)
{
	static const unsigned char alphas[8] = {0, 0, 0, 255, 0, 0, 0, 255};
	uint64_t mask, two[2];
	size_t i = 0;
	memcpy(&mask, alphas, sizeof mask);
	for (; n - i >= 4; i += 4) {
		memcpy(two, row + 4 * i, sizeof two);
		if (((two[0] | two[1]) & mask) != 0)
			break;
	}
	return i;
}

/* RGBA of 8 bits, which most logos are. */
static void
flatten_rgba(struct flattener *f, const unsigned char *row, size_t n, unsigned char *out)
{
	for (size_t i = 0; i < n; i++) {
		const unsigned char *p = row + 4 * i;
		unsigned alpha = p[3];
		f->seen_transparency |= alpha != 255;
		if (alpha == 255) {
			memcpy(out + 3 * i, p, 3);
			f->hidden += is_hidden(f, p, 3);
		} else if (alpha == 0) {
			size_t clear = count_clear(p, n - i);
			clear = clear > 0 ? clear : 1;
			put_card(f, out + 3 * i, clear);
			i += clear - 1;
		} else {
			for (size_t c = 0; c < 3; c++)
				out[3 * i + c] = over(p[c], alpha, f->card[c]);
			f->hidden += alpha >= NEARLY_OPAQUE && is_hidden(f, p, 3);
		}
	}
}

/* The sample I of ROW as it stands in the file. */
static unsigned
sample(const struct flattener *f, const unsigned char *row, size_t i)
{
	return f->depth == 16 ? (unsigned)row[2 * i] << 8 | row[2 * i + 1] : row[i];
}

/* Spreads ROW over f->wide and f->alpha, 16 bits each. */
static void
widen(struct flattener *f, const unsigned char *row, size_t n)
{
	unsigned scale = 65535 / ((1U << f->depth) - 1);
	size_t channels = (size_t)f->channels, stride = channels + f->has_alpha;
	for (size_t i = 0; i < n; i++) {
		unsigned matches = 0;
		for (size_t c = 0; c < channels; c++) {
			unsigned v = sample(f, row, i * stride + c);
			matches += v == f->key[c];
			f->wide[i * channels + c] = (uint16_t)(v * scale);
		}
		f->alpha[i] = f->has_key && matches == channels ? 0 : 65535;
		if (f->has_alpha)
			f->alpha[i] =
			    (uint16_t)(sample(f, row, i * stride + channels) * scale);
	}
}

/* A value of 16 bits over one of 8 bits, as 8 bits. */
static unsigned char
narrow_over(uint64_t value, uint64_t alpha, unsigned char card)
{
	const uint64_t unit = 65535 * 257;
	if (alpha == 65535)
		return (unsigned char)(((uint32_t)value + 128) / 257);
	if (alpha == 0)
		return card;
	uint64_t sum = value * alpha + card * 257 * (65535 - alpha);
	return (unsigned char)((sum + unit / 2) / unit);
}

static void
flatten_wide(struct flattener *f, const unsigned char *row, size_t n, unsigned char *out)
{
	size_t channels = (size_t)f->channels, made = (size_t)f->made;
	widen(f, row, n);
	if (f->conversion != NULL)
		color_convert(f->conversion, f->wide, n);
	for (size_t i = 0; i < n; i++) {
		f->seen_transparency |= f->alpha[i] != 65535;
		for (size_t c = 0; c < made; c++)
			out[i * made + c] =
			    narrow_over(f->wide[i * channels + (channels == 3 ? c : 0)],
				f->alpha[i], f->card[c]);
		f->hidden += f->alpha[i] >= NEARLY_OPAQUE * 257 &&
		    is_hidden(f, out + i * made, made);
	}
}

/* Flattens the N pixels at ROW into OUT: f->made bytes each. */
static void
flatten_row(struct flattener *f, const unsigned char *row, size_t n, unsigned char *out)
{
	bool plain = f->conversion == NULL && !f->has_key && f->depth == 8;
	if (plain && !f->has_alpha)
		memcpy(out, row, n * (size_t)f->channels);
	else if (plain && f->channels == 3)
		flatten_rgba(f, row, n, out);
	else
		flatten_wide(f, row, n, out);
}

/* --- decoding ----------------------------------------------------------------- */

struct decoder {
	const struct logo_source *file;
	size_t offset; /* of the next byte to be read */
	bool cut_off;  /* the file ended too early */
	size_t budget; /* bytes that may be read for this row; SIZE_MAX: any number */
	char error[128];

	png_structp png;
	png_infop info;
	int w, h, depth, type;
	bool interlaced;

	struct image *image;
	struct flattener flattener;
	struct color_conversion *conversion;
	bool bad_profile;    /* libpng refused the profile */
	bool odd_data;       /* the compressed pixels are not quite as they should be */
	unsigned char *row;  /* one from the file */
	unsigned char *flat; /* an interlaced one, flattened */
	unsigned char *unpacked; /* one of less than a byte a pixel, a byte a pixel */
};

/* --- what libpng calls -------------------------------------------------------- */

static void
on_read(png_structp png, png_bytep data, size_t len)
{
	struct decoder *dec = png_get_io_ptr(png);
	if (dec->file->len - dec->offset < len) {
		dec->cut_off = true;
		png_error(png, "end of file");
	}
	/* libpng would unpack all that there is after the last row, and drop it */
	if (len > dec->budget)
		png_error(png, "more data than pixels");
	dec->budget -= dec->budget == SIZE_MAX ? 0 : len;
	memcpy(data, dec->file->bytes + dec->offset, len);
	dec->offset += len;
}

static _Noreturn void
on_error(png_structp png, png_const_charp message)
{
	struct decoder *dec = png_get_error_ptr(png);
	snprintf(dec->error, sizeof dec->error, "%s", message);
	png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp message)
{
	struct decoder *dec = png_get_error_ptr(png);
	dec->bad_profile |= strncmp(message, "iCCP", 4) == 0;
	if (strncmp(message, "IDAT", 4) != 0)
		return;
	dec->odd_data = true;
	/* the check sum over the pixels comes after the last of them */
	if (strstr(message, "incorrect data check") != NULL)
		png_error(png, message);
}

static png_voidp
on_alloc(png_structp png, png_alloc_size_t size)
{
	(void)png;
	return memory_alloc(size);
}

static void
on_free(png_structp png, png_voidp p)
{
	(void)png;
	free(p);
}

/* --- the header --------------------------------------------------------------- */

/* Chunks that say nothing of how the pixels look need not be unpacked. */
static void
skip_chunks(png_structp png)
{
	static const png_byte names[] = "bKGD\0hIST\0pHYs\0sBIT\0sPLT\0tEXt\0tIME\0zTXt\0"
					"iTXt\0oFFs\0pCAL\0sCAL";
	png_set_keep_unknown_chunks(
	    png, PNG_HANDLE_CHUNK_NEVER, names, (int)(sizeof names / 5));
}

static void
set_limits(png_structp png, bool checked)
{
	png_set_user_limits(png, SIDE_MAX, SIDE_MAX);
	png_set_chunk_malloc_max(png, CHUNK_MAX);
	png_set_chunk_cache_max(png, CHUNKS_MAX);
	int on_crc = checked ? PNG_CRC_QUIET_USE : PNG_CRC_ERROR_QUIT;
	png_set_crc_action(png, on_crc, on_crc);
#ifdef PNG_IGNORE_ADLER32 /* gone in libpng 1.6.48, which adds up a right sum again */
	png_set_option(png, PNG_IGNORE_ADLER32, checked);
#endif
	skip_chunks(png);
}

static struct color_tags
read_color_tags(struct decoder *dec)
{
	struct color_tags tags = {.gray = (dec->type & PNG_COLOR_MASK_COLOR) == 0,
	    .cicp = png_find(dec->file, "cICP", 4)};
	int intent, packing;
	png_charp name;
	png_bytep profile;
	tags.srgb = png_get_sRGB(dec->png, dec->info, &intent) != 0;
	if (png_get_iCCP(
		dec->png, dec->info, &name, &packing, &profile, &tags.profile_len) != 0)
		tags.profile = profile;
	double *xy = tags.xy;
	tags.has_gamma = png_get_gAMA(dec->png, dec->info, &tags.gamma) != 0;
	tags.has_chromaticities =
	    png_get_cHRM(dec->png, dec->info, &xy[0], &xy[1], &xy[2], &xy[3], &xy[4],
		&xy[5], &xy[6], &xy[7]) != 0;
	return tags;
}

static void
prepare_color(struct decoder *dec)
{
	const struct logo_source *file = dec->file;
	struct color_tags tags = read_color_tags(dec);
	enum color_verdict verdict = color_open(&tags, &dec->conversion);
	if (verdict == COLOR_BAD_PROFILE ||
	    (verdict == COLOR_SRGB && dec->bad_profile && !tags.srgb &&
		tags.profile == NULL))
		diag_report(file->d, RULE_LOGO_PROFILE, file->at,
		    _("%s has a colour profile that is broken or not for these pixels, and "
		      "is read as sRGB; check its colours, or export it as sRGB"),
		    file->path);
	if (verdict == COLOR_HDR)
		diag_report(file->d, RULE_LOGO_PROFILE, file->at,
		    _("%s has colours for bright screens (HDR: PQ or HLG), and is read as "
		      "sRGB; export it as sRGB"),
		    file->path);
	if (verdict == COLOR_ODD_GAMMA)
		diag_report(file->d, RULE_LOGO_GAMMA, file->at,
		    _("%s gives only a gamma of 1/%.2f for its colours, and is read as "
		      "sRGB"),
		    file->path, 1 / tags.gamma);
}

/* The palette as a row of RGBA pixels, flattened into the image's. */
static void
flatten_palette(struct decoder *dec)
{
	png_colorp palette = NULL;
	png_bytep alpha = NULL;
	unsigned char rgba[4 * 256] = {0};
	int n = 0, nalpha = 0;
	png_get_PLTE(dec->png, dec->info, &palette, &n);
	png_get_tRNS(dec->png, dec->info, &alpha, &nalpha, NULL);
	for (int i = 0; i < n; i++) {
		rgba[4 * i] = palette[i].red;
		rgba[4 * i + 1] = palette[i].green;
		rgba[4 * i + 2] = palette[i].blue;
		rgba[4 * i + 3] = alpha != NULL && i < nalpha ? alpha[i] : 255;
	}
	flatten_row(&dec->flattener, rgba, (size_t)n, dec->image->palette);
	dec->image->indexed = true;
	dec->image->npalette = n;
}

/* For rows of the file or, INDEXED, for that of the palette. */
static void
prepare_flattener(struct decoder *dec, bool indexed)
{
	struct flattener *f = &dec->flattener;
	png_color_16p key = NULL;
	*f = (struct flattener){
	    .channels = dec->type & PNG_COLOR_MASK_COLOR ? 3 : 1,
	    .depth = indexed ? 8 : dec->depth,
	    .has_alpha = indexed || (dec->type & PNG_COLOR_MASK_ALPHA) != 0,
	    .conversion = dec->conversion,
	};
	if (!f->has_alpha && png_get_tRNS(dec->png, dec->info, NULL, NULL, &key) != 0) {
		f->has_key = true;
		f->key[0] = f->channels == 1 ? key->gray : key->red;
		f->key[1] = key->green;
		f->key[2] = key->blue;
	}
	struct color card = dec->file->card;
	bool tinted = card.r != card.g || card.g != card.b;
	f->made = tinted && (f->has_alpha || f->has_key) ? 3 : f->channels;
	flattener_open(f, indexed ? 256 : (size_t)dec->w, card);
}

static void
read_header(struct decoder *dec)
{
	png_read_info(dec->png, dec->info);
	dec->w = (int)png_get_image_width(dec->png, dec->info);
	dec->h = (int)png_get_image_height(dec->png, dec->info);
	dec->depth = png_get_bit_depth(dec->png, dec->info);
	dec->type = png_get_color_type(dec->png, dec->info);
	dec->interlaced =
	    png_get_interlace_type(dec->png, dec->info) != PNG_INTERLACE_NONE;
	prepare_color(dec);
	bool indexed = dec->type == PNG_COLOR_TYPE_PALETTE;
	prepare_flattener(dec, indexed);
	int channels = indexed ? 1 : dec->flattener.made;
	image_init(dec->image, dec->w, dec->h, channels);
	if (indexed)
		flatten_palette(dec);
	png_read_update_info(dec->png, dec->info);
	dec->row = memory_alloc(png_get_rowbytes(dec->png, dec->info));
	if (dec->interlaced)
		dec->flat = memory_alloc((size_t)dec->w * (size_t)channels);
	if (dec->depth < 8)
		dec->unpacked = memory_alloc((size_t)dec->w);
}

/* --- the pixels --------------------------------------------------------------- */

/* The largest of N bytes; by 16 at a time, which compilers turn into one instruction. */
static int
largest(const unsigned char *bytes, size_t n)
{
	unsigned char max[16] = {0};
	size_t i = 0;
	for (; i + 16 <= n; i += 16)
		for (size_t k = 0; k < 16; k++)
			max[k] = bytes[i + k] > max[k] ? bytes[i + k] : max[k];
	for (; i < n; i++)
		max[0] = bytes[i] > max[0] ? bytes[i] : max[0];
	for (size_t k = 1; k < 16; k++)
		max[0] = max[k] > max[0] ? max[k] : max[0];
	return max[0];
}

/* Spreads N values of DEPTH bits, the first one in the highest bits (clause 7.2). */
static inline void
unpack_by(const unsigned char *row, size_t n, size_t depth, unsigned char *out)
{
	const size_t per_byte = 8 / depth, whole = n / per_byte;
	const unsigned mask = (1U << depth) - 1;
	for (size_t i = 0; i < whole; i++)
		for (size_t k = 0; k < per_byte; k++)
			*out++ = (unsigned char)(row[i] >> (8 - depth * (k + 1)) & mask);
	for (size_t k = 0; k < n % per_byte; k++)
		*out++ = (unsigned char)(row[whole] >> (8 - depth * (k + 1)) & mask);
}

/* The row just read with a byte a value.  libpng does that too, seven times slower, since
 * it works in place. */
static const unsigned char *
unpacked_row(const struct decoder *dec, size_t n)
{
	/* each call with a constant, which makes a loop of its own */
	if (dec->depth == 4)
		unpack_by(dec->row, n, 4, dec->unpacked);
	else if (dec->depth == 2)
		unpack_by(dec->row, n, 2, dec->unpacked);
	else if (dec->depth == 1)
		unpack_by(dec->row, n, 1, dec->unpacked);
	else
		return dec->row;
	return dec->unpacked;
}

/* Reads a row of N pixels into OUT, flattened. */
static void
read_row(struct decoder *dec, size_t n, unsigned char *out)
{
	dec->budget = png_get_rowbytes(dec->png, dec->info) + EXCESS_MAX;
	png_read_row(dec->png, dec->row, NULL);
	const unsigned char *row = unpacked_row(dec, n);
	if (!dec->image->indexed) {
		flatten_row(&dec->flattener, row, n, out);
		return;
	}
	/* readers of PDF make different things of it */
	if (largest(row, n) >= dec->image->npalette)
		png_error(dec->png, "a pixel's colour is not in the palette");
	memcpy(out, row, n);
}

/* Reads the rows of one pass of Adam7 and spreads their pixels. */
static void
read_pass(struct decoder *dec, int pass)
{
	int columns = (int)PNG_PASS_COLS(dec->w, pass),
	    rows = (int)PNG_PASS_ROWS(dec->h, pass);
	size_t channels = (size_t)dec->image->channels;
	if (columns == 0)
		return;
	for (int y = 0; y < rows; y++) {
		read_row(dec, (size_t)columns, dec->flat);
		unsigned char *out =
		    image_row(dec->image, PNG_ROW_FROM_PASS_ROW(y, pass));
		for (int x = 0; x < columns; x++) {
			size_t to = (size_t)PNG_COL_FROM_PASS_COL(x, pass) * channels;
			memcpy(out + to, dec->flat + (size_t)x * channels, channels);
		}
	}
}

static void
read_pixels(struct decoder *dec)
{
	if (dec->interlaced)
		for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
			read_pass(dec, pass);
	else
		for (int y = 0; y < dec->h; y++)
			read_row(dec, (size_t)dec->w, image_row(dec->image, y));
	dec->budget = SIZE_MAX;
	png_read_end(dec->png, dec->info);
	png_bytep exif = NULL;
	png_uint_32 exif_len = 0;
	if (png_get_eXIf_1(dec->png, dec->info, &exif_len, &exif) != 0)
		dec->image->orientation = orientation_read(exif, exif_len);
	const struct flattener *f = &dec->flattener;
	dec->image->opaque = !f->seen_transparency;
	if (f->seen_transparency && f->hidden > 0)
		dec->image->hidden =
		    dec->image->indexed ? (long)dec->w * dec->h : f->hidden;
	dec->image->bits = dec->depth;
	dec->image->copyable = !dec->interlaced && dec->depth <= 8 && !dec->odd_data &&
	    (dec->type & PNG_COLOR_MASK_ALPHA) == 0 && !f->seen_transparency &&
	    dec->conversion == NULL;
}

/* All that libpng may leave in the middle.  What changes is kept in DEC, since local
 * variables may lose their values. */
static bool
decode_guarded(struct decoder *dec)
{
	dec->png = png_create_read_struct_2(
	    PNG_LIBPNG_VER_STRING, dec, on_error, on_warning, NULL, on_alloc, on_free);
	dec->info = dec->png != NULL ? png_create_info_struct(dec->png) : NULL;
	if (dec->info == NULL)
		memory_exhausted();
	if (setjmp(png_jmpbuf(dec->png)) != 0)
		return false;
	png_set_read_fn(dec->png, dec, on_read);
	set_limits(dec->png, dec->file->checked);
	read_header(dec);
	read_pixels(dec);
	return true;
}

bool
png_decode(const struct logo_source *file, struct image *out)
{
	struct decoder dec = {.file = file, .image = out, .budget = SIZE_MAX};
	*out = (struct image){0};
	bool ok = decode_guarded(&dec);
	png_destroy_read_struct(&dec.png, &dec.info, NULL);
	flattener_close(&dec.flattener);
	color_close(dec.conversion);
	free(dec.row);
	free(dec.flat);
	free(dec.unpacked);
	if (!ok && dec.cut_off)
		source_cut_off(file);
	else if (!ok)
		diag_report(file->d, RULE_LOGO_DAMAGED, file->at,
		    _("%s is damaged (%s); export it as PNG again"), file->path,
		    dec.error);
	return ok;
}
