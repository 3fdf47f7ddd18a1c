#include "cities/label.h"

#include <strings.h>

#include "base/i18n.h"
#include "cities/look.h"
#include "input/prose.h"

/* A cell holds plain text; NULL: so does TEXT. */
static const char *
markup_fault(struct arena *a, const char *text)
{
	const char *markup = prose_markup(a, text);
	if (markup == NULL)
		return NULL;
	return arena_printf(
	    a, _("\"%s\" would be printed as it stands; write plain text"), markup);
}

/* What is wrong with TEXT as the name of a city; NULL: nothing. */
static const char *
name_fault(struct arena *a, const char *text)
{
	switch (look_of(text)) {
	case LOOK_LINK:
		return arena_printf(
		    a, _("\"%s\" is a link; expected the name of the city"), text);
	case LOOK_FILE:
		return arena_printf(a,
		    _("\"%s\" is the name of a file; expected the name of the city"),
		    text);
	case LOOK_NUMBER:
		return arena_printf(a,
		    _("\"%s\" is a number or a date; expected the name of the city"),
		    text);
	case LOOK_NOTHING:
		return arena_printf(a,
		    _("\"%s\" is no name; write the name of the city, or take the row away"),
		    text);
	case LOOK_EMPTY:
	case LOOK_TEXT:
		break;
	}
	return markup_fault(a, text);
}

bool
label_name(const struct cell *cell, struct arena *a, struct diag *d, const char **out)
{
	if (prose_is_blank(cell->text.s)) {
		cell_error(cell, d,
		    _("the name of the city is empty; fill it in, or take the row away"));
		return false;
	}
	if (!cell_text(cell, a, d, out))
		return false;
	const char *fault = name_fault(a, *out);
	if (fault != NULL) {
		cell_error(cell, d, fault);
		*out = NULL;
		return false;
	}
	return true;
}

static bool
says_nothing(const char *text)
{
	static const char *const words[] = {"logo", "alt", "image", "afbeelding", "beeld",
	    "foto", "photo", "picture", "leeg", "vide", "empty", "x", "xx", "xxx"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcasecmp(text, words[i]) == 0)
			return true;
	}
	return look_of(text) != LOOK_TEXT;
}

bool
label_alt(const struct cell *cell, struct arena *a, struct diag *d, const char **out)
{
	if (!cell_text(cell, a, d, out))
		return false;
	const char *fault = markup_fault(a, *out);
	if (says_nothing(*out))
		fault = arena_printf(a,
		    _("\"%s\" does not describe the logo; write what it shows, or leave the cell empty to have it called after the city"),
		    *out);
	if (fault != NULL)
		cell_warning(cell, d, fault);
	return true;
}
