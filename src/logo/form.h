/* form.h - a page of a PDF by cairo turned into a form XObject (ISO 32000-1, 8.10). */
#ifndef LOGO_FORM_H
#define LOGO_FORM_H

#include <stdbool.h>

#include "base/buffer.h"
#include "logo/logo.h"

/* Makes OUT of the one page of PDF, of SIZE in points: a file of version 1.4 as cairo
 * writes it, with a NUL after it.  False: it is written otherwise.  Pair with
 * form_free, also after false. */
bool form_copy(struct bytes pdf, struct size size, struct form *out);

#endif
