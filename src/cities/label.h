/* label.h - the words of a row: the name of the city and the description of its logo. */
#ifndef CITIES_LABEL_H
#define CITIES_LABEL_H

#include <stdbool.h>

#include "base/arena.h"
#include "cities/cell.h"
#include "diag/diag.h"

/* As cell_text, for the name of a city, which may not be empty.  False as well: it is a
 * link, the name of a file, a number, or holds Markdown or HTML. */
bool
label_name(const struct cell *cell, struct arena *a, struct diag *d, const char **out);

/* The same for a description, which is not empty; of what is no good one is only warned.
 */
bool
label_alt(const struct cell *cell, struct arena *a, struct diag *d, const char **out);

#endif
