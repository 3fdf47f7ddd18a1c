/* settings.h - what the keys of the front matter mean. */
#ifndef ANNOUNCEMENT_SETTINGS_H
#define ANNOUNCEMENT_SETTINGS_H

#include <stdbool.h>

#include "announcement/frontmatter.h"
#include "base/arena.h"
#include "diag/diag.h"
#include "model/announcement.h"

/* Fills OUT from TREE.  Missing keys are reported at its root's place.  False: a key is
 * unknown, missing or has a value that it cannot have; reported to D. */
bool settings_read(
    const struct tree *tree, struct arena *a, struct diag *d, struct announcement *out);

#endif
