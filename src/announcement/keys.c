#include "announcement/keys.h"

#include <string.h>

#include "model/announcement.h"

#define AT(member)     offsetof(struct announcement, member)
#define FIGURE(member) offsetof(struct figure, member)

static const struct key figure_keys[] = {
    {"value", KEY_TEXT, FIGURE(value), .example = "\"135.000\"", .required = true,
	.quoted = true},
    {"label", KEY_TEXT, FIGURE(label), .example = "deelnemers", .required = true},
    {0},
};

static const char *const yes_no[] = {"yes", "no", "true", "false", NULL};
static const bool is_yes[] = {true, false, true, false};
static const bool is_no[] = {false, true, false, true};

static const struct key closing_keys[] = {
    {"heading", KEY_TEXT, AT(grid.closing.heading), .example = "Nog vragen?"},
    {"text", KEY_TEXT, AT(grid.closing.text), .required = true,
	.example = "De cijfers van alle gemeenten staan op één website."},
    {"link", KEY_CONTACT, AT(grid.closing.link), .scheme = "",
	.example = "https://gemeente-stadsmonitor.vlaanderen.be/"},
    {"code", KEY_CHOICE, AT(grid.closing.code), .example = "yes", .choices = yes_no,
	.values = is_yes, .size = sizeof is_yes[0]},
    {0},
};

static const struct key grid_keys[] = {
    {"heading", KEY_TEXT, AT(grid.heading), .example = "De websites van de steden",
	.required = true},
    {"intro", KEY_TEXT, AT(grid.intro), .example = "Klik op het logo van een stad.",
	.required = true},
    {"intro_print", KEY_TEXT, AT(grid.intro_print),
	.example = "Scan de code bij een stad."},
    {"link", KEY_TEXT, AT(grid.link), .example = "\"{city} – website\"", .required = true,
	.quoted = true, .holds = "{city}"},
    {"address", KEY_CHOICE, AT(grid.no_address), .example = "no", .choices = yes_no,
	.values = is_no, .size = sizeof is_no[0]},
    {"closing", KEY_GROUP, .keys = closing_keys},
    {0},
};

static const struct key color_keys[] = {
    {"accent", KEY_COLOR, AT(colors.accent), .example = "\"#0b4f6c\""},
    {"text", KEY_COLOR, AT(colors.text), .example = "\"#1d252c\""},
    {"paper", KEY_COLOR, AT(colors.paper), .example = "\"#ffffff\""},
    {0},
};

static const struct key font_keys[] = {
    {"regular", KEY_FILE, AT(fonts.regular), .example = "fonts/House-Regular.ttf"},
    {"italic", KEY_FILE, AT(fonts.italic), .example = "fonts/House-Italic.ttf"},
    {"bold", KEY_FILE, AT(fonts.bold), .example = "fonts/House-Bold.ttf"},
    {"bold_italic", KEY_FILE, AT(fonts.bold_italic),
	.example = "fonts/House-BoldItalic.ttf"},
    {0},
};

static const struct key publisher_keys[] = {
    {"name", KEY_TEXT, AT(publisher.name), .example = "Stad in Cijfers",
	.required = true},
    {"lines", KEY_TEXTS, AT(publisher.lines), .example = "Stadsplein 1, 1000 Brussel"},
    {"mail", KEY_CONTACT, AT(publisher.mail), .example = "info@vlaanderen.be",
	.scheme = "mailto:"},
    {"phone", KEY_CONTACT, AT(publisher.phone), .example = "+32 2 123 45 67",
	.scheme = "tel:"},
    {"site", KEY_CONTACT, AT(publisher.site), .example = "https://www.vlaanderen.be/",
	.scheme = ""},
    {"logo", KEY_TEXT, AT(publisher.logo), .example = "publisher.png"},
    {0},
};

static const struct key word_keys[] = {
    {"page", KEY_TEXT, AT(words.page), .example = "pagina"},
    {"logo", KEY_TEXT, AT(words.logo), .example = "Logo"},
    {"continued", KEY_TEXT, AT(words.continued), .example = "vervolg"},
    {0},
};

static const char *const page_names[] = {
    "A4", "A4 landscape", "A5", "A5 landscape", "Letter", "Letter landscape", NULL};
static const struct page_format pages[] = {{PAPER_A4, false}, {PAPER_A4, true},
    {PAPER_A5, false}, {PAPER_A5, true}, {PAPER_LETTER, false}, {PAPER_LETTER, true}};

static const char *const call_names[] = {"headed", "last", "none", NULL};
static const enum call calls[] = {CALL_HEADED, CALL_LAST, CALL_NONE};

const struct key frontmatter_keys[] = {
    {"title", KEY_TEXT, AT(title), .example = "Gemeente-Stadsmonitor 2023",
	.required = true, .hyphens = true},
    {"lang", KEY_LANGUAGE, AT(lang), .example = "nl-BE", .required = true},
    {"date", KEY_DATE, AT(date), .example = "2024-01-24"},
    {"author", KEY_TEXT, AT(author), .example = "Stad in Cijfers"},
    {"subject", KEY_TEXT, AT(subject), .example = "Cijfers over de stad"},
    {"keywords", KEY_KEYWORDS, AT(keywords), .example = "steden, cijfers"},
    {"rights", KEY_TEXT, AT(rights), .example = "CC BY 4.0"},
    {"kicker", KEY_TEXT, AT(kicker), .example = "Stad in Cijfers"},
    {"publisher", KEY_GROUP, .keys = publisher_keys},
    {"call", KEY_CHOICE, AT(call), .example = "last", .choices = call_names,
	.values = calls, .size = sizeof calls[0]},
    {"figures", KEY_ITEMS, AT(figures), .keys = figure_keys,
	.size = sizeof(struct figure), .count = AT(nfigures)},
    {"grid", KEY_GROUP, .required = true, .keys = grid_keys},
    {"colors", KEY_GROUP, .keys = color_keys},
    {"fonts", KEY_GROUP, .keys = font_keys},
    {"page", KEY_CHOICE, AT(page), .example = "A4 landscape", .choices = page_names,
	.values = pages, .size = sizeof pages[0]},
    {"max_ppi", KEY_COUNT, AT(max_ppi), .example = "300", .most = 10000},
    {"words", KEY_GROUP, .keys = word_keys},
    {"allow", KEY_TEXTS, AT(allow), .example = "logo-coarse", .rules = true},
    {0},
};

const struct key *
key_named(const struct key *keys, const char *name)
{
	while (keys->name != NULL && strcmp(keys->name, name) != 0)
		keys++;
	return keys->name != NULL ? keys : NULL;
}
