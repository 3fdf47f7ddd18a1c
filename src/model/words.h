/* words.h - the fixed words of a document, in its language. */
#ifndef MODEL_WORDS_H
#define MODEL_WORDS_H

#include <stdbool.h>

#include "diag/diag.h"
#include "model/announcement.h"

struct words {
	const char *page;      /* "pagina" */
	const char *logo;      /* "Logo" */
	const char *continued; /* "vervolg" */
};

/* Chooses the words of the announcement's language, or those of its front matter.  False:
 * the language is not known here and the front matter has not all of them; reported to D.
 */
bool words_choose(const struct announcement *from, struct diag *d, struct words *out);

#endif
