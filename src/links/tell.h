/* tell.h - what came of the links, told in every form. */
#ifndef LINKS_TELL_H
#define LINKS_TELL_H

#include "base/buffer.h"
#include "diag/diag.h"
#include "links/list.h"

/* Appends a line about TARGET to OUT: its class, status, seconds and addresses. */
void tell_line(const struct target *target, struct buffer *out);

/* Appends a table: the counts, the SECONDS that it took and could have taken at most, the
 * links that fail and the slowest ones. */
void
tell_table(const struct list *list, double seconds, double longest, struct buffer *out);

/* Appends {"links": […]} (docs/links.md): every place of a link whose class is known. */
void tell_json(const struct list *list, struct buffer *out);

/* Reports to D what is to be said of each link at each of its places. */
void tell_diagnostics(const struct list *list, struct arena *a, struct diag *d);

#endif
