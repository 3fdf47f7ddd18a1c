#include "cities/header.h"

#include <string.h>

#include "base/i18n.h"
#include "base/spelling.h"
#include "base/utf8.h"
#include "cities/cell.h"

/* --- names of columns --------------------------------------------------------- */

enum { NAMES_MAX = 16 };

/* The first one is proposed where a column is missing. */
static const char *const clear[COLUMN_COUNT][NAMES_MAX] = {
    {"city", "stad", "ville", "gemeente", "commune", "stadt", "gemeinde", "kommune"},
    {"url", "website", "link", "lien", "webseite", "internetseite", "homepage"},
    {"logo"},
    {"alt", "omschrijving", "beschrijving", "description", "beschreibung"},
    {"short", "kort", "court", "kurz"},
    {"card", "kaart", "carte", "karte"},
    {"lang", "taal", "langue", "sprache"},
};

/* Names that have to be replaced by that. */
static const char *const unclear[COLUMN_COUNT][NAMES_MAX] = {
    {"naam", "name", "nom", "plaats", "ort", "stadtname"},
    {"weblink", "webadres", "adres", "adresse", "address", "site", "webadresse",
	"internetadresse", "verknüpfung"},
    {"bestand", "bestandsnaam", "afbeelding", "fichier", "image", "file", "filename",
	"datei", "dateiname", "bild", "bilddatei"},
    {"alternatieve tekst", "alt-tekst", "alttekst", "alternative text", "alt text",
	"texte alternatif", "alternativtext", "alt-text", "bildbeschreibung"},
    {"short url", "short address", "kort adres", "korte link", "adresse courte",
	"lien court", "kurzadresse", "kurzlink"},
    {"kleur", "color", "colour", "couleur", "farbe", "background", "achtergrond", "fond",
	"hintergrund"},
    {"language", "taalcode", "code langue"},
};

/* Whether the LEN bytes at S are NAME, in any case of ASCII letters and every locale, but
 * for what nobody sees. */
static bool
is_name(const char *s, size_t len, const char *name)
{
	int32_t u;
	for (size_t i = 0, end; i < len; i = end) {
		end = i + utf8_decode(s + i, len - i, &u);
		for (i = u > 0x7f && utf8_is_blank(u) ? end : i; i < end; i++, name++)
			if (*name == '\0' ||
			    (s[i] != *name &&
				(s[i] < 'A' || s[i] + ('a' - 'A') != *name)))
				return false;
	}
	return *name == '\0';
}

/* The column that the LEN bytes at S are one of the NAMES of; COLUMN_COUNT: none. */
static enum column
column_of(const char *const (*names)[NAMES_MAX], const char *s, size_t len)
{
	enum column column = 0;
	for (; column < COLUMN_COUNT; column++)
		for (int i = 0; i < NAMES_MAX && names[column][i] != NULL; i++)
			if (is_name(s, len, names[column][i]))
				return column;
	return column;
}

static enum column
column_at(const char *const (*names)[NAMES_MAX], const struct csv_row *row, int i)
{
	const char *s = row->cells[i].text.s;
	return column_of(names, s, strlen(s));
}

static bool
is_known(const struct csv_row *row, int i)
{
	return column_at(clear, row, i) != COLUMN_COUNT ||
	    column_at(unclear, row, i) != COLUMN_COUNT;
}

static int
count_names(const struct csv_row *row)
{
	int n = 0;
	for (int i = 0; i < row->n; i++)
		n += is_known(row, i);
	return n;
}

/* --- what is between the cells ------------------------------------------------ */

enum { LINES_MAX = 10, NAMED = 1 << 20 };

/* How well SEPARATOR splits LINE: NAMED for each name of a column, where that makes two,
 * else 1 for each separator outside quotes. */
