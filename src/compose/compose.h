/* compose.h - plain structs to pages of placed boxes and the tag tree over them.
 *
 * Pure: no file is read or written here.  In two steps, because the logos are loaded for
 * the cells that the first one plans.
 */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include <stdbool.h>

#include "compose/document.h"
#include "model/brochure.h"

struct composer;

/* Plans BROCHURE, which is whole, in FONTS.  NULL: it cannot be made; reported to D.  All
 * of it belongs to A. */
struct composer *compose_plan(const struct brochure *brochure, const struct fonts *fonts,
    struct arena *a, struct diag *d);

/* The points that a logo may take in its cell. */
struct size compose_logo_box(const struct composer *composer);

/* The points that the publisher's logo may take. */
struct size compose_sign_box(const struct composer *composer);

/* Lets the document have SIGN, the publisher's logo, too. */
void compose_sign(struct composer *composer, const struct logo *sign);

/* Composes the document.  A logo that is NULL leaves its place empty.  False: the text
 * does not fit; reported to D. */
bool compose(struct composer *composer, const struct logos *logos, struct document *out);

#endif
