#include "announcement/values.h"

#include <stdio.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_alpha(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

/* --- dates -----------------------------------------------------------------------------
 */

static bool
is_day(int year, int month, int day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day <= days[month - 1] + (month == 2 && leap);
}

static int
number(const char *s, size_t len)
{
	int n = 0;
	for (size_t i = 0; i < len; i++)
		n = n * 10 + (s[i] - '0');
	return n;
}

bool
value_is_date(const char *s)
{
	static const char shape[] = "0000-00-00";
	if (strlen(s) != strlen(shape))
		return false;
	for (size_t i = 0; i < strlen(shape); i++) {
		if (shape[i] == '0' ? !is_digit(s[i]) : s[i] != shape[i])
			return false;
	}
	return is_day(number(s, 4), number(s + 5, 2), number(s + 8, 2));
}

/* Up to MAX digits at *S, and what is behind them. */
static int
take_number(const char **s, size_t max)
{
	size_t n = 0;
	while (n < max && is_digit((*s)[n]))
		n++;
	int value = n > 0 ? number(*s, n) : -1;
	*s += n;
	return value;
}

const char *
value_date_hint(struct arena *a, const char *s)
{
	int parts[3];
	for (int i = 0; i < 3; i++) {
		parts[i] = take_number(&s, 4);
		if (parts[i] < 0 || (i < 2 && (*s == '\0' || strchr("/.- ", *s) == NULL)))
			return NULL;
		s += i < 2;
	}
	int year = parts[2], day = parts[0];
	if (parts[0] > 31) {
		year = parts[0];
		day = parts[2];
	}
	if (*s != '\0' || year < 1000 || !is_day(year, parts[1], day))
		return NULL;
	return arena_printf(a, "%04d-%02d-%02d", year, parts[1], day);
}

/* --- languages -------------------------------------------------------------------------
 */

/* The next subtag of a language tag. */
struct subtag {
	const char *s;
	size_t len;
	bool alpha; /* letters only; else digits too */
};

static bool
next_subtag(const char **s, struct subtag *out)
{
	*out = (struct subtag){*s, 0, true};
	while (is_alpha((*s)[out->len]) || is_digit((*s)[out->len])) {
		out->alpha &= is_alpha((*s)[out->len]);
		out->len++;
	}
	*s += out->len;
	if (out->len < 1 || out->len > 8 || (**s != '\0' && **s != '-'))
		return false;
	if (**s == '-')
		++*s;
	return **s != '\0' || (*s)[-1] != '-';
}

static bool
is_region(struct subtag tag)
{
	return (tag.len == 2 && tag.alpha) ||
	    (tag.len == 3 && is_digit(tag.s[0]) && is_digit(tag.s[1]) &&
		is_digit(tag.s[2]));
}

static bool
is_variant(struct subtag tag)
{
	return tag.len >= 5 || (tag.len == 4 && is_digit(tag.s[0]));
}

/* Extensions and private use: singletons, each with subtags behind it. */
static bool
are_extensions(const char *s, struct subtag tag)
{
	bool private = false, open = false;
	for (;;) {
		if (tag.len == 1 && !private) {
			if (open)
				return false;
			private = lower(tag.s[0]) == 'x';
			open = true;
		} else {
			open = false;
		}
		if (*s == '\0')
			return !open;
		if (!next_subtag(&s, &tag))
			return false;
	}
}

bool
value_is_language(const char *s)
{
	enum { LANGUAGE, SCRIPT, REGION, VARIANT } stage = LANGUAGE;
	struct subtag tag;
	if (!next_subtag(&s, &tag) || !tag.alpha || tag.len < 2 || tag.len == 4)
		return false;
	size_t primary = tag.len;
	for (int i = 0; *s != '\0'; i++) {
		if (!next_subtag(&s, &tag))
			return false;
		if (tag.len == 1)
			return are_extensions(s, tag);
		if (i == 0 && tag.len == 3 && tag.alpha && primary <= 3)
			continue;
		if (stage < SCRIPT && tag.len == 4 && tag.alpha)
			stage = SCRIPT;
		else if (stage < REGION && is_region(tag))
			stage = REGION;
		else if (is_variant(tag))
			stage = VARIANT;
		else
			return false;
	}
	return true;
}

/* --- colours, pages, numbers -----------------------------------------------------------
 */

static int
hex(char c)
{
	if (is_digit(c))
		return c - '0';
	c = lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
value_color(const char *s, struct color *out)
{
	size_t len = strlen(s);
	if (s[0] != '#' || (len != 4 && len != 7))
		return false;
	unsigned char rgb[3];
	for (size_t i = 0; i < 3; i++) {
		int high = hex(s[len == 4 ? 1 + i : 1 + 2 * i]);
		int low = hex(s[len == 4 ? 1 + i : 2 + 2 * i]);
		if (high < 0 || low < 0)
			return false;
		rgb[i] = (unsigned char)(high * 16 + low);
	}
	*out = (struct color){rgb[0], rgb[1], rgb[2]};
	return true;
}

static bool
word_is(const char *s, size_t len, const char *word)
{
	for (size_t i = 0; i < len; i++) {
		if (lower(s[i]) != word[i])
			return false;
	}
	return word[len] == '\0';
}

bool
value_page(const char *s, enum paper *paper, bool *landscape)
{
	static const char *const names[] = {
	    [PAPER_A4] = "a4", [PAPER_A5] = "a5", [PAPER_LETTER] = "letter"};
	size_t len = strcspn(s, " ");
	bool known = false;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (word_is(s, len, names[i])) {
			*paper = (enum paper)i;
			known = true;
		}
	}
	const char *turn = s[len] == ' ' ? s + len + 1 : "portrait";
	*landscape = word_is(turn, strlen(turn), "landscape");
	return known && (*landscape || word_is(turn, strlen(turn), "portrait"));
}

bool
value_count(const char *s, int max, int *out)
{
	long n = 0;
	if (s[0] == '\0')
		return false;
	for (; *s != '\0'; s++) {
		if (!is_digit(*s))
			return false;
		n = n * 10 + (*s - '0');
		if (n > max)
			return false;
	}
	*out = (int)n;
	return true;
}

/* --- quotes ----------------------------------------------------------------------------
 */

static int
count_char(const char *s, char c)
{
	int n = 0;
	for (; *s != '\0'; s++)
		n += *s == c;
	return n;
}

/* VALUE without the quotes around it, where they were meant to hold all of it. */
static const char *
unquoted(struct arena *a, const char *value)
{
	size_t len = strlen(value);
	if (len < 2 || (value[0] != '"' && value[0] != '\'') ||
	    value[len - 1] != value[0] || count_char(value, value[0]) % 2 == 0)
		return value;
	return arena_strndup(a, value + 1, len - 2);
}

const char *
value_quoted(struct arena *a, const char *key, const char *value)
{
	const char *plain = unquoted(a, value);
	const char *before = key != NULL ? key : "", *colon = key != NULL ? ": " : "";
	if (strpbrk(plain, "\"\\") == NULL)
		return arena_printf(a, "%s%s\"%s\"", before, colon, plain);
	char *doubled = arena_alloc(a, 2 * strlen(plain) + 1), *to = doubled;
	for (; *plain != '\0'; plain++) {
		*to++ = *plain;
		if (*plain == '\'')
			*to++ = '\'';
	}
	*to = '\0';
	return arena_printf(a, "%s%s'%s'", before, colon, doubled);
}
