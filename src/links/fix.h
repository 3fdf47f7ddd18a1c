/* fix.h - new addresses for links that have moved for good. */
#ifndef LINKS_FIX_H
#define LINKS_FIX_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "links/list.h"

enum fix { FIX_SAFE, FIX_OTHER_OWNER, FIX_NEVER };

/* Whether the new address of TARGET, which has moved, may take the old one's place. Never
 * may what the generator would refuse; a private host; http in place of https, or what
 * was found by way of http; a home page in place of another page; a log-in page. */
enum fix fix_of(const struct target *target, struct arena *a);

/* Writes the new addresses into the list of cities PATH, which LIST was read from; with
 * ANY those of other owners too.  Each change is told to D, as RULE_LINK_FIXED, and its
 * reference marked.  Nothing is written when the file cannot be, or is another by now;
 * reported to D. */
void
fix_write(struct list *list, const char *path, bool any, struct arena *a, struct diag *d);

#endif
