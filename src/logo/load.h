/* load.h - one logo, from its file's bytes to what is written into the PDF. */
#ifndef LOGO_LOAD_H
#define LOGO_LOAD_H

#include <stdbool.h>

#include "logo/codec.h"
#include "logo/logo.h"
#include "logo/sniff.h"

/* Makes OUT, all but its number, from FILE with the CODEC of this thread.  False: it
 * cannot be used; reported.  logo_free releases what OUT holds, which was all zero. */
bool logo_load(const struct logo_options *options, struct codec *codec,
    const struct logo_source *file, struct logo *out);

/* The size, in the unit of BOX, at which LOGO (pixels) is shown: same shape, inside the
 * box, but that one wider than 4:1 may be FIT_WIDE times as wide.
 *
 * Logos of different shapes look equally important when they cover the same area, not
 * when they are equally wide.  With the box W by H, the area they all aim at is
 *
 *     A = min(W * W / 3.6, 1.5 * H * H)
 *
 * A logo as wide as R times its height becomes sqrt(A * R) by sqrt(A / R), and is made
 * smaller where that does not fit the box.  The first term lets a wordmark of 3.6:1 just
 * fill the width, so that all shapes up to 3.6:1 reach A; the second keeps wordmarks from
 * dwarfing square emblems in a low box: from 1.5:1 on they reach A, and a square one at
 * the full height covers two thirds of it.  The sides of all that are SCALE times as long
 * where the box allows it: ink_scale, or 1. */
#define FIT_WIDE (0.84 / 0.732)
struct size fit_logo(struct size logo, struct size box, double scale);

#endif