static int
score(const char *line, size_t len, char separator)
{
	int named = 0, separators = 0;
	bool quoted = false;
	for (size_t i = 0, start = 0; i <= len; i++) {
		quoted ^= i < len && line[i] == '"';
		if (i < len && (line[i] != separator || quoted))
			continue;
		size_t end = i;
		for (; start < end && strchr(" \"", line[start]) != NULL; start++)
			;
		for (; start < end && strchr(" \"", line[end - 1]) != NULL; end--)
			;
		named += column_of(clear, line + start, end - start) != COLUMN_COUNT;
		separators += i < len && separators < NAMED - 1;
		start = i + 1;
	}
	return named >= 2 ? named * NAMED : separators;
}

char
header_separator(const struct source *source)
{
	char found = '\0';
	const char *line = source->bytes;
	for (int i = 0; i < LINES_MAX && *line != '\0'; i++) {
		size_t len = strcspn(line, "\r\n");
		int most = found == '\0' ? 0 : NAMED;
		for (const char *c = ",;\t"; *c != '\0'; c++) {
			int n = score(line, len, *c);
			if (n > most) {
				found = *c;
				most = n;
			}
		}
		if (most > NAMED)
			return found;
		line += len;
		line += line[0] == '\r' && line[1] == '\n' ? 2 : *line != '\0';
	}
	return found != '\0' ? found : ',';
}

/* --- the row that is the header ----------------------------------------------- */

/* The index of the row that names most columns, from two on; else of the first one that
 * names one; -1: none does. */
static int
find_row(const struct csv_table *table)
{
	int one = -1;
	for (int i = 0; i < table->n; i++) {
		int n = count_names(&table->rows[i]);
		if (n >= 2)
			return i;
		if (n == 1 && one < 0 && table->rows[i].width > 1)
			one = i;
	}
	return one;
}

static void
report_no_header(const struct csv_row *first, struct diag *d)
{
	if (first->broken)
		return; /* its fault is told, and may have cost the header */
	if (first->n == 1 && strpbrk(first->cells[0].text.s, ",;|\t") != NULL)
		diag_report(d, RULE_HEADER_MISSING, first->at,
		    _("everything is in one column; save the file as CSV again, with \",\" or \";\" between the columns and no quotes around whole rows"));
	else
		diag_report(d, RULE_HEADER_MISSING, first->at,
		    _("the header is missing; expected a first row with the names of the columns: city, url, logo, alt"));
}

static bool
has_link(const struct csv_row *row)
{
	for (int i = 0; i < row->n; i++)
		if (look_of(row->cells[i].text.s) == LOOK_LINK)
			return true;
	return false;
}

static void
judge_rows_above(const struct csv_table *table, int header, struct diag *d)
{
	const struct csv_row *row = &table->rows[header];
	for (int i = 0; i < header; i++) {
		if (!has_link(&table->rows[i]))
			continue;
		diag_report(d, RULE_HEADER_MISSING, row->at,
		    _("the header is in row %d, below cities; move it to the top"),
		    row->number);
		return;
	}
	if (header > 0)
		diag_report(d, RULE_HEADER_LOW, table->rows[0].at,
		    _("the header is in row %d; remove the rows above it, which are left out"),
		    row->number);
}

/* --- what its columns mean ---------------------------------------------------- */

/* Takes the columns for what NAMES say.  False: two of them mean the same; reported. */
static bool
take_columns(const char *const (*names)[NAMES_MAX], struct header *header, struct diag *d)
{
	bool ok = true;
	for (int i = 0; i < header->row->n; i++) {
		struct text cell = header->row->cells[i].text;
		enum column column = column_at(names, header->row, i);
		if (column == COLUMN_COUNT)
			continue;
		if (header->index[column] < 0) {
			if (names == unclear)
				diag_report(d, RULE_COLUMN_UNKNOWN, cell.at,
				    _("unknown column \"%s\"; did you mean \"%s\"?"),
				    cell.s, clear[column][0]);
			header->index[column] = i;
			header->name[column] = cell.s;
		} else if (names == clear) {
			diag_report(d, RULE_COLUMN_TWICE, cell.at,
			    _("the columns \"%s\" and \"%s\" mean the same; remove or rename one; expected: city, url, logo, alt"),
			    header->name[column], cell.s);
			ok = false;
		}
	}
	return ok;
}

