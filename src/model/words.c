#include "model/words.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"

static const struct language {
	const char *tag; /* the primary language of a BCP 47 tag */
	struct words words;
	const char *next_page;   /* a pattern: what the text calls it */
	const char *first, *day; /* what follows the number of a day: the first, others */
	const char *months[12];
} languages[] = {
    {"nl", {{.s = "pagina"}, {.s = "Logo"}, {.s = "vervolg"}},
	"volgende (pagina|bladzijde)", "", "",
	{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
	    "september", "oktober", "november", "december"}},
    {"fr", {{.s = "page"}, {.s = "Logo"}, {.s = "suite"}}, "page suivante", "er", "",
	{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
	    "septembre", "octobre", "novembre", "décembre"}},
    {"de", {{.s = "Seite"}, {.s = "Logo"}, {.s = "Fortsetzung"}},
	"(nächste|folgende)n? seite", ".", ".",
	{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
	    "September", "Oktober", "November", "Dezember"}},
    {"en", {{.s = "page"}, {.s = "Logo"}, {.s = "continued"}}, "(next|following) page",
	"", "",
	{"January", "February", "March", "April", "May", "June", "July", "August",
	    "September", "October", "November", "December"}},
};

static const struct language *
language_find(const char *lang)
{
	size_t len = strcspn(lang, "-");
	for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
		if (strlen(languages[i].tag) == len &&
		    strncasecmp(languages[i].tag, lang, len) == 0)
			return &languages[i];
	return NULL;
}

bool
words_choose(const struct announcement *from, struct diag *d, struct words *out)
{
	const struct words *own = &from->words;
	const struct language *language = language_find(from->lang.s);
	*out = language != NULL ? language->words : (struct words){0};
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

const char *
words_date(const char *lang, const char *date, struct arena *a)
{
	const struct language *language = language_find(lang);
	if (language == NULL)
		return date;
	int month = 10 * (date[5] - '0') + date[6] - '0';
	int day = 10 * (date[8] - '0') + date[9] - '0';
	return arena_printf(a, "%d%s %s %.4s", day,
	    day == 1 ? language->first : language->day, language->months[month - 1],
	    date);
}

const char *
words_next_page(const char *lang)
{
	const struct language *language = language_find(lang);
	return language != NULL ? language->next_page : NULL;
}
