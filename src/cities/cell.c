#include "cities/cell.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "input/encoding.h"
#include "input/prose.h"
#include "link/link.h"
#include "model/colors.h"

enum { FILE_NAME_MAX = 255 };

static const char lost[] = N_(
    "letters were lost in \"%s\"; save the list as \"CSV UTF-8\" from the file where they are right, or type them again");

static void
tell(const struct cell *cell, enum rule rule, struct diag *d, const char *message)
{
	diag_report(d, rule, cell->text.at, _("row %d, column \"%s\": %s"), cell->row,
	    cell->column, message);
}

/* --- what it looks like ------------------------------------------------------- */

enum part { START, END, ALL };

/* Whether that PART of S is one of WORDS, in any case. */
static bool
is_any(const char *s, const char *const *words, enum part part)
{
	size_t len = strlen(s);
	for (; *words != NULL; words++) {
		size_t n = strlen(*words);
		bool fits = part == ALL ? n == len : n < len;
		if (fits && strncasecmp(part == END ? s + len - n : s, *words, n) == 0)
			return true;
	}
	return false;
}

enum look
look_of(const char *s)
{
	static const char *const links[] = {"http:", "https:", "www.", NULL};
	static const char *const files[] = {".png", ".svg", ".jpg", ".jpeg", ".webp",
	    ".gif", ".bmp", ".tif", ".tiff", ".pdf", ".eps", NULL};
	static const char *const nothing[] = {"–", "—", "?", "…", "todo", "tbd", "n/a",
	    "nvt", "n.v.t.", "waar", "onwaar", "true", "false", NULL};
	if (is_any(s, links, START) && strchr(s, ' ') == NULL)
		return LOOK_LINK;
	if (is_any(s, files, END))
		return LOOK_FILE;
	if (is_any(s, nothing, ALL) || s[strspn(s, "0123456789 .,:/-+*#=_~|")] == '\0')
		return LOOK_NOTHING;
	return LOOK_WORDS;
}

/* --- spoiled on the way ------------------------------------------------------- */

/* Whether S is what spreadsheets show in place of a value. */
static bool
is_error_value(const char *s)
{
	/* in English, Dutch, French and German */
	static const char *const values[] = {"#REF!", "#VERW!", "#BEZUG!", "#NAME?",
	    "#NAAM?", "#NOM?", "#N/A", "#N/B", "#NV", "#VALUE!", "#WAARDE!", "#VALEUR!",
	    "#WERT!", "#DIV/0!", "#DEEL/0!", "#NULL!", "#LEEG!", "#NUL!", "#NUM!",
	    "#GETAL!", "#NOMBRE!", "#ZAHL!", "#SPILL!", "#CALC!", "#BLOCKED!", "#FIELD!",
	    "#CONNECT!", "#UNKNOWN!", NULL};
	size_t len = strlen(s);
	return is_any(s, values, ALL) || (len >= 3 && strspn(s, "#") == len) ||
	    (strncmp(s, "Err:", 4) == 0 && len > 4 &&
		strspn(s + 4, "0123456789") == len - 4);
}

static bool
is_spoiled(const struct cell *cell, struct arena *a, struct diag *d)
{
	const char *s = cell->text.s, *fault = NULL;
	if (is_error_value(s))
		fault = _(
		    "\"%s\" is an error of the spreadsheet; correct the cell there and save again");
	else if (s[0] == '=')
		fault = _(
		    "\"%s\" is a formula; write its result here (copy, then paste values only)");
	else if (strstr(s, "\xef\xbf\xbd") != NULL)
		fault = _("a letter was lost in \"%s\"; type it again");
	int32_t u;
	size_t len = strlen(s);
	if (fault != NULL)
		tell(cell, RULE_CELL_SPOILED, d, arena_printf(a, fault, s));
	else if (prose_control(s, len, &u) < len)
		tell(cell, RULE_CELL_SPOILED, d,
		    arena_printf(a,
			_("an invisible control character (U+%04X) is in this cell; type the cell again"),
			(unsigned)u));
	else
		return false;
	return true;
}

/* --- words -------------------------------------------------------------------- */

/* Whether S has "?" in place of letters, as programs save those that an encoding lacks;
 * one at the end of a word asks a question, but not in a NAME. */
static bool
has_question(const char *s, bool name)
{
	for (const char *q = s; (q = strchr(q, '?')) != NULL; q++)
		if (name || isalpha((unsigned char)q[1]) || (q[1] & 0x80) != 0 ||
		    (q[1] == '?' && (q == s || q[-1] == ' ')))
			return true;
	return false;
}

