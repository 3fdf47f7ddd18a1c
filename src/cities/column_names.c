#include "cities/column_names.h"

#include <stdbool.h>
#include <string.h>

#include "base/spelling.h"

struct column_name {
	const char *name;
	enum column column;
};

static const struct column_name column_names[] = {
    {"city", COLUMN_CITY},
    {"stad", COLUMN_CITY},
    {"ville", COLUMN_CITY},
    {"gemeente", COLUMN_CITY},
    {"commune", COLUMN_CITY},
    {"url", COLUMN_URL},
    {"website", COLUMN_URL},
    {"link", COLUMN_URL},
    {"lien", COLUMN_URL},
    {"logo", COLUMN_LOGO},
    {"alt", COLUMN_ALT},
    {"omschrijving", COLUMN_ALT},
    {"description", COLUMN_ALT},
};

/* Names that are not taken, but are clear about what is meant. */
static const struct column_name further_names[] = {
    {"naam", COLUMN_CITY},
    {"name", COLUMN_CITY},
    {"nom", COLUMN_CITY},
    {"plaats", COLUMN_CITY},
    {"weblink", COLUMN_URL},
    {"webadres", COLUMN_URL},
    {"adres", COLUMN_URL},
    {"adresse", COLUMN_URL},
    {"address", COLUMN_URL},
    {"site", COLUMN_URL},
    {"bestand", COLUMN_LOGO},
    {"bestandsnaam", COLUMN_LOGO},
    {"afbeelding", COLUMN_LOGO},
    {"fichier", COLUMN_LOGO},
    {"image", COLUMN_LOGO},
    {"file", COLUMN_LOGO},
    {"filename", COLUMN_LOGO},
    {"alternatieve tekst", COLUMN_ALT},
    {"alt-tekst", COLUMN_ALT},
    {"alttekst", COLUMN_ALT},
    {"alternative text", COLUMN_ALT},
    {"alt text", COLUMN_ALT},
    {"texte alternatif", COLUMN_ALT},
};

enum { FURTHER_COUNT = sizeof further_names / sizeof further_names[0] };
enum { NAMES_COUNT = sizeof column_names / sizeof column_names[0] };

const char *const column_defaults[COLUMN_COUNT] = {"city", "url", "logo", "alt"};

/* Equal but for the case of ASCII letters, in every locale. */
static bool
equal_ignoring_case(const char *x, const char *y)
{
	for (; *x != '\0' && *y != '\0'; x++, y++) {
		char c = *x >= 'A' && *x <= 'Z' ? (char)(*x - 'A' + 'a') : *x;
		if (c != *y)
			return false;
	}
	return *x == *y;
}

enum column
column_named(const char *name)
{
	for (int i = 0; i < NAMES_COUNT; i++) {
		if (equal_ignoring_case(name, column_names[i].name))
			return column_names[i].column;
	}
	return COLUMN_COUNT;
}

/* NAME without what explains it: "URL (verplicht)", "logo *", "alt:". */
static const char *
bare_name(struct arena *a, const char *name)
{
	size_t len = strcspn(name, "([*:");
	while (len > 0 && name[len - 1] == ' ')
		len--;
	return arena_strndup(a, name, len);
}

const char *
column_nearest(struct arena *a, const char *name)
{
	const char *names[NAMES_COUNT];
	const char *bare = bare_name(a, name);
	for (int i = 0; i < FURTHER_COUNT; i++) {
		if (equal_ignoring_case(bare, further_names[i].name))
			return column_defaults[further_names[i].column];
	}
	for (int i = 0; i < NAMES_COUNT; i++) {
		if (equal_ignoring_case(bare, column_names[i].name))
			return column_names[i].name;
		names[i] = column_names[i].name;
	}
	return words_nearest(name, names, NAMES_COUNT);
}
