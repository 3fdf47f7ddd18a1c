/* pdf.h - a composed document as a PDF file. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include <stdbool.h>

#include "base/output.h"
#include "compose/document.h"
#include "diag/diag.h"

enum pdf_version {
	PDF_1_7, /* ISO 32000-1, PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) */
	PDF_2_0  /* ISO 32000-2, PDF/UA-2 (ISO 14289-2), PDF/A-4 (ISO 19005-4), WTPDF 1.0
		  */
};

/* Writes DOC to OUT, whose errors stay with it (output_close tells).  The same document
 * gives the same bytes.  False: the document could not be built; reported to D. */
bool pdf_write(const struct document *doc, enum pdf_version version, struct diag *d,
    struct output *out);

#endif
