/* json.h - diagnostics as one JSON document, for programs.
 *
 * JSON: {"program", "version", "status", "output",
 * "written", "errors", "warnings", "notes", "diagnostics": [{"rule", "severity", "file",
 * "line", "column", "message"}]}; a place that is not known is null.  SARIF: OASIS
 * SARIF 2.1.0.
 */
#ifndef DIAG_JSON_H
#define DIAG_JSON_H

#include "base/buffer.h"
#include "diag/diag.h"
#include "diag/report.h"

/* Append D, which is settled, to OUT. */
void
diag_render_json(const struct diag *d, const struct report *about, struct buffer *out);
void
diag_render_sarif(const struct diag *d, const struct report *about, struct buffer *out);

#endif