/* The words of CELL, a NAME or not, as prose_clean spells them. */
static const char *
words_of(const struct cell *cell, bool name, struct arena *a, struct diag *d)
{
	const char *s = cell->text.s;
	if (is_spoiled(cell, a, d))
		return NULL;
	const char *repaired = encoding_repair(a, s);
	if (repaired != NULL)
		tell(cell, RULE_CELL_ENCODING, d,
		    arena_printf(a,
			_("\"%s\" was opened with the wrong encoding; did you mean \"%s\"?"),
			s, repaired));
	else if (has_question(s, name) || encoding_lost(a, s, name))
		tell(cell, RULE_CELL_ENCODING, d, arena_printf(a, _(lost), s));
	const char *clean = prose_clean(a, s);
	const char *fault = prose_too_long(a, clean);
	if (fault != NULL)
		tell(cell, RULE_CSV_LIMIT, d, fault);
	return fault == NULL ? clean : NULL;
}

/* What is said of TEXT when it holds Markdown or HTML; NULL: it does not. */
static const char *
markup_fault(struct arena *a, const char *text)
{
	const char *markup = prose_markup(a, text);
	if (markup == NULL)
		return NULL;
	return arena_printf(
	    a, _("\"%s\" would be printed as it stands; write plain text"), markup);
}

const char *
cell_name(const struct cell *cell, struct arena *a, struct diag *d)
{
	if (prose_is_blank(cell->text.s)) {
		tell(cell, RULE_CITY_EMPTY, d,
		    _("the name of the city is empty; write it, or remove the row"));
		return NULL;
	}
	const char *name = words_of(cell, true, a, d);
	if (name == NULL)
		return NULL;
	const char *fault = markup_fault(a, name);
	if (look_of(name) != LOOK_WORDS)
		fault = arena_printf(a,
		    _("\"%s\" is not the name of a city; write the name, or remove the row"),
		    name);
	if (fault != NULL)
		tell(cell, RULE_CITY_NAME, d, fault);
	return fault == NULL ? name : NULL;
}

const char *
cell_alt(const struct cell *cell, struct arena *a, struct diag *d)
{
	static const char *const idle[] = {"logo", "alt", "image", "afbeelding", "beeld",
	    "foto", "photo", "picture", "leeg", "vide", "empty", "x", "xx", "xxx", NULL};
	const char *alt =
	    prose_is_blank(cell->text.s) ? NULL : words_of(cell, false, a, d);
	if (alt == NULL)
		return NULL;
	const char *fault = markup_fault(a, alt);
	if (look_of(alt) != LOOK_WORDS || is_any(alt, idle, ALL))
		fault = arena_printf(a,
		    _("\"%s\" does not describe the logo; write what it shows, or leave the cell empty"),
		    alt);
	if (fault != NULL)
		tell(cell, RULE_ALT_TEXT, d, fault);
	return alt;
}

/* --- links and files ---------------------------------------------------------- */

const char *
cell_url(const struct cell *cell, struct arena *a, struct diag *d)
{
	if (cell->text.s[0] == '\0') {
		tell(cell, RULE_URL_EMPTY, d,
		    _("the link is empty; expected one such as \"https://www.gent.be/\""));
		return NULL;
	}
	const char *repaired = encoding_repair(a, cell->text.s);
	if (repaired == NULL && encoding_lost(a, cell->text.s, false)) {
		tell(cell, RULE_URL_DAMAGED, d, arena_printf(a, _(lost), cell->text.s));
		return NULL;
	}
	struct link_verdict verdict;
	bool ok =
	    link_judge(repaired != NULL ? repaired : cell->text.s, LINK_WEB, a, &verdict);
	/* a formula may hold the link that was meant */
	if (!ok && verdict.cure == NULL && is_spoiled(cell, a, d))
		return NULL;
	for (int i = 0; i < verdict.n; i++)
		tell(cell, verdict.findings[i].rule, d, verdict.findings[i].message);
	return ok ? arena_strdup(a, cell->text.s) : NULL;
}

