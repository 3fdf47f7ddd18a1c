/* linktexts.h - whether the texts of links say where they lead (WCAG 2.1, 2.4.4). */
#ifndef MODEL_LINKTEXTS_H
#define MODEL_LINKTEXTS_H

#include "base/arena.h"
#include "diag/diag.h"
#include "model/announcement.h"

/* Tells of links in TEXT that are called "here" or such, and of two that are called alike
 * and lead to different places. */
void linktexts_check(const struct announcement *text, struct arena *a, struct diag *d);

#endif
