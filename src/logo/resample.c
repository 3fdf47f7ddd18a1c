#include "logo/resample.h"

#include <string.h>

#include "base/arena.h"

/* stb_image_resize is a header that becomes code here.  Its asserts check its own sums,
 * not its callers. */
#define STBIR_ASSERT(x)       ((void)0)
#define STBIR_MALLOC(size, c) ((void)(c), memory_alloc(size))
#define STBIR_FREE(p, c)      ((void)(c), free(p))
#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <stdlib.h>
#include <stb/stb_image_resize.h>

/* The window of IMAGE with colours in place of indexes into its palette. */
static void
expand_palette(struct image *image)
{
	struct image rgb;
	image_init(&rgb, image->window.w, image->window.h, 3);
	for (int y = 0; y < rgb.h; y++) {
		const unsigned char *from = image_row(image, y);
		unsigned char *to = image_row(&rgb, y);
		for (int x = 0; x < rgb.w; x++)
			memcpy(to + 3 * (size_t)x, &image->palette[3 * from[x]], 3);
	}
	image_free(image);
	*image = rgb;
}

void
image_resample(struct image *image, int w, int h)
{
	struct image out;
	if (image->indexed)
		expand_palette(image);
	image_init(&out, w, h, image->channels);
	stbir_resize_uint8_generic(image_row(image, 0), image->window.w, image->window.h,
	    (int)image->stride, image_row(&out, 0), w, h, (int)out.stride,
	    image->channels, STBIR_ALPHA_CHANNEL_NONE, 0, STBIR_EDGE_CLAMP,
	    STBIR_FILTER_BOX, STBIR_COLORSPACE_SRGB, NULL);
	image_free(image);
	*image = out;
}
