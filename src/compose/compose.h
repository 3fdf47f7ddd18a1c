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
#define COMPOSE_SIGN_BOX ((struct size){144, 30})

/* Composes the document.  A logo that is NULL leaves its place empty; SIGN, the
 * publisher's, is NULL where there is none.  False: the text does not fit; reported to D.
 */
bool compose(struct composer *composer, const struct logos *logos,
    const struct logo *sign, struct document *out);

#endif
