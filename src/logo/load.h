/* load.h - one logo, from its file's bytes to what is written into the PDF. */
#ifndef LOGO_LOAD_H
#define LOGO_LOAD_H

#include <stdbool.h>

#include "logo/codec.h"
#include "logo/logo.h"
#include "logo/sniff.h"

/* What is the same for all logos of a thread. */
struct loader {
	const struct logo_options *options;
	struct codec *codec;
};

/* Makes OUT from FILE.  False: it cannot be used; reported.  free() releases
 * out->data. */
bool
logo_load(const struct loader *loader, const struct png_file *file, struct logo *out);

#endif
