/* announcement.h - reads the announcement: Markdown (CommonMark) after YAML front
 * matter.
 */
#ifndef ANNOUNCEMENT_ANNOUNCEMENT_H
#define ANNOUNCEMENT_ANNOUNCEMENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "input/source.h"
#include "model/announcement.h"

/* Reads PATH ("-": standard input).  False: something in it is an error; reported to D,
 * all that is wrong in one go.  The strings belong to A. */
bool announcement_read(
    const char *path, struct arena *a, struct diag *d, struct announcement *out);

/* The same for bytes that are in memory already. */
bool announcement_parse(const struct source *source, struct arena *a, struct diag *d,
    struct announcement *out);

#endif
