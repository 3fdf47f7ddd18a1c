#include "cities/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/map.h"
#include "base/utf8.h"

/* A city's name, and how many other rows bear it in the field in hand. */
struct name {
	char *words; /* "sint niklaas" */
	int bearers, last;
};

struct rows {
	struct cities *cities;
	int *numbers;
	struct arena *a;
	struct diag *d;
	bool *told; /* that a city has what belongs to another */

	struct name *names; /* of each city */
	struct map index;   /* of cities, from 1, by "sint niklaas" and "sintniklaas" */
	int nwords;         /* of the name that has most; WORDS_MAX at most */
};

/* --- the same thing twice ----------------------------------------------------- */

/* Reports that the city AGAIN is the city FIRST. */
static void
judge_twins(const struct rows *rows, int first, int again)
{
	const struct city *one = &rows->cities->list[first];
	const struct city *other = &rows->cities->list[again];
	if (one->url.s == NULL || other->url.s == NULL)
		return;
	if (strcmp(one->url.s, other->url.s) != 0)
		diag_report(rows->d, RULE_CITY_TWICE, other->name.at,
		    _("row %d: \"%s\" is in row %d already, with another link; keep one of the two rows"),
		    rows->numbers[again], other->name.s, rows->numbers[first]);
	else
		diag_report(rows->d, RULE_CITY_REPEATED, other->name.at,
		    _("row %d: \"%s\" is in row %d already, with the same link; this row is left out"),
		    rows->numbers[again], other->name.s, rows->numbers[first]);
}

static void
drop_twins(struct rows *rows)
{
	struct cities *cities = rows->cities;
	struct map kept = {0}; /* from 1, by name */
	int n = 0;
	for (int i = 0; i < cities->n; i++) {
		const char *key = utf8_casefold(rows->a, cities->list[i].name.s);
		int64_t *first = map_at(&kept, rows->a, key);
		if (*first > 0) {
			judge_twins(rows, (int)*first - 1, i);
			continue;
		}
		cities->list[n] = cities->list[i];
		rows->numbers[n] = rows->numbers[i];
		*first = ++n;
	}
	cities->n = n;
}

static void
judge_links(const struct rows *rows)
{
	const struct city *cities = rows->cities->list;
	struct map firsts = {0}; /* from 1, by link */
	for (int other = 0; other < rows->cities->n; other++) {
		const char *url = cities[other].url.s;
		int64_t *first = url != NULL ? map_at(&firsts, rows->a, url) : NULL;
		if (first == NULL || *first == 0) {
			if (first != NULL)
				*first = other + 1;
			continue;
		}
		int one = (int)*first - 1;
		rows->told[other] = true;
		diag_report(rows->d, RULE_URL_SHARED, cities[other].url.at,
		    _("row %d: \"%s\" has the same link as \"%s\" in row %d; is that right?"),
		    rows->numbers[other], cities[other].name.s, cities[one].name.s,
		    rows->numbers[one]);
	}
}

/* --- words -------------------------------------------------------------------- */

/* S after a prefix that Dutch does not sort by: "'s-", "'s ", "'t ". */
static const char *
skip_prefix(const char *s)
{
	size_t mark = 0;
	if (s[0] == '\'' || s[0] == '`')
		mark = 1;
	else if (strncmp(s, "‘", 3) == 0 || strncmp(s, "’", 3) == 0)
		mark = 3;
	if (mark == 0 || s[mark] == '\0' || strchr("sSt", s[mark]) == NULL ||
	    (s[mark + 1] != '-' && s[mark + 1] != ' '))
		return s;
	return s + mark + 2;
}

/* The letters and digits of NAME, without case and accents, one space between words;
 * whether an apostrophe JOINS what is around it. */
static char *
words_of(struct arena *a, const char *name, bool joins)
{
	/* letters that Unicode does not take apart, each with its plain spelling */
	static const char spelt[] = "æae œoe øo łl đd ðd þth ħh ıi ";
	const char *s = utf8_fold(a, skip_prefix(name));
	size_t len = strlen(s), n = 0;
	char *words = arena_strdup(a, s);
	for (size_t i = 0, step; i < len; i += step) {
		int32_t u;
		step = utf8_decode(s + i, len - i, &u);
		if (utf8_category(u)[0] == 'L' || (u >= '0' && u <= '9')) {
			const char *plain = NULL;
			if (step > 1)
				plain = strstr(spelt, arena_strndup(a, s + i, step));
			const char *letter = plain != NULL ? plain + step : s + i;
			size_t bytes = plain != NULL ? strcspn(letter, " ") : step;
			memcpy(words + n, letter, bytes);
			n += bytes;
		} else if (joins && (u == '\'' || u == 0x2018 || u == 0x2019)) {
			continue;
		} else if (n > 0 && words[n - 1] != ' ') {
			words[n++] = ' ';
		}
	}
	n -= n > 0 && words[n - 1] == ' ';
	words[n] = '\0';
	return words;
}

char *
rows_key(struct arena *a, const char *name)
{
	return words_of(a, name, true);
}

