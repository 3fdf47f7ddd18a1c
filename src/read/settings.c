#include "read/settings.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "read/keys.h"
#include "read/prose.h"
#include "read/values.h"
#include "base/words.h"

enum { PPI_DEFAULT = 450, PPI_MAX = 10000 };

/* --- values ----------------------------------------------------------------------------
 */

static bool
read_text(const struct settings *s, const struct entry *entry, void *to)
{
	if (entry->kind != ENTRY_TEXT)
		return keys_fault(
		    s, entry, _("expected a text, not a list or keys; put it in quotes"));
	if (prose_is_blank(entry->value.s))
		return keys_fault(s, entry,
		    _("the value is empty; write one, in quotes if it begins with \"#\", or take the line away"));
	const char *long_fault = prose_too_long(s->a, entry->value.s);
	if (long_fault != NULL)
		return keys_fault(s, entry, long_fault);
	*(struct text *)to = entry->value;
	return true;
}

static bool
read_language(const struct settings *s, const struct entry *entry, void *to)
{
	if (!read_text(s, entry, to))
		return false;
	const char *tag = entry->value.s;
	if (value_is_language(tag))
		return true;
	char *hint = arena_strdup(s->a, tag);
	for (char *c = hint; *c != '\0'; c++)
		*c = *c == '_' ? '-' : *c;
	hint[strcspn(hint, ".")] = '\0';
	bool helps = value_is_language(hint);
	((struct text *)to)->s = helps ? hint : "nl-BE"; /* to go on with */
	return keys_fault(s, entry,
	    arena_printf(s->a,
		_("\"%s\" is no language tag; expected one such as \"%s\""), tag,
		helps ? hint : "nl-BE"));
}

static bool
read_date(const struct settings *s, const struct entry *entry, void *to)
{
	if (!read_text(s, entry, to))
		return false;
	if (value_is_date(entry->value.s))
		return true;
	const char *hint = value_date_hint(s->a, entry->value.s);
	return keys_fault(s, entry,
	    arena_printf(s->a,
		_("\"%s\" is no day of the calendar; expected one such as %s"),
		entry->value.s, hint != NULL ? hint : "2024-01-24"));
}

/* The items of a list as one text; NULL: one of them is no keyword, which is reported. */
static const char *
join_keywords(const struct settings *s, const struct entry *list)
{
	const char **words = arena_alloc(s->a, (size_t)list->n * sizeof *words);
	for (int i = 0; i < list->n; i++) {
		const struct entry *item = &list->items[i];
		if (item->kind != ENTRY_TEXT || prose_is_blank(item->value.s)) {
			keys_fault(s, item, _("expected a keyword"));
			return NULL;
		}
		words[i] = item->value.s;
	}
	return words_join(s->a, words, list->n);
}

static bool
read_keywords(const struct settings *s, const struct entry *entry, void *to)
{
	struct entry joined = *entry;
	if (entry->kind == ENTRY_LIST) {
		joined.kind = ENTRY_TEXT;
		joined.value = (struct text){join_keywords(s, entry), entry->at};
	}
	return (joined.kind != ENTRY_TEXT || joined.value.s != NULL) &&
	    read_text(s, &joined, to);
}

static bool
read_link(const struct settings *s, const struct entry *entry, void *to)
{
	if (!read_text(s, entry, to))
		return false;
	if (strstr(entry->value.s, "{city}") != NULL)
		return true;
	return keys_fault(s, entry,
	    _("\"{city}\" is missing; write it where the name of the city goes, as in \"{city} – website\""));
}

static bool
read_color(const struct settings *s, const struct entry *entry, void *to)
{
	struct color_setting *setting = to;
	if (entry->kind == ENTRY_TEXT && entry->value.s[0] == '\0')
		return keys_fault(s, entry,
		    _("the colour is empty; put it in quotes, as in \"#0b4f6c\", since # begins a comment"));
	if (entry->kind != ENTRY_TEXT || !value_color(entry->value.s, &setting->value))
		return keys_fault(s, entry,
		    arena_printf(s->a,
			_("\"%s\" is no colour; expected one such as \"#0b4f6c\""),
			entry->value.s));
	setting->given = true;
	setting->at = entry->at;
	return true;
}

/* A path in the front matter starts from the folder that the announcement is in. */
static bool
read_path(const struct settings *s, const struct entry *entry, void *to)
{
	struct text *path = to;
	if (!read_text(s, entry, to))
		return false;
	const char *slash = strrchr(s->out->file, '/');
	if (path->s[0] != '/' && slash != NULL)
		path->s = arena_printf(
		    s->a, "%.*s/%s", (int)(slash - s->out->file), s->out->file, path->s);
	return true;
}

