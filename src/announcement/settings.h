/* settings.h - what the keys of the front matter mean. */
#ifndef ANNOUNCEMENT_SETTINGS_H
#define ANNOUNCEMENT_SETTINGS_H

#include "announcement/frontmatter.h"
#include "base/arena.h"
#include "diag/diag.h"
#include "model/announcement.h"

/* Fills OUT from ROOT; WHOLE: it lacks nothing of what was written.  A key that is
 * unknown, missing or has a value that it cannot have is reported to D; missing ones of
 * the top at the root's place. */
void settings_read(const struct entry *root, bool whole, struct arena *a, struct diag *d,
    struct announcement *out);

#endif
