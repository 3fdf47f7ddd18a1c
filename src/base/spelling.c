#include "base/spelling.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/utf8.h"

enum { WORD_MAX = 64, DISTANCE_MAX = 3 };

static int
min(int a, int b)
{
	return a < b ? a : b;
}

struct word {
	int32_t c[WORD_MAX]; /* case-folded; -1 marks what is not UTF-8 */
	int n;
	int stem; /* characters before the ending of a file's name */
};

/* As many characters as there is room for. */
static struct word
word_of(struct arena *a, const char *text)
{
	struct word word = {.stem = -1};
	if (utf8_valid(text, strlen(text)) == strlen(text))
		text = utf8_casefold(a, text);
	size_t len = strlen(text);
	for (size_t i = 0; i < len && word.n < WORD_MAX; word.n++) {
		if (text[i] == '.' && word.n > 0)
			word.stem = word.n;
		i += utf8_decode(text + i, len - i, &word.c[word.n]);
	}
	if (word.stem < 0)
		word.stem = word.n;
	return word;
}

/* Optimal string alignment: insertions, deletions, changes and swaps of neighbours.  What
 * is more than MOST may be any number that is. */
static int
distance(const struct word *x, const struct word *y, int most)
{
	if (abs(x->n - y->n) > most)
		return most + 1;
	int rows[3][WORD_MAX + 1];
	for (int j = 0; j <= y->n; j++)
		rows[0][j] = j;
	for (int i = 1; i <= x->n; i++) {
		int *row = rows[i % 3];
		const int *above = rows[(i + 2) % 3];
		const int *swapped = rows[(i + 1) % 3];
		row[0] = i;
		for (int j = 1; j <= y->n; j++) {
			bool differ = x->c[i - 1] != y->c[j - 1];
			row[j] =
			    min(min(above[j], row[j - 1]) + 1, above[j - 1] + differ);
			if (i > 1 && j > 1 && x->c[i - 1] == y->c[j - 2] &&
			    x->c[i - 2] == y->c[j - 1])
				row[j] = min(row[j], swapped[j - 2] + 1);
		}
	}
	return rows[x->n % 3][y->n];
}

/* The distance that a slip makes at most, between words of so many characters. */
static int
slip(int n, int m)
{
	return min(DISTANCE_MAX, (n > m ? n : m) / 3);
}

/* The distance of names of files, with their endings or without them. */
static int
file_distance(const struct word *x, const struct word *y, int most)
{
	struct word x_stem = *x, y_stem = *y;
	x_stem.n = x->stem;
	y_stem.n = y->stem;
	return min(distance(x, y, most), distance(&x_stem, &y_stem, most));
}

static const char *
nearest(const char *word, const char *const *words, int n, bool files)
{
	struct arena scratch = {0};
	const struct word x = word_of(&scratch, word);
	int hyphens = files ? 0 : (int)strspn(word, "-"), best = DISTANCE_MAX + 1;
	const char *found = NULL;
	for (int i = 0; i < n; i++) {
		const struct word y = word_of(&scratch, words[i]);
		int d = files ? file_distance(&x, &y, best) : distance(&x, &y, best);
		int most =
		    files ? slip(x.stem, y.stem) : slip(x.n - hyphens, y.n - hyphens);
		if (d < best && d <= most) {
			best = d;
			found = words[i];
		}
	}
	arena_free(&scratch);
	return found;
}

const char *
spelling_nearest(const char *word, const char *const *words, int n)
{
	return nearest(word, words, n, false);
}

const char *
spelling_nearest_file(const char *name, const char *const *names, int n)
{
	return nearest(name, names, n, true);
}

bool
spelling_ends(const char *s, const char *end)
{
	size_t len = strlen(s), n = strlen(end);
	return len > n && strcasecmp(s + len - n, end) == 0;
}

const char *
spelling_join(struct arena *a, const char *const *words, int n)
{
	struct buffer list = {0};
	for (int i = 0; i < n; i++)
		buffer_printf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	return buffer_take(&list, a);
}
