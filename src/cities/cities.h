/* cities.h - the list of cities, from the editors' CSV. */
#ifndef CITIES_CITIES_H
#define CITIES_CITIES_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "input/source.h"
#include "model/cities.h"

/* Reads PATH ("-": standard input).  False: something in it is an error; reported to D,
 * all that is wrong in one go; OUT then holds the cities whose name is good, s being NULL
 * in a link, logo or alt that is not.  The strings belong to A. */
bool cities_read(const char *path, struct arena *a, struct diag *d, struct cities *out);

/* The same for bytes that are in memory already, as they were read. */
bool cities_parse(
    const struct source *source, struct arena *a, struct diag *d, struct cities *out);

#endif
