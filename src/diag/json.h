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

struct json_t; /* jansson's */

/* To be called before jansson is used: a failed allocation ends the program, as
 * everywhere.
 */
void json_begin(void);

/* A string; bytes that are not UTF-8 become U+FFFD. */
struct json_t *json_text(const char *s);

/* Appends DOCUMENT and a line end to OUT, by jansson's FLAGS, and frees it. */
void json_end(struct json_t *document, size_t flags, struct buffer *out);

/* Append D, which is settled, to OUT. */
void
diag_render_json(const struct diag *d, const struct report *about, struct buffer *out);
void
diag_render_sarif(const struct diag *d, const struct report *about, struct buffer *out);

#endif
