/* github.h - diagnostics as annotations of GitHub Actions.
 *
 * "::error file=data/cities.csv,line=7,col=9::message" marks that line of a pull request
 * (GitHub Docs, "Workflow commands").  GitHub shows ten of each kind a step; what is more
 * is told as plain text.
 */
#ifndef DIAG_GITHUB_H
#define DIAG_GITHUB_H

#include "base/buffer.h"
#include "diag/diag.h"

/* Appends D, which is settled, to OUT: errors, then warnings, then notes. */
void diag_render_github(const struct diag *d, struct buffer *out);

#endif
