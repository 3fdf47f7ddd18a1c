/* logo_pixels.h - what a packed logo looks like, as libpng unpacks it. */
#ifndef TESTS_LOGO_PIXELS_H
#define TESTS_LOGO_PIXELS_H

#include <libdeflate.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "logo/logo.h"

static inline void
logo_pixels_write(png_structp png, png_bytep data, size_t len)
{
	buffer_append(png_get_io_ptr(png), data, len);
}

/* The rows of RASTER as a zlib stream with a filter type in front of each. */
static inline struct buffer
logo_pixels_filtered(const struct raster *raster)
{
	struct buffer out = {0};
	if (raster->predictor) {
		buffer_append(&out, raster->data, raster->len);
		return out;
	}
	size_t components = raster->space == RASTER_RGB ? 3 : 1,
	       h = (size_t)raster->height_px;
	size_t len =
	    ((size_t)raster->width_px * components * (size_t)raster->bits + 7) / 8;
	unsigned char *plain = calloc(h, len), *rows = calloc(h, len + 1);
	size_t bound = h * (len + 1) + 1000;
	struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
	struct libdeflate_compressor *deflate = libdeflate_alloc_compressor(1);
	if (libdeflate_zlib_decompress(inflate, raster->data, raster->len, plain, h * len,
		NULL) != LIBDEFLATE_SUCCESS)
		abort();
	for (size_t y = 0; y < h; y++)
		memcpy(rows + y * (len + 1) + 1, plain + y * len, len);
	out.len = libdeflate_zlib_compress(
	    deflate, rows, h * (len + 1), buffer_reserve(&out, bound), bound);
	libdeflate_free_decompressor(inflate);
	libdeflate_free_compressor(deflate);
	free(plain);
	free(rows);
	return out;
}

static inline void
logo_pixels_chunk(png_structp png, const char *name, const void *data, size_t len)
{
	png_write_chunk(png, (png_const_bytep)name, data, len);
}

/* The pixels of RASTER, RGB of 8 bits; the caller frees them. */
static inline unsigned char *
logo_pixels(const struct raster *raster)
{
	static const unsigned char types[] = {
	    [RASTER_GRAY] = 0, [RASTER_RGB] = 2, [RASTER_INDEXED] = 3};
	struct buffer file = {0}, rows = logo_pixels_filtered(raster);
	png_structp png =
	    png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	unsigned char header[13] = {
	    [8] = (unsigned char)raster->bits, types[raster->space]};
	png_save_uint_32(header, (png_uint_32)raster->width_px);
	png_save_uint_32(header + 4, (png_uint_32)raster->height_px);
	png_set_write_fn(png, &file, logo_pixels_write, NULL);
	png_write_sig(png);
	logo_pixels_chunk(png, "IHDR", header, sizeof header);
	if (raster->space == RASTER_INDEXED)
		logo_pixels_chunk(
		    png, "PLTE", raster->palette, 3 * (size_t)raster->npalette);
	logo_pixels_chunk(png, "IDAT", rows.data, rows.len);
	logo_pixels_chunk(png, "IEND", NULL, 0);
	png_destroy_write_struct(&png, NULL);
	png_image image = {.version = PNG_IMAGE_VERSION};
	if (!png_image_begin_read_from_memory(&image, file.data, file.len))
		abort();
	image.format = PNG_FORMAT_RGB;
	unsigned char *pixels = malloc(PNG_IMAGE_SIZE(image));
	if (!png_image_finish_read(&image, NULL, pixels, 0, NULL))
		abort();
	buffer_free(&rows);
	buffer_free(&file);
	return pixels;
}

#endif
