#include "logo/resample.h"

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

void
image_resample(struct image *image, int w, int h)
{
	struct image out;
	if (image->indexed)
		image_expand(image);
	image_init(&out, w, h, image->channels);
	stbir_resize_uint8_generic(image_row(image, 0), image->window.w, image->window.h,
	    image->w * image->channels, image_row(&out, 0), w, h, w * out.channels,
	    image->channels, STBIR_ALPHA_CHANNEL_NONE, 0, STBIR_EDGE_CLAMP,
	    STBIR_FILTER_BOX, STBIR_COLORSPACE_SRGB, NULL);
	image_free(image);
	*image = out;
}