/* Whether the columns that have to be there are; else that is reported, once for all of
 * them, at the first name that is not known. */
static bool
has_columns(const struct header *header, struct diag *d)
{
	const struct csv_row *row = header->row;
	const char *missing[COLUMN_ALT];
	int n = 0, i = 0;
	for (enum column column = 0; column < COLUMN_ALT; column++)
		if (header->index[column] < 0)
			missing[n++] = clear[column][0];
	if (n == 0 || row->broken)
		return n == 0;
	int width = row->width < row->n ? row->width : row->n;
	while (i < width && is_known(row, i))
		i++;
	struct text cell = i < width ? row->cells[i].text : (struct text){"", row->at};
	struct arena scratch = {0};
	const char *list = spelling_join(&scratch, missing, n);
	if (cell.s[0] != '\0')
		diag_report(d, RULE_COLUMN_MISSING, cell.at,
		    _("unknown column \"%s\", and no column for %s; expected: city, url, logo, alt"),
		    cell.s, list);
	else
		diag_report(d, RULE_COLUMN_MISSING, cell.at,
		    _("no column for %s; expected: city, url, logo, alt"), list);
	arena_free(&scratch);
	return false;
}

static void
judge_unused(const struct header *header, struct diag *d)
{
	const struct csv_row *row = header->row;
	for (int i = 0; i < row->n && i < row->width; i++) {
		struct text cell = row->cells[i].text;
		enum column used = 0;
		while (used < COLUMN_COUNT && header->index[used] != i)
			used++;
		if (used < COLUMN_COUNT)
			continue;
		if (cell.s[0] != '\0')
			diag_report(d, RULE_COLUMN_UNUSED, cell.at,
			    _("the column \"%s\" is not used"), cell.s);
		else
			diag_report(d, RULE_COLUMN_UNUSED, cell.at,
			    _("column %d has no name and is not used"), i + 1);
	}
}

/* Whether from two rows on, all have in COLUMN what belongs to another; reported. */
static bool
is_swapped(const struct csv_table *table, const struct header *header, enum column column,
    struct diag *d)
{
	int i = header->index[column], n = 0;
	for (int r = header->first; i >= 0 && r < table->n; r++) {
		const struct csv_row *row = &table->rows[r];
		if (i >= row->n || row->broken)
			continue;
		enum look look = look_of(row->cells[i].text.s);
		if ((look != LOOK_LINK || column == COLUMN_URL ||
			column == COLUMN_SHORT) &&
		    (look != LOOK_FILE || column == COLUMN_LOGO))
			return false;
		n++;
	}
	if (n >= 2)
		diag_report(d, RULE_COLUMN_SWAPPED, header->row->at,
		    _("no cell in the column \"%s\" fits that name; put each name above its own cells"),
		    header->name[column]);
	return n >= 2;
}

bool
header_find(const struct csv_table *table, struct diag *d, struct header *out)
{
	int row = find_row(table);
	if (row < 0) {
		report_no_header(&table->rows[0], d);
		return false;
	}
	*out = (struct header){.row = &table->rows[row], .first = row + 1};
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		out->index[column] = -1;
		out->name[column] = clear[column][0];
	}
	judge_rows_above(table, row, d);
	if (out->row->width > CSV_COLUMNS_MAX)
		diag_report(d, RULE_CSV_LIMIT, out->row->at,
		    _("the header has %d columns; expected %d at most"), out->row->width,
		    CSV_COLUMNS_MAX);
	/* a column that is there twice may be the one that is missing */
	if (!take_columns(clear, out, d) || !take_columns(unclear, out, d) ||
	    !has_columns(out, d))
		return false;
	for (enum column column = 0; column < COLUMN_COUNT; column++)
		if (is_swapped(table, out, column, d))
			return false;
	judge_unused(out, d);
	return true;
}

bool
header_again(const struct header *header, const struct csv_row *row)
{
	if (count_names(row) < 2)
		return false;
	for (int i = 0; i < row->n && i < header->row->n; i++)
		if (column_at(clear, row, i) != column_at(clear, header->row, i))
			return false;
	return true;
}
