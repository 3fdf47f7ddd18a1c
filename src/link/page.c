#include "link/page.h"

#include <string.h>
#include <strings.h>

/* The first WORD in TEXT, in any case; NULL: there is none. */
static const char *
find(const char *text, const char *word)
{
	size_t len = strlen(word);
	for (; *text != '\0'; text++)
		if (strncasecmp(text, word, len) == 0)
			return text;
	return NULL;
}

bool
page_is_not_found(const char *html)
{
	/* without the letters that encodings and entities spell in several ways */
	static const char *const phrases[] = {"not found", "niet gevonden",
	    "niet teruggevonden", "introuvable", "non trouv", "pas trouv",
	    "nicht gefunden", "bestaat niet", "niet meer beschikbaar", "existe pas",
	    "existe plus", "no longer available", "no longer exists", "does not exist",
	    "not be found", "'t be found", "error 404", "erreur 404", "fout 404",
	    "fehler 404", "http 404"};
	char title[300] = "";
	const char *start = find(html, "<title");
	start = start != NULL ? strchr(start, '>') : NULL;
	if (start == NULL)
		return false;
	const char *end = find(++start, "</title");
	size_t len = end != NULL ? (size_t)(end - start) : strlen(start);
	memcpy(title, start, len < sizeof title ? len : sizeof title - 1);
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (find(title, phrases[i]) != NULL)
			return true;
	return strncmp(title + strspn(title, " \t\r\n"), "404", 3) == 0;
}
