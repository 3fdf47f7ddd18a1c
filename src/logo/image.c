#include "logo/image.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zimg.h>

#include "base/arena.h"
#include "logo/color.h"

void
image_init(struct image *image, int w, int h, int channels)
{
	*image = (struct image){.w = w, .h = h, .channels = channels};
	image->ink = image->window = (struct window){0, 0, w, h};
	for (int i = 0; channels == 1 && i < 768; i++)
		image->palette[i] = (unsigned char)(i / 3);
	image->memory = memory_alloc((1 + (size_t)w * (size_t)channels) * (size_t)h);
}

void
image_free(struct image *image)
{
	free(image->memory);
	image->memory = NULL;
}

static size_t
row_len(const struct image *image, int w)
{
	return (size_t)w * (size_t)image->channels;
}

unsigned char *
image_row(const struct image *image, int y)
{
	size_t top = (size_t)(image->window.y + y);
	return image->memory + top * row_len(image, image->w) +
	    row_len(image, image->window.x);
}

void
image_crop(struct image *image)
{
	size_t len = row_len(image, image->window.w);
	for (int y = 0; y < image->window.h; y++)
		memmove(image->memory + (size_t)y * len, image_row(image, y), len);
	image->w = image->window.w;
	image->h = image->window.h;
	image->window.x = image->window.y = 0;
}

/* --- fewer pixels --------------------------------------------------------------- */

enum { COMPONENTS = 3, ALIGNMENT = 64 };

/* A ring of rows of one component. */
struct plane {
	unsigned char *memory;
	ptrdiff_t stride; /* bytes from row to row */
	unsigned mask;    /* of a row's number, for its place in the ring */
};

/* What the library asks rows of, and hands rows to, for one component at a time. */
struct resampling {
	const struct image *from;
	struct image *to;
	int component;
	uint16_t light[256];        /* for each byte of FROM */
	const unsigned char *level; /* for each amount of light */
	struct plane in, out;
};

static size_t
aligned(size_t bytes)
{
	return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void *
aligned_memory(size_t bytes)
{
	void *memory = aligned_alloc(ALIGNMENT, aligned(bytes + 1));
	/* the library computes with what lies beside its rows, and drops the result */
	if (memory != NULL)
		return memset(memory, 0, aligned(bytes + 1));
	memory_exhausted();
}

/* Room for LINES rows of FORMAT at a time, or for all of them. */
static struct plane
plane_open(const zimg_image_format *format, unsigned lines)
{
	struct plane plane = {.mask = zimg_select_buffer_mask(lines)};
	size_t rows = plane.mask == ZIMG_BUFFER_MAX ? format->height : plane.mask + 1;
	size_t stride = aligned(format->width * sizeof(uint16_t));
	plane.stride = (ptrdiff_t)stride;
	plane.memory = aligned_memory(stride * rows);
	return plane;
}

static uint16_t *
plane_row(const struct plane *plane, unsigned row)
{
	ptrdiff_t place = (ptrdiff_t)(row & plane->mask);
	return (uint16_t *)(void *)(plane->memory + plane->stride * place);
}

/* The library's callback for the pixels LEFT to RIGHT of a row. */
static int
read_row(void *user, unsigned row, unsigned left, unsigned right)
{
	const struct resampling *r = user;
	const struct image *image = r->from;
	size_t step = (size_t)image->channels;
	const unsigned char *from = image_row(image, (int)row);
	if (!image->indexed)
		from += r->component;
	uint16_t *to = plane_row(&r->in, row);
	for (size_t x = left; x < right; x++)
		to[x] = r->light[from[x * step]];
	return 0;
}

/* Its callback for a row that is done. */
static int
write_row(void *user, unsigned row, unsigned left, unsigned right)
{
	const struct resampling *r = user;
	size_t step = (size_t)r->to->channels;
	const uint16_t *from = plane_row(&r->out, row);
	unsigned char *to = image_row(r->to, (int)row) + r->component;
	for (size_t x = left; x < right; x++)
		to[x * step] = r->level[from[x]];
	return 0;
}

/* One component in whole numbers, which come out alike on every processor.  Three at once
 * would take eight times the rows. */
static zimg_image_format
format_of(int w, int h)
{
	zimg_image_format format;
	zimg_image_format_default(&format, ZIMG_API_VERSION);
	format.width = (unsigned)w;
	format.height = (unsigned)h;
	format.pixel_type = ZIMG_PIXEL_WORD;
	format.depth = 16;
	format.pixel_range = ZIMG_RANGE_FULL;
	format.color_family = ZIMG_COLOR_GREY;
	return format;
}

static zimg_filter_graph *
graph_open(const zimg_image_format *from, const zimg_image_format *to)
{
	zimg_graph_builder_params params;
	zimg_graph_builder_params_default(&params, ZIMG_API_VERSION);
	/* a triangle two pixels of the result wide: unlike sharper ones, no colours but
	 * those between two neighbours come of it */
	params.resample_filter = ZIMG_RESIZE_BILINEAR;
	zimg_filter_graph *graph = zimg_filter_graph_build(from, to, &params);
	if (graph == NULL)
		memory_exhausted();
	return graph;
}

/* Resamples the component of R, with ROOM for the library's own use. */
static void
resample_component(struct resampling *r, const zimg_filter_graph *graph, void *room)
{
	const struct color_light *light = color_light();
	const unsigned char *palette = r->from->palette + r->component;
	for (int i = 0; i < 256; i++)
		r->light[i] = light->of[r->from->channels == 1 ? palette[3 * i] : i];
	r->level = light->level;
	const zimg_image_buffer_const in = {.version = ZIMG_API_VERSION,
	    .plane[0] = {r->in.memory, r->in.stride, r->in.mask}};
	const zimg_image_buffer out = {.version = ZIMG_API_VERSION,
	    .plane[0] = {r->out.memory, r->out.stride, r->out.mask}};
	/* nothing but a want of memory can go wrong */
	if (zimg_filter_graph_process(
		graph, &in, &out, room, read_row, r, write_row, r) != 0)
		memory_exhausted();
}

void
image_resample(struct image *image, int w, int h)
{
	zimg_image_format from = format_of(image->window.w, image->window.h);
	zimg_image_format to = format_of(w, h);
	zimg_filter_graph *graph = graph_open(&from, &to);
	struct image out;
	image_init(&out, w, h, image->indexed ? COMPONENTS : image->channels);
	struct resampling r = {.from = image, .to = &out};
	unsigned lines;
	zimg_filter_graph_get_input_buffering(graph, &lines);
	r.in = plane_open(&from, lines);
	zimg_filter_graph_get_output_buffering(graph, &lines);
	r.out = plane_open(&to, lines);
	size_t len;
	zimg_filter_graph_get_tmp_size(graph, &len);
	void *room = aligned_memory(len);
	for (; r.component < out.channels; r.component++)
		resample_component(&r, graph, room);
	zimg_filter_graph_free(graph);
	free(room);
	free(r.in.memory);
	free(r.out.memory);
	out.orientation = image->orientation;
	image_free(image);
	*image = out;
}
