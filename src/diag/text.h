/* text.h - diagnostics as text, for people and for editors that jump to a place.
 *
 * A line each: "file:line:column: error: message [rule]".  On a terminal the line of the
 * source follows, with a caret below the place.
 *
 * Or as annotations of GitHub Actions: "::error file=data/cities.csv,line=7,…::message
 * [rule]" marks that line of a pull request (GitHub Docs, "Workflow commands").  GitHub
 * shows ten of each kind a step; what is more is told as plain text.
 */
#ifndef DIAG_TEXT_H
#define DIAG_TEXT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buffer.h"
#include "diag/diag.h"

struct diag_look {
	bool snippets, color;
	int width; /* of the terminal, in columns; for snippets */
};

/* With snippets when TO is a terminal, in colour there unless NO_COLOR is set. */
struct diag_look diag_look_for(FILE *to);

/* Appends D, which is settled, to OUT. */
void diag_render(const struct diag *d, struct diag_look look, struct buffer *out);

/* The same as annotations: errors, then warnings, then notes. */
void diag_render_github(const struct diag *d, struct buffer *out);

/* Appends "3 errors, 1 warning; out/brochure.pdf was not changed"; without its end when
 * UNCHANGED is NULL. */
void diag_render_summary(const struct diag *d, const char *unchanged, struct buffer *out);

#endif
