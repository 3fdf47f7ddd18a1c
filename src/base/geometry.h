/* geometry.h - rectangles and colours, as PDF has them.
 *
 * Lengths are points (1/72 inch), origin bottom left, y up (ISO 32000-1, 8.3.2.3).
 */
#ifndef BASE_GEOMETRY_H
#define BASE_GEOMETRY_H

struct rect {
	double x, y; /* lower left corner */
	double w, h;
};

struct size {
	double w, h;
};

/* Encoded sRGB, each component from 0 to 255. */
struct color {
	unsigned char r, g, b;
};

#endif