/* WORDS without the spaces between them. */
static char *
join(struct arena *a, const char *words)
{
	char *joined = arena_strdup(a, words);
	size_t n = 0;
	for (const char *s = words; *s != '\0'; s++)
		if (*s != ' ')
			joined[n++] = *s;
	joined[n] = '\0';
	return joined;
}

/* Whether PART is in WORDS, as whole words. */
static bool
has_words(const char *words, const char *part)
{
	size_t len = strlen(part);
	for (const char *s = words; len > 0 && (s = strstr(s, part)) != NULL; s++)
		if ((s == words || s[-1] == ' ') && (s[len] == '\0' || s[len] == ' '))
			return true;
	return false;
}

/* --- rows that are mixed up --------------------------------------------------- */

enum {
	LIKELY = 4, /* letters that are hardly in a word by chance */
	WORDS_MAX = 8
};

enum field { FIELD_URL, FIELD_LOGO, FIELD_ALT, FIELD_SHORT, FIELD_COUNT };

static const struct text *
field_of(const struct city *city, enum field field)
{
	return field == FIELD_URL ? &city->url
	    : field == FIELD_LOGO ? &city->logo
	    : field == FIELD_ALT  ? &city->alt
				  : &city->brief;
}

/* The length of the words that all N NAMES begin with, as "gemeente " or "ville de ". */
static size_t
shared_len(const struct name *names, size_t n)
{
	size_t len = n > 1 ? strlen(names[0].words) : 0;
	for (size_t i = 0; i < n; i++)
		while (len > 0 &&
		    (names[0].words[len - 1] != ' ' ||
			strncmp(names[i].words, names[0].words, len) != 0))
			len--;
	return len;
}

static void
collect_names(struct rows *rows)
{
	size_t n = (size_t)rows->cities->n;
	rows->names = arena_alloc(rows->a, n * sizeof *rows->names);
	for (size_t i = 0; i < n; i++)
		rows->names[i].words =
		    words_of(rows->a, rows->cities->list[i].name.s, false);
	size_t shared = shared_len(rows->names, n);
	for (size_t i = 0; i < n; i++) {
		char *words = rows->names[i].words + shared;
		int nwords = 1;
		for (const char *s = words; nwords < WORDS_MAX && *s != '\0'; s++)
			nwords += *s == ' ';
		rows->nwords = nwords > rows->nwords ? nwords : rows->nwords;
		rows->names[i].words = words;
		const char *const keys[] = {words, join(rows->a, words),
		    rows_key(rows->a, rows->cities->list[i].name.s)};
		for (int j = 0; j < 3; j++) {
			int64_t *index = map_at(&rows->index, rows->a, keys[j]);
			*index = *index > 0 ? *index : (int64_t)i + 1;
		}
	}
}

/* The city whose name the words at *AT begin with; -1: none.  *AT goes on to the word
 * after it.  The words are in the end as they were. */
static int
city_at(const struct rows *rows, char **at)
{
	int found = -1;
	char *words = *at, *end = words;
	*at += strcspn(words, " ");
	for (int n = 0; n < rows->nwords && *end != '\0'; n++) {
		end += 1 + strcspn(end + 1, " ");
		char next = *end;
		*end = '\0';
		int index = (int)map_find(&rows->index, words);
		*end = next;
		if (index > 0) {
			found = index - 1;
			*at = end;
		}
	}
	*at += **at == ' ';
	return found;
}

/* The next city that the words at *AT name, other than CITY and what is a part of its
 * name; -1: there is none.  *AT goes on. */
static int
next_other(const struct rows *rows, int city, char **at)
{
	while (**at != '\0') {
		int found = city_at(rows, at);
		if (found >= 0 && found != city &&
		    !has_words(rows->names[city].words, rows->names[found].words))
			return found;
	}
	return -1;
}

/* The words of FIELD of CITY; none where they name that city, also within a word. */
static char *
foreign_words(const struct rows *rows, int city, enum field field)
{
	const char *own = rows->names[city].words, *joined = join(rows->a, own);
	const char *s = field_of(&rows->cities->list[city], field)->s;
	char *words = words_of(rows->a, s != NULL ? s : "", false);
	if (has_words(words, own) ||
	    (strlen(joined) >= LIKELY && strstr(join(rows->a, words), joined) != NULL))
		*words = '\0';
	return words;
}

/* Whether ALT speaks of NAME, spelt just so and not as its first word: "Peer", "Lier" and
 * "Halle" are words as well. */
static bool
is_described(const char *alt, const char *name)
{
	const char *found = strstr(alt, name);
	return found != NULL && (found > alt || strcmp(alt, name) == 0);
}

/* Reports that FIELD of CITY names OTHER, unless other rows do, too: then the name is a
 * part of what all rows have. */
