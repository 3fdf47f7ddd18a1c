#include "cities/dialect.h"

#include <string.h>

#include "cities/column_names.h"

enum { LINES_MAX = 10, NAME_MAX_LEN = 40 };

static const char separators[] = {',', ';', '\t'};

static size_t
line_len(const char *s, size_t len)
{
	size_t n = 0;
	while (n < len && s[n] != '\n' && s[n] != '\r')
		n++;
	return n;
}

static size_t
line_end_len(const char *s, size_t len)
{
	if (len >= 2 && s[0] == '\r' && s[1] == '\n')
		return 2;
	return len > 0 ? 1 : 0;
}

/* The separator of a line "sep=;", quoted or not, separators behind it ignored; 0: LINE
 * is no such line. */
static char
named_separator(const char *line, size_t len)
{
	if (len > 0 && line[0] == '"') {
		line++;
		len--;
	}
	if (len < 5 || (strncmp(line, "sep=", 4) != 0 && strncmp(line, "SEP=", 4) != 0))
		return 0;
	char separator = line[4];
	if (strchr(",;\t|:", separator) == NULL)
		return 0;
	for (size_t i = 5; i < len; i++) {
		if (line[i] != separator && line[i] != '"' && line[i] != ' ')
			return 0;
	}
	return separator;
}

static int
is_column_name(const char *s, size_t len)
{
	char name[NAME_MAX_LEN + 1];
	while (len > 0 && (*s == ' ' || *s == '"')) {
		s++;
		len--;
	}
	while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '"'))
		len--;
	if (len > NAME_MAX_LEN)
		return 0;
	memcpy(name, s, len);
	name[len] = '\0';
	return column_named(name) != COLUMN_COUNT;
}

static int
count_names(const char *line, size_t len, char separator)
{
	int n = 0;
	size_t start = 0;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && line[i] != separator)
			continue;
		n += is_column_name(line + start, i - start);
		start = i + 1;
	}
	return n;
}

static int
count_unquoted(const char *line, size_t len, char separator)
{
	int n = 0;
	bool quoted = false;
	for (size_t i = 0; i < len; i++) {
		if (line[i] == '"')
			quoted = !quoted;
		n += line[i] == separator && !quoted;
	}
	return n;
}

/* The separator that COUNT finds most of; 0: none at all. */
static char
best_separator(const char *line, size_t len, int (*count)(const char *, size_t, char))
{
	char best = 0;
	int most = 0;
	for (size_t i = 0; i < sizeof separators; i++) {
		int n = count(line, len, separators[i]);
		if (n > most) {
			most = n;
			best = separators[i];
		}
	}
	return best;
}

/* A header names two columns at least; one name says nothing about what is between. */
static int
count_header(const char *line, size_t len, char separator)
{
	int n = count_names(line, len, separator);
	return n >= 2 ? n : 0;
}

struct csv_input
dialect_guess(const struct source *source)
{
	struct csv_input input = {.source = source};
	const char *s = source->bytes;
	size_t len = source->len;
	size_t first = line_len(s, len);
	input.separator = named_separator(s, first);
	if (input.separator != 0) {
		input.skip = first + line_end_len(s + first, len - first);
		return input;
	}
	char fallback = 0;
	size_t start = 0;
	for (int i = 0; i < LINES_MAX && start < len && input.separator == 0; i++) {
		size_t n = line_len(s + start, len - start);
		input.separator = best_separator(s + start, n, count_header);
		if (fallback == 0)
			fallback = best_separator(s + start, n, count_unquoted);
		start += n;
		start += line_end_len(s + start, len - start);
	}
	if (input.separator == 0)
		input.separator = fallback != 0 ? fallback : ',';
	return input;
}
