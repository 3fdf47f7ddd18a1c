/* pdf.h - a composed document as a PDF file. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include <stdbool.h>

#include "base/output.h"
#include "compose/document.h"
#include "diag/diag.h"
#include "pdf/version.h"

/* Writes DOC to OUT, whose errors stay with it (output_close tells).  The same document
 * gives the same bytes.  False: the document could not be built; reported to D. */
bool pdf_write(const struct document *doc, enum pdf_version version, struct diag *d,
    struct output *out);

#endif
