#include "announcement/settings.h"

#include <stddef.h>
#include <string.h>

#include "announcement/keys.h"
#include "announcement/values.h"
#include "base/i18n.h"
#include "base/spelling.h"
#include "input/prose.h"

enum { PPI_DEFAULT = 450, PPI_MAX = 10000 };

/* The days that a brochure may well be of: PDF is of 1993. */
#define DATE_FIRST "1993-01-01"
#define DATE_LAST  "2099-12-31"

/* --- values ----------------------------------------------------------------------------
 */

static bool
read_plain(const struct settings *s, const struct entry *entry, void *to)
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

/* What YAML drops and Markdown would not print. */
static void
judge_text(const struct settings *s, const struct entry *entry)
{
	const char *comment = entry->comment.s;
	if (comment != NULL)
		diag_warning(s->d, entry->comment.at,
		    _("\"%s\" is a comment here and left out; to print it, write: %s"),
		    comment,
		    value_quoted(s->a, entry->key.s,
			arena_printf(s->a, "%s %s", entry->value.s, comment)));
	const char *markup = prose_markup(s->a, entry->value.s);
	if (markup != NULL)
		diag_warning(s->d, entry->at,
		    _("\"%s\" is printed as it stands: Markdown is for the text below the front matter; write plain text instead"),
		    markup);
}

static bool
read_text(const struct settings *s, const struct entry *entry, void *to)
{
	if (!read_plain(s, entry, to))
		return false;
	judge_text(s, entry);
	return true;
}

/* A text that needs the straight quotes of YAML around it. */
static bool
read_quoted(const struct settings *s, const struct entry *entry, void *to)
{
	if (!read_text(s, entry, to))
		return false;
	const char *plain = prose_unquoted(s->a, entry->value.s);
	if (plain != NULL)
		diag_warning(s->d, entry->at,
		    _("these quotes are printed, since they are not straight; write: %s"),
		    value_quoted(s->a, entry->key.s, plain));
	return true;
}

static bool
read_language(const struct settings *s, const struct entry *entry, void *to)
{
	if (!read_plain(s, entry, to))
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
	if (!read_plain(s, entry, to))
		return false;
	const char *date = entry->value.s;
	if (value_is_date(date)) {
		if (strcmp(date, DATE_FIRST) < 0 || strcmp(date, DATE_LAST) > 0)
			diag_warning(s->d, entry->at,
			    _("date: the year of \"%s\" is far from ours; correct it"),
			    date);
		return true;
	}
	const char *plain = prose_unquoted(s->a, date);
	const char *hint = value_date_hint(s->a, plain != NULL ? plain : date);
	if (hint != NULL)
		return keys_fault(s, entry,
		    arena_printf(s->a,
			_("\"%s\" is not how a date is written here; write: date: %s"),
			date, hint));
	return keys_fault(s, entry,
	    arena_printf(s->a,
		_("\"%s\" is no day of the calendar; expected one such as %s"), date,
		"2024-01-24"));
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
		judge_text(s, item);
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
	if (!read_quoted(s, entry, to))
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
	const char *plain = prose_unquoted(s->a, entry->value.s);
	if (plain != NULL && value_color(plain, &setting->value))
		return keys_fault(s, entry,
		    arena_printf(s->a,
			_("the quotes around a colour have to be straight ones; write: %s"),
			value_quoted(s->a, entry->key.s, plain)));
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
	if (!read_plain(s, entry, to))
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
	static const struct key list[] = {
	    {"value", read_quoted, offsetof(struct figure, value), "value: \"135.000\"",
		NULL},
	    {"label", read_text, offsetof(struct figure, label), "label: deelnemers",
		NULL},
	};
	static const struct keys keys = KEYS(list, "figures");
	if (entry->kind != ENTRY_LIST)
		return keys_fault(s, entry,
		    _("expected a list, each item of it \"- value: …\" and below that \"  label: …\""));
	bool ok = true;
	for (int i = 0; i < entry->n; i++) {
		const struct entry *item = &entry->items[i];
		struct figure figure = {0};
		if (item->kind == ENTRY_MAPPING)
			ok &= keys_read(s, item, &keys, &figure);
		else
			ok = keys_fault(s, item,
			    _("expected \"value: …\" and below it \"label: …\""));
		/* composing goes on after an error, and needs both */
		if (figure.value.s != NULL && figure.label.s != NULL)
			*arena_append(s->a, s->out->figures, s->out->nfigures) = figure;
	}
	return ok;
}

static const struct key grid_list[] = {
    {"heading", read_text, AT(grid.heading), "heading: De websites van de steden", NULL},
    {"intro", read_text, AT(grid.intro), "intro: Klik op het logo van een stad.", NULL},
    {"link", read_link, AT(grid.link), "link: '{city} – website'", NULL},
};
static const struct keys grid_keys = KEYS(grid_list, "grid");

static bool
read_grid(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	return keys_read_group(s, entry, &grid_keys);
}

static const struct key colors_list[] = {
    {"accent", read_color, AT(colors.accent), NULL, NULL},
    {"text", read_color, AT(colors.text), NULL, NULL},
    {"paper", read_color, AT(colors.paper), NULL, NULL},
};
static const struct keys colors_keys = KEYS(colors_list, "colors");

static bool
read_colors(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	return keys_read_group(s, entry, &colors_keys);
}

static const struct key fonts_list[] = {
    {"regular", read_path, AT(fonts.regular), NULL, NULL},
    {"italic", read_path, AT(fonts.italic), NULL, NULL},
    {"bold", read_path, AT(fonts.bold), NULL, NULL},
    {"bold_italic", read_path, AT(fonts.bold_italic), NULL, NULL},
};
static const struct keys fonts_keys = KEYS(fonts_list, "fonts");

static bool
read_fonts(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	return keys_read_group(s, entry, &fonts_keys);
}

static const struct key words_list[] = {
    {"page", read_text, AT(words.page), NULL, NULL},
    {"logo", read_text, AT(words.logo), NULL, NULL},
    {"continued", read_text, AT(words.continued), NULL, NULL},
};
static const struct keys words_keys = KEYS(words_list, "words");

static bool
read_words(const struct settings *s, const struct entry *entry, void *to)
{
	(void)to;
	return keys_read_group(s, entry, &words_keys);
}

bool
settings_read(
    const struct tree *tree, struct arena *a, struct diag *d, struct announcement *out)
{
	static const struct key list[] = {
	    {"title", read_text, AT(title), "title: Gemeente-Stadsmonitor 2023", NULL},
	    {"lang", read_language, AT(lang), "lang: nl-BE", NULL},
	    {"date", read_date, AT(date), NULL, NULL},
	    {"author", read_text, AT(author), NULL, NULL},
	    {"subject", read_text, AT(subject), NULL, NULL},
	    {"keywords", read_keywords, AT(keywords), NULL, NULL},
	    {"kicker", read_text, AT(kicker), NULL, NULL},
	    {"figures", read_figures, 0, NULL, NULL},
	    {"grid", read_grid, 0, "grid:", &grid_keys},
	    {"colors", read_colors, 0, NULL, &colors_keys},
	    {"fonts", read_fonts, 0, NULL, &fonts_keys},
	    {"page", read_page, 0, NULL, NULL},
	    {"max_ppi", read_ppi, 0, NULL, NULL},
	    {"words", read_words, 0, NULL, &words_keys},
	};
	static const struct keys keys = KEYS(list, NULL);
	struct settings s = {a, d, out, tree->whole};
	out->max_ppi = PPI_DEFAULT;
	return keys_read(&s, &tree->root, &keys, out);
}
