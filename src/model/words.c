#include "model/words.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"

static const struct language {
	const char *tag; /* the primary language of a BCP 47 tag */
	struct words words;
} languages[] = {
    {"nl", {"pagina", "Logo", "vervolg"}},
    {"fr", {"page", "Logo", "suite"}},
    {"de", {"Seite", "Logo", "Fortsetzung"}},
    {"en", {"page", "Logo", "continued"}},
};

static const struct words *
language_words(const char *lang)
{
	size_t len = strcspn(lang, "-");
	for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
		if (strlen(languages[i].tag) == len &&
		    strncasecmp(languages[i].tag, lang, len) == 0)
			return &languages[i].words;
	return NULL;
}

bool
words_choose(const struct announcement *from, struct diag *d, struct words *out)
{
	const struct word_settings *own = &from->words;
	const struct words *known = language_words(from->lang.s);
	if (known == NULL &&
	    (own->page.s == NULL || own->logo.s == NULL || own->continued.s == NULL)) {
		diag_error(d, from->lang.at,
		    _("the words of the language \"%s\" are not known; known are nl, fr, de and en; "
		      "for another one write \"words: {page: …, logo: …, continued: …}\" in the "
		      "front matter"),
		    from->lang.s);
		return false;
	}
	out->page = own->page.s != NULL ? own->page.s : known->page;
	out->logo = own->logo.s != NULL ? own->logo.s : known->logo;
	out->continued = own->continued.s != NULL ? own->continued.s : known->continued;
	return true;
}
