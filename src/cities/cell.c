#include "cities/cell.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "input/encoding.h"
#include "input/prose.h"
#include "link/link.h"

enum { FILE_NAME_MAX = 255 };

void
cell_error(const struct cell *cell, struct diag *d, const char *message)
{
	diag_error(d, cell->text.at, _("row %d, column \"%s\": %s"), cell->row,
	    cell->column, message);
}

void
cell_warning(const struct cell *cell, struct diag *d, const char *message)
{
	diag_warning(d, cell->text.at, _("row %d, column \"%s\": %s"), cell->row,
	    cell->column, message);
}

/* --- spoiled by a spreadsheet ----------------------------------------------------------
 */

/* What spreadsheets show in place of a value, in English, Dutch, French and German. */
static const char *const error_values[] = {"#REF!", "#VERW!", "#BEZUG!", "#NAME?",
    "#NAAM?", "#NOM?", "#N/A", "#N/B", "#NV", "#VALUE!", "#WAARDE!", "#VALEUR!", "#WERT!",
    "#DIV/0!", "#DEEL/0!", "#NULL!", "#LEEG!", "#NUL!", "#NUM!", "#GETAL!", "#NOMBRE!",
    "#ZAHL!", "#SPILL!", "#CALC!", "#BLOCKED!", "#FIELD!", "#CONNECT!", "#UNKNOWN!"};

static bool
is_error_value(const char *s)
{
	size_t len = strlen(s);
	for (size_t i = 0; i < sizeof error_values / sizeof error_values[0]; i++) {
		if (strcmp(s, error_values[i]) == 0)
			return true;
	}
	if (strncmp(s, "Err:", 4) == 0 && s[4] != '\0' &&
	    s[4 + strspn(s + 4, "0123456789")] == '\0')
		return true;
	return len >= 3 && strspn(s, "#") == len;
}

static bool
is_spoiled(const struct cell *cell, struct arena *a, struct diag *d)
{
	const char *s = cell->text.s;
	if (is_error_value(s)) {
		cell_error(cell, d,
		    arena_printf(a,
			_("\"%s\" is an error of the spreadsheet; mend the cell there and save again"),
			s));
		return true;
	}
	if (s[0] == '=') {
		const char *formula = _(
		    "\"%s\" is a formula; write its result here (copy, then paste values only)");
		cell_error(cell, d, arena_printf(a, formula, s));
		return true;
	}
	return false;
}

static bool
has_control(const struct cell *cell, struct arena *a, struct diag *d)
{
	int32_t u;
	size_t len = strlen(cell->text.s);
	if (prose_control(cell->text.s, len, &u) == len)
		return false;
	cell_error(cell, d,
	    arena_printf(a,
		_("there is a control character (U+%04X) in this cell; take it away"),
		(unsigned)u));
	return true;
}

/* Letters that went wrong when a file was opened with another encoding than its own. */
static bool
has_lost_letters(const struct cell *cell, struct arena *a, struct diag *d)
{
	const char *s = cell->text.s;
	if (strstr(s, "\xef\xbf\xbd") != NULL) {
		cell_error(cell, d,
		    arena_printf(a, _("a letter was lost in \"%s\"; write it anew"), s));
		return true;
	}
	const char *repaired = encoding_repair(a, s);
	if (repaired != NULL)
		cell_warning(cell, d,
		    arena_printf(a,
			_("\"%s\" was opened with a wrong encoding; did you mean \"%s\"?"),
			s, repaired));
	return false;
}

bool
cell_text(const struct cell *cell, struct arena *a, struct diag *d, const char **out)
{
	*out = NULL;
	if (is_spoiled(cell, a, d) || has_control(cell, a, d) ||
	    has_lost_letters(cell, a, d))
		return false;
	const char *clean = prose_clean(a, cell->text.s);
	const char *fault = prose_too_long(a, clean);
	if (fault != NULL) {
		cell_error(cell, d, fault);
		return false;
	}
	*out = clean;
	return true;
}

/* --- links and files -------------------------------------------------------------------
 */

bool
cell_link(const struct cell *cell, struct arena *a, struct diag *d)
{
	if (cell->text.s[0] == '\0') {
		diag_report(d, RULE_URL_EMPTY, cell->text.at,
		    _("row %d, column \"%s\": %s"), cell->row, cell->column,
		    _("the link is empty; expected one such as \"https://www.gent.be/\""));
		return false;
	}
	struct link_verdict verdict;
	bool ok = link_judge(cell->text.s, LINK_WEB, a, &verdict);
	/* a formula may hold the link that was meant */
	if (!ok && verdict.cure == NULL && is_spoiled(cell, a, d))
		return false;
	for (int i = 0; i < verdict.n; i++)
		diag_report(d, verdict.findings[i].rule, cell->text.at,
		    _("row %d, column \"%s\": %s"), cell->row, cell->column,
		    verdict.findings[i].message);
	return ok;
}

static bool
leads_up(const char *path)
{
	for (const char *s = path; *s != '\0'; s += *s == '/') {
		size_t n = strcspn(s, "/");
		if (n == 2 && s[0] == '.' && s[1] == '.')
			return true;
		s += n;
	}
	return false;
}

/* The PNG file that a path names in its folder; another one where it names none. */
static const char *
last_part(const char *path)
{
	size_t name = 0, len = strlen(path);
	for (size_t i = 0; i < len; i++) {
		if (strchr("/\\:", path[i]) != NULL)
			name = i + 1;
	}
	bool is_png = len - name > 4 && strcasecmp(path + len - 4, ".png") == 0;
	return is_png ? path + name : "gent.png";
}

static const char *
file_fault(struct arena *a, const char *s)
{
	if (s[0] == '\0')
		return _(
		    "the logo is empty; expected the name of a PNG file in the logos folder, such as \"gent.png\"");
	if (link_judge(s, LINK_WEB, a, &(struct link_verdict){0}))
		return _(
		    "this is a link; expected the name of a PNG file in the logos folder, such as \"gent.png\"");
	if (strpbrk(s, "\n\r\t") != NULL)
		return _("there is a line break or tab in the file name; take it away");
	if (strchr(s, '\\') != NULL || (s[0] != '\0' && s[1] == ':'))
		return arena_printf(a,
		    _("\"%s\" is a Windows path; expected the name of a PNG file in the logos folder, such as \"%s\""),
		    s, last_part(s));
	if (s[0] == '/' || s[0] == '~')
		return arena_printf(a,
		    _("\"%s\" is a path from the root; expected the name of a PNG file in the logos folder, such as \"%s\""),
		    s, last_part(s));
	if (leads_up(s))
		return arena_printf(a,
		    _("\"%s\" leads outside the logos folder; expected the name of a PNG file in it, such as \"%s\""),
		    s, last_part(s));
	if (strlen(s) > FILE_NAME_MAX)
		return arena_printf(a,
		    _("the file name has %zu bytes; expected %d at most"), strlen(s),
		    FILE_NAME_MAX);
	return NULL;
}

bool
cell_file(const struct cell *cell, struct arena *a, struct diag *d)
{
	if (is_spoiled(cell, a, d) || has_control(cell, a, d))
		return false;
	const char *fault = file_fault(a, cell->text.s);
	if (fault != NULL)
		cell_error(cell, d, fault);
	return fault == NULL;
}
