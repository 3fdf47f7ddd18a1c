/* fit.h - how large a logo is shown.
 *
 * Pure.  Logos of different shapes look equally important when they cover the same area,
 * not when they are equally wide.  With the box W by H, the area they all aim at is
 *
 *     A = min(W * W / 3.6, 1.5 * H * H)
 *
 * A logo as wide as R times its height becomes sqrt(A * R) by sqrt(A / R), and is made
 * smaller where that does not fit the box.  The first term lets a wordmark of 3.6:1 just
 * fill the width, so that all shapes up to 3.6:1 reach A; the second keeps wordmarks from
 * dwarfing square emblems in a low box: from 1.5:1 on they reach A, and a square one at
 * the full height covers two thirds of it.
 */
#ifndef LOGO_FIT_H
#define LOGO_FIT_H

struct fit_size {
	double w, h; /* of one unit, whichever: points or pixels; above 0 */
};

/* The size, in the unit of BOX, at which LOGO (pixels) is shown: same shape, inside the
 * box. */
struct fit_size fit_logo(struct fit_size logo, struct fit_size box);

#endif
