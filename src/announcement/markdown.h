/* markdown.h - CommonMark as blocks and runs (see announcement.h).
 *
 * The only file that knows libcmark.
 */
#ifndef ANNOUNCEMENT_MARKDOWN_H
#define ANNOUNCEMENT_MARKDOWN_H

#include "base/arena.h"
#include "diag/diag.h"
#include "diag/lines.h"
#include "model/announcement.h"

/* Reads what begins at line FIRST of LINES into OUT's blocks.  What cannot be printed, or
 * that there is nothing to print, is reported to D.  The strings belong to A. */
void markdown_parse(struct lines *lines, int first, struct arena *a, struct diag *d,
    struct announcement *out);

#endif
