/* words.h - the fixed words of a document, in its language. */
#ifndef MODEL_WORDS_H
#define MODEL_WORDS_H

#include <stdbool.h>

#include "diag/diag.h"
#include "model/announcement.h"

/* Chooses the words of the front matter, or those of the announcement's language, whose
 * place is not known.  False: the language is not known here and the front matter has not
 * all of them; reported to D. */
bool words_choose(const struct announcement *from, struct diag *d, struct words *out);

#endif