const char *
cell_short(const struct cell *cell, struct arena *a, struct diag *d)
{
	static const char scheme[] = "https://";
	const char *s = cell->text.s, *mark = strstr(s, "://");
	if (s[0] == '\0' || is_spoiled(cell, a, d))
		return NULL;
	bool bare = mark == NULL || mark > s + strcspn(s, "/?#");
	const char *url = bare ? arena_printf(a, "%s%s", scheme, s) : s;
	struct link_verdict verdict;
	bool ok = link_judge(url, LINK_WEB, a, &verdict) && bare;
	const char *cure = bare || verdict.n > 0 ? verdict.cure : url;
	for (int i = 0; ok && i < verdict.n; i++)
		ok = verdict.findings[i].rule != RULE_URL_DOMAIN && verdict.cure == NULL;
	if (!ok && cure != NULL)
		tell(cell, RULE_SHORT_ADDRESS, d,
		    arena_printf(a, _("\"%s\" is not a short address; write \"%s\""), s,
			strstr(cure, "://") + 3));
	else if (!ok)
		tell(cell, RULE_SHORT_ADDRESS, d,
		    arena_printf(a,
			_("\"%s\" is not a short address; expected one that begins with the name of a website, such as \"leuven.be/cijfers\""),
			s));
	for (int i = 0; ok && i < verdict.n; i++)
		tell(cell, verdict.findings[i].rule, d, verdict.findings[i].message);
	return ok ? arena_strdup(a, s) : NULL;
}

const char *
cell_lang(const struct cell *cell, struct arena *a, struct diag *d)
{
	const char *s = cell->text.s;
	if (s[0] == '\0' || is_spoiled(cell, a, d))
		return NULL;
	const char *lang = prose_language(a, s);
	const char *named = lang == NULL ? prose_language_named(a, s) : NULL;
	if (named != NULL)
		tell(cell, RULE_LANG_INVALID, d,
		    arena_printf(
			a, _("\"%s\" is not a language; write \"%s\""), s, named));
	else if (lang == NULL)
		tell(cell, RULE_LANG_INVALID, d,
		    arena_printf(a,
			_("\"%s\" is not a language; expected one such as \"fr\""), s));
	return lang;
}

struct card_choice
cell_card(const struct cell *cell, struct arena *a, struct diag *d)
{
	struct card_choice card = {.kind = CARD_PLAIN};
	const char *s = cell->text.s, *hash = arena_printf(a, "#%s", s);
	struct color color;
	if (s[0] == '\0' || is_spoiled(cell, a, d))
		return card;
	if (strcasecmp(s, "accent") == 0)
		card.kind = CARD_ACCENT;
	else if (color_read(s, &card.color))
		card.kind = CARD_COLOR;
	else if (color_read(hash, &color))
		tell(cell, RULE_CARD_COLOR, d,
		    arena_printf(a, _("\"%s\" is not a colour; write \"%s\""), s, hash));
	else
		tell(cell, RULE_CARD_COLOR, d,
		    arena_printf(a,
			_("\"%s\" is not a colour; expected \"accent\" or one such as \"#0b4f6c\""),
			s));
	return card;
}

/* Whether PATH stays in the folder that it is put in. */
static bool
stays_below(const char *path)
{
	if (path[0] == '/' || path[0] == '~' || strchr(path, '\\') != NULL ||
	    (path[0] != '\0' && path[1] == ':') || look_of(path) == LOOK_LINK)
		return false;
	for (const char *s = path; *s != '\0'; s += *s == '/') {
		size_t n = strcspn(s, "/");
		if (n == 2 && s[0] == '.' && s[1] == '.')
			return false;
		s += n;
	}
	return true;
}

/* The picture that a path names in its folder; another one where it names none. */
static const char *
last_part(const char *path)
{
	const char *name = path + strcspn(path, "/\\:");
	while (*name != '\0') {
		path = name + 1;
		name = path + strcspn(path, "/\\:");
	}
	return is_any(path, (const char *const[]){".png", ".jpg", ".jpeg", ".svg", NULL},
		   END)
	    ? path
	    : "gent.png";
}

const char *
cell_logo(const struct cell *cell, struct arena *a, struct diag *d)
{
	const char *s = cell->text.s, *fault = NULL;
	if (is_spoiled(cell, a, d))
		return NULL;
	if (s[0] == '\0')
		fault = _(
		    "the logo is empty; expected the name of a PNG, JPEG or SVG file in the logos folder, such as \"gent.png\"");
	else if (strpbrk(s, "\n\r\t") != NULL)
		fault = _("a line break or tab is in the file name; remove it");
	else if (!stays_below(s))
		fault = arena_printf(a,
		    _("\"%s\" is not a file in the logos folder; expected the name of one, such as \"%s\""),
		    s, last_part(s));
	else if (strlen(s) > FILE_NAME_MAX)
		fault =
		    arena_printf(a, _("the file name has %zu bytes; expected %d at most"),
			strlen(s), FILE_NAME_MAX);
	if (fault != NULL)
		tell(cell, RULE_LOGO_NAME, d, fault);
	return fault == NULL ? utf8_nfc(a, utf8_typed(a, s)) : NULL;
}
