#include "cities/neighbours.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

/* A city under the key it is compared by. */
struct entry {
	const char *key;
	int index;
};

static int
entry_compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* --- the same city twice ---------------------------------------------------------------
 */

static bool
judge_twins(struct neighbours list, int first, int again, struct diag *d)
{
	const struct city *one = &list.cities->list[first];
	const struct city *other = &list.cities->list[again];
	if (one->url.s == NULL || other->url.s == NULL)
		return true;
	if (strcmp(one->url.s, other->url.s) != 0) {
		diag_error(d, other->name.at,
		    _("row %d: \"%s\" stands in row %d already, with another link; keep one of the two rows"),
		    list.rows[again], other->name.s, list.rows[first]);
		return false;
	}
	diag_warning(d, other->name.at,
	    _("row %d: \"%s\" stands in row %d already, with the same link; this row is left out"),
	    list.rows[again], other->name.s, list.rows[first]);
	return true;
}

static bool
drop_twins(struct neighbours list, struct entry *entries, struct arena *a, struct diag *d)
{
	struct cities *cities = list.cities;
	bool ok = true;
	bool *drop = arena_alloc(a, (size_t)cities->n * sizeof *drop);
	for (int i = 0; i < cities->n; i++)
		entries[i] = (struct entry){utf8_casefold(a, cities->list[i].name.s), i};
	qsort(entries, (size_t)cities->n, sizeof *entries, entry_compare);
	for (int i = 1, first = 0; i < cities->n; i++) {
		if (strcmp(entries[i].key, entries[first].key) != 0) {
			first = i;
			continue;
		}
		drop[entries[i].index] = true;
		ok &= judge_twins(list, entries[first].index, entries[i].index, d);
	}
	int kept = 0;
	for (int i = 0; i < cities->n; i++) {
		if (drop[i])
			continue;
		cities->list[kept] = cities->list[i];
		list.rows[kept++] = list.rows[i];
	}
	cities->n = kept;
	return ok;
}

/* --- one link for two cities -----------------------------------------------------------
 */

static void
judge_links(struct neighbours list, struct entry *entries, struct diag *d)
{
	const struct city *cities = list.cities->list;
	int n = 0;
	for (int i = 0; i < list.cities->n; i++) {
		if (cities[i].url.s != NULL)
			entries[n++] = (struct entry){cities[i].url.s, i};
	}
	qsort(entries, (size_t)n, sizeof *entries, entry_compare);
	for (int i = 1, first = 0; i < n; i++) {
		if (strcmp(entries[i].key, entries[first].key) != 0) {
			first = i;
			continue;
		}
		int one = entries[first].index, other = entries[i].index;
		diag_warning(d, cities[other].url.at,
		    _("row %d: \"%s\" has the same link as \"%s\" in row %d; is that right?"),
		    list.rows[other], cities[other].name.s, cities[one].name.s,
		    list.rows[one]);
	}
}

/* --- one logo for two cities -----------------------------------------------------------
 */

static bool
have_same_link(const struct city *x, const struct city *y)
{
	return x->url.s != NULL && y->url.s != NULL && strcmp(x->url.s, y->url.s) == 0;
}

/* Whether the file LOGO, such as "sint-niklaas.png", is called after the city NAME. */
static bool
is_called_after(struct arena *a, const char *logo, const char *name)
{
	const char *start = strrchr(logo, '/') != NULL ? strrchr(logo, '/') + 1 : logo;
	const char *end = strrchr(start, '.');
	size_t len = end != NULL ? (size_t)(end - start) : strlen(start);
	const char *stem = neighbours_key(a, arena_strndup(a, start, len));
	return strcmp(stem, neighbours_key(a, name)) == 0;
}

/* Notes the city that has the logo of the other one. */
static void
judge_pair(struct neighbours list, const int pair[2], struct arena *a, struct diag *d)
{
	const struct city *cities = list.cities->list;
	const char *logo = cities[pair[0]].logo.s;
	if (have_same_link(&cities[pair[0]], &cities[pair[1]]))
		return;
	for (int i = 0; i < 2; i++) {
		int owner = pair[i], other = pair[1 - i];
		if (!is_called_after(a, logo, cities[owner].name.s))
			continue;
		diag_note(d, cities[other].logo.at,
		    _("row %d: \"%s\" has the same logo as \"%s\" in row %d; is that right?"),
		    list.rows[other], cities[other].name.s, cities[owner].name.s,
		    list.rows[owner]);
		return;
	}
}

/* A logo that three cities have was put there on purpose; cities of one link are told
 * already. */
