/* texts.h - texts that the fonts cannot set.
 *
 * They are told of before anything is set, each once: setting and drawing tell nothing.
 */
#ifndef COMPOSE_TEXTS_H
#define COMPOSE_TEXTS_H

#include <stdbool.h>

#include "diag/diag.h"
#include "font/font.h"
#include "model/brochure.h"

/* Looks at all texts of BROCHURE, which is whole, in the faces that they are set in.
 * False: a font lacks a character, or a text runs from right to left; reported to D. */
bool
texts_check(const struct brochure *brochure, const struct fonts *fonts, struct diag *d);

#endif
