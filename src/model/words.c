#include "model/words.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"

static const struct language {
	const char *tag; /* the primary language of a BCP 47 tag */
	struct words words;
} languages[] = {
    {"nl", {{.s = "pagina"}, {.s = "Logo"}, {.s = "vervolg"}}},
    {"fr", {{.s = "page"}, {.s = "Logo"}, {.s = "suite"}}},
    {"de", {{.s = "Seite"}, {.s = "Logo"}, {.s = "Fortsetzung"}}},
    {"en", {{.s = "page"}, {.s = "Logo"}, {.s = "continued"}}},
};

bool
words_choose(const struct announcement *from, struct diag *d, struct words *out)
{
	const struct words *own = &from->words;
	*out = (struct words){0};
	size_t len = strcspn(from->lang.s, "-");
	for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
		if (strlen(languages[i].tag) == len &&
		    strncasecmp(languages[i].tag, from->lang.s, len) == 0)
			*out = languages[i].words;
	out->page = own->page.s != NULL ? own->page : out->page;
	out->logo = own->logo.s != NULL ? own->logo : out->logo;
	out->continued = own->continued.s != NULL ? own->continued : out->continued;
	if (out->page.s != NULL && out->logo.s != NULL && out->continued.s != NULL)
		return true;
	diag_report(d, RULE_WORDS_MISSING, from->lang.at,
	    _("no words are known for the language \"%s\", only for nl, fr, de and en; add "
	      "\"words: {page: …, logo: …, continued: …}\" to the front matter"),
	    from->lang.s);
	return false;
}