static bool
read_page(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	s->out->page.at = entry->at;
	if (entry->kind == ENTRY_TEXT &&
	    value_page(entry->value.s, &s->out->page.paper, &s->out->page.landscape))
		return true;
	return keys_fault(s, entry,
	    arena_printf(s->a,
		_("\"%s\" is no page; expected A4, A5 or Letter, and behind it landscape or nothing"),
		entry->value.s));
}

static bool
read_ppi(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	if (entry->kind != ENTRY_TEXT ||
	    !value_count(entry->value.s, PPI_MAX, &s->out->max_ppi))
		return keys_fault(s, entry,
		    arena_printf(s->a,
			_("\"%s\" is no resolution; expected a whole number from 0 (no limit) to %d"),
			entry->value.s, PPI_MAX));
	s->out->max_ppi_at = entry->value;
	return true;
}

/* --- groups ----------------------------------------------------------------------------
 */

#define AT(member) offsetof(struct announcement, member)

static bool
read_figures(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	static const struct key keys[] = {
	    {"value", read_text, offsetof(struct figure, value), "value: \"135.000\""},
	    {"label", read_text, offsetof(struct figure, label), "label: deelnemers"},
	};
	if (entry->kind != ENTRY_LIST)
		return keys_fault(s, entry,
		    _("expected a list, each item of it \"- value: …\" and below that \"  label: …\""));
	bool ok = true;
	for (int i = 0; i < entry->n; i++) {
		const struct entry *item = &entry->items[i];
		struct figure figure = {0};
		if (item->kind == ENTRY_MAPPING)
			ok &= keys_read(s, item, KEYS(keys, "figures"), &figure);
		else
			ok = keys_fault(s, item,
			    _("expected \"value: …\" and below it \"label: …\""));
		/* composing goes on after an error, and needs both */
		if (figure.value.s != NULL && figure.label.s != NULL)
			*arena_append(s->a, s->out->figures, s->out->nfigures) = figure;
	}
	return ok;
}

static bool
read_grid(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	static const struct key keys[] = {
	    {"heading", read_text, AT(grid.heading),
		"heading: De websites van de steden"},
	    {"intro", read_text, AT(grid.intro), "intro: Klik op het logo van een stad."},
	    {"link", read_link, AT(grid.link), "link: \"{city} – website\""},
	};
	return keys_read_group(s, entry, KEYS(keys, "grid"));
}

static bool
read_colors(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	static const struct key keys[] = {
	    {"accent", read_color, AT(colors.accent), NULL},
	    {"text", read_color, AT(colors.text), NULL},
	    {"paper", read_color, AT(colors.paper), NULL},
	};
	return keys_read_group(s, entry, KEYS(keys, "colors"));
}

static bool
read_fonts(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	static const struct key keys[] = {
	    {"regular", read_path, AT(fonts.regular), NULL},
	    {"italic", read_path, AT(fonts.italic), NULL},
	    {"bold", read_path, AT(fonts.bold), NULL},
	    {"bold_italic", read_path, AT(fonts.bold_italic), NULL},
	};
	return keys_read_group(s, entry, KEYS(keys, "fonts"));
}

static bool
read_words(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	static const struct key keys[] = {
	    {"page", read_text, AT(words.page), NULL},
	    {"logo", read_text, AT(words.logo), NULL},
	    {"continued", read_text, AT(words.continued), NULL},
	};
	return keys_read_group(s, entry, KEYS(keys, "words"));
}

bool
settings_read(
    const struct tree *tree, struct arena *a, struct diag *d, struct announcement *out)
{
	static const struct key keys[] = {
	    {"title", read_text, AT(title), "title: Gemeente-Stadsmonitor 2023"},
	    {"lang", read_language, AT(lang), "lang: nl-BE"},
	    {"date", read_date, AT(date), NULL},
	    {"author", read_text, AT(author), NULL},
	    {"subject", read_text, AT(subject), NULL},
	    {"keywords", read_keywords, AT(keywords), NULL},
	    {"kicker", read_text, AT(kicker), NULL},
	    {"figures", read_figures, 0, NULL},
	    {"grid", read_grid, 0, "grid:"},
	    {"colors", read_colors, 0, NULL},
	    {"fonts", read_fonts, 0, NULL},
	    {"page", read_page, 0, NULL},
	    {"max_ppi", read_ppi, 0, NULL},
	    {"words", read_words, 0, NULL},
	};
	struct settings s = {a, d, out, tree->whole};
	out->max_ppi = PPI_DEFAULT;
	return keys_read(&s, &tree->root, KEYS(keys, NULL), out);
}