static void
judge_logos(
    struct neighbours list, struct entry *entries, struct arena *a, struct diag *d)
{
	const struct city *cities = list.cities->list;
	int n = 0;
	for (int i = 0; i < list.cities->n; i++) {
		if (cities[i].logo.s != NULL)
			entries[n++] = (struct entry){cities[i].logo.s, i};
	}
	qsort(entries, (size_t)n, sizeof *entries, entry_compare);
	for (int i = 0, next; i < n; i = next) {
		for (next = i + 1;
		     next < n && strcmp(entries[next].key, entries[i].key) == 0;)
			next++;
		if (next - i == 2)
			judge_pair(list,
			    (const int[]){entries[i].index, entries[i + 1].index}, a, d);
	}
}

/* --- the description of another city's logo --------------------------------------------
 */

static int
entry_compare_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	return strcmp(x->key, y->key);
}

/* The one of the N ENTRIES whose logo ALT says to be, and nothing more; NULL: none is. */
static const struct entry *
named_alone(const char *alt, const struct entry *entries, size_t n)
{
	static const char *const starts[] = {
	    "", "logo ", "logo van ", "logo van de stad ", "logo de "};
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		size_t len = strlen(starts[i]);
		struct entry wanted = {.key = alt + len};
		const struct entry *found = strncmp(alt, starts[i], len) == 0
		    ? bsearch(&wanted, entries, n, sizeof *entries, entry_compare_key)
		    : NULL;
		if (found != NULL)
			return found;
	}
	return NULL;
}

static void
judge_alts(struct neighbours list, struct entry *entries, struct arena *a, struct diag *d)
{
	const struct city *cities = list.cities->list;
	size_t n = (size_t)list.cities->n;
	for (size_t i = 0; i < n; i++)
		entries[i] = (struct entry){utf8_fold(a, cities[i].name.s), (int)i};
	qsort(entries, n, sizeof *entries, entry_compare);
	for (size_t i = 0; i < n; i++) {
		const struct city *city = &cities[i];
		if (city->alt.s == NULL)
			continue;
		const char *alt = utf8_fold(a, city->alt.s);
		const char *own = utf8_fold(a, city->name.s);
		const struct entry *other = named_alone(alt, entries, n);
		if (other != NULL && strstr(alt, own) == NULL &&
		    strstr(own, other->key) == NULL)
			diag_warning(d, city->alt.at,
			    _("row %d: \"%s\" describes the logo of another city than \"%s\"; mend it, or leave the cell empty"),
			    list.rows[i], city->alt.s, city->name.s);
	}
}

/* --- alphabetical order ----------------------------------------------------------------
 */

/* S behind a prefix that Dutch does not sort by: "'s-", "'s ", "'t ". */
static const char *
skip_prefix(const char *s)
{
	size_t mark = 0;
	if (s[0] == '\'' || s[0] == '`')
		mark = 1;
	else if (strncmp(s, "‘", 3) == 0 || strncmp(s, "’", 3) == 0)
		mark = 3;
	if (mark == 0 || strchr("sSt", s[mark]) == NULL || s[mark] == '\0' ||
	    (s[mark + 1] != '-' && s[mark + 1] != ' '))
		return s;
	return s + mark + 2;
}

const char *
neighbours_key(struct arena *a, const char *name)
{
	const char *folded = utf8_fold(a, skip_prefix(name));
	char *key = arena_strdup(a, folded);
	size_t n = 0;
	for (; *folded != '\0'; folded++) {
		char c = *folded;
		bool letter = c < 0 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (letter)
			key[n++] = c;
		else if ((c == ' ' || c == '-' || c == '/') && n > 0 && key[n - 1] != ' ')
			key[n++] = ' ';
	}
	key[n] = '\0';
	return key;
}

static void
judge_order(const struct cities *cities, struct arena *a, struct diag *d)
{
	const char *before = NULL;
	for (int i = 0; i < cities->n; i++) {
		const char *key = neighbours_key(a, cities->list[i].name.s);
		if (before != NULL && strcmp(before, key) > 0) {
			diag_note(d, cities->list[i].name.at,
			    _("the list is not in alphabetical order: \"%s\" stands behind \"%s\"; the brochure keeps this order"),
			    cities->list[i].name.s, cities->list[i - 1].name.s);
			return;
		}
		before = key;
	}
}

bool
neighbours_check(struct neighbours list, struct diag *d)
{
	size_t n = (size_t)list.cities->n;
	if (n == 0)
		return true;
	struct arena scratch = {0};
	struct entry *entries = arena_alloc(&scratch, n * sizeof *entries);
	bool ok = drop_twins(list, entries, &scratch, d);
	judge_links(list, entries, d);
	judge_logos(list, entries, &scratch, d);
	judge_alts(list, entries, &scratch, d);
	judge_order(list.cities, &scratch, d);
	arena_free(&scratch);
	return ok;
}
