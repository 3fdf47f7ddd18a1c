/* suggest.h - the PNG file that was meant by a name that does not exist. */
#ifndef LOGO_SUGGEST_H
#define LOGO_SUGGEST_H

#include "base/arena.h"

/* The PNG file in the folder DIR whose name is nearest to NAME, or NULL when none is
 * near; it belongs to A. */
const char *suggest_file(struct arena *a, const char *dir, const char *name);

#endif
