/* words.h - the fixed words of a document, in its language. */
#ifndef MODEL_WORDS_H
#define MODEL_WORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "model/announcement.h"

/* Chooses the words of the front matter, or those of the announcement's language, whose
 * place is not known.  False: the language is not known here and the front matter has not
 * all of them; reported to D. */
bool words_choose(const struct announcement *from, struct diag *d, struct words *out);

/* DATE, which is YYYY-MM-DD, as the language LANG has it: "24 januari 2024".  As it is
 * where the language is not known here. */
const char *words_date(const char *lang, const char *date, struct arena *a);

/* A pattern for "the next page" in a text of LANG; NULL: that is not known here. */
const char *words_next_page(const char *lang);

#endif
