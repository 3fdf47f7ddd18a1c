/* composer.h - what the parts of compose/ share while a document is put together. */
#ifndef COMPOSE_COMPOSER_H
#define COMPOSE_COMPOSER_H

#include "compose/document.h"
#include "compose/theme.h"
#include "compose/typeset.h"
#include "logo/logo.h"
#include "model/brochure.h"

struct composer {
	struct arena *a;
	struct diag *d;
	const struct brochure *brochure;
	const struct announcement *text; /* the brochure's */
	const struct cities *cities;     /* its too */
	const struct logos *logos;
	const struct logo *sign; /* the publisher's logo; NULL: none */
	struct theme theme;
	struct setter setter;
	struct builder build;
	struct gridpage *grid; /* the pages of logos as they are planned */
	struct document *doc;
	struct element *grid_heading; /* where "#grid" leads */
	int npages;                   /* of the whole document, from the first page on */
};

#endif
