/* logo_image.h - images made for tests. */
#ifndef TESTS_LOGO_IMAGE_H
#define TESTS_LOGO_IMAGE_H

#include "logo/image.h"

/* An image of W x H in the colours of COLOR. */
static inline struct image
colored(int w, int h, unsigned (*color)(int i))
{
	struct image image;
	image_init(&image, w, h, 3);
	for (int i = 0; i < w * h; i++) {
		unsigned rgb = color(i);
		image.memory[3 * i] = (unsigned char)(rgb >> 16);
		image.memory[3 * i + 1] = (unsigned char)(rgb >> 8);
		image.memory[3 * i + 2] = (unsigned char)rgb;
	}
	return image;
}

#endif