static bool
tell_mixed(const struct rows *rows, int city, int other, enum field field)
{
	const struct city *cities = rows->cities->list;
	const struct text *cell = field_of(&cities[city], field);
	const char *name = cities[other].name.s;
	if (rows->names[other].bearers > 1 ||
	    (field == FIELD_ALT && !is_described(cell->s, name)))
		return false;
	diag_report(rows->d, RULE_ROW_MIXED, cell->at,
	    _("row %d: \"%s\" seems to belong to \"%s\" in row %d, not to \"%s\"; put it in the right row"),
	    rows->numbers[city], cell->s, name, rows->numbers[other],
	    cities[city].name.s);
	return true;
}

/* Looks in FIELD of all cities for other cities' names. */
static void
judge_field(const struct rows *rows, enum field field)
{
	int n = rows->cities->n, other;
	char **words = arena_alloc(rows->a, (size_t)n * sizeof *words);
	for (int i = 0; i < n; i++) {
		words[i] = foreign_words(rows, i, field);
		rows->names[i].bearers = rows->names[i].last = 0;
	}
	for (int i = 0; i < n; i++)
		for (char *at = words[i]; (other = next_other(rows, i, &at)) >= 0;) {
			struct name *name = &rows->names[other];
			name->bearers += name->last != i + 1;
			name->last = i + 1;
		}
	for (int i = 0; i < n; i++)
		for (char *at = words[i];
		     !rows->told[i] && (other = next_other(rows, i, &at)) >= 0;)
			rows->told[i] = tell_mixed(rows, i, other, field);
}

/* --- links that count up ------------------------------------------------------ */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* By how much a number in Y is higher than that in X, which is the same text otherwise;
 * 0: it is not.  *AT is where the number begins. */
static unsigned long long
rise(const char *x, const char *y, size_t *at)
{
	size_t i = 0;
	while (x[i] == y[i] && x[i] != '\0')
		i++;
	while (i > 0 && is_digit(x[i - 1]))
		i--;
	if (!is_digit(x[i]) || !is_digit(y[i]))
		return 0;
	char *x_end, *y_end;
	unsigned long long low = strtoull(x + i, &x_end, 10);
	unsigned long long high = strtoull(y + i, &y_end, 10);
	*at = i;
	return strcmp(x_end, y_end) == 0 && high > low ? high - low : 0;
}

/* Whether numbers in the links tell an order: one or the other rises by more than one,
 * and none falls.  Official codes in their own order do. */
static bool
are_codes(const struct cities *cities)
{
	int jumps = 0, falls = 0;
	for (int i = 1; i < cities->n; i++) {
		const char *x = cities->list[i - 1].url.s, *y = cities->list[i].url.s;
		size_t at;
		jumps += x != NULL && y != NULL && rise(x, y, &at) > 1;
		falls += x != NULL && y != NULL && rise(y, x, &at) > 0;
	}
	return jumps > 2 && falls == 0;
}

/* Whether the link of the city after CITY counts up from its link, and not its name. */
static bool
city_counts_up(const struct city *city, size_t *at)
{
	return city[0].url.s != NULL && city[1].url.s != NULL &&
	    rise(city[0].name.s, city[1].name.s, at) != 1 &&
	    rise(city[0].url.s, city[1].url.s, at) == 1;
}

/* Reports links of three successive rows or more that count up at the same place. */
static void
judge_counting(const struct rows *rows)
{
	const struct city *cities = rows->cities->list;
	int first = 0;
	size_t place = 0;
	if (are_codes(rows->cities))
		return;
	for (int i = 1; i <= rows->cities->n; i++) {
		size_t at = 0;
		bool counts = i < rows->cities->n && city_counts_up(&cities[i - 1], &at);
		if (counts && (first == i - 1 || at == place)) {
			place = at;
			continue;
		}
		if (i - first >= 3)
			diag_report(rows->d, RULE_ROW_MIXED, cities[first].url.at,
			    _("row %d: the links from here to row %d differ by a number that counts up; write each city's own link"),
			    rows->numbers[first], rows->numbers[i - 1]);
		first = counts ? i - 1 : i;
		place = at;
	}
}

/* --- alphabetical order ------------------------------------------------------- */

static void
judge_order(const struct rows *rows)
{
	const struct city *cities = rows->cities->list;
	const char *before = "";
	for (int i = 0; i < rows->cities->n; i++) {
		const char *key = rows_key(rows->a, cities[i].name.s);
		if (strcmp(before, key) > 0) {
			diag_report(rows->d, RULE_CITY_ORDER, cities[i].name.at,
			    _("the list is not in alphabetical order: \"%s\" is after \"%s\"; the brochure keeps this order"),
			    cities[i].name.s, cities[i - 1].name.s);
			return;
		}
		before = key;
	}
}

void
rows_check(struct cities *cities, int *numbers, struct diag *d)
{
	struct arena scratch = {0};
	struct rows rows = {.cities = cities, .a = &scratch, .d = d};
	rows.numbers = numbers;
	rows.told = arena_alloc(&scratch, (size_t)cities->n * sizeof *rows.told);
	drop_twins(&rows);
	judge_links(&rows);
	collect_names(&rows);
	for (enum field field = 0; field < FIELD_COUNT; field++)
		judge_field(&rows, field);
	judge_counting(&rows);
	judge_order(&rows);
	arena_free(&scratch);
}
