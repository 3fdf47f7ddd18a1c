#include "read/words.h"

#include <stddef.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

enum { WORD_MAX = 64, DISTANCE_MAX = 3 };

static int
min(int a, int b)
{
	return a < b ? a : b;
}

/* Case-folded characters, as many as fit; -1 marks one that is no UTF-8. */
static int
characters(struct arena *a, const char *word, int32_t out[WORD_MAX])
{
	if (utf8_valid(word, strlen(word)) == strlen(word))
		word = utf8_casefold(a, word);
	size_t len = strlen(word);
	int n = 0;
	for (size_t i = 0; i < len && n < WORD_MAX; n++)
		i += utf8_decode(word + i, len - i, &out[n]);
	return n;
}

struct word {
	int32_t c[WORD_MAX];
	int n;
};

/* Optimal string alignment: insertions, deletions, changes and swaps of neighbours. */
static int
distance(const struct word *x, const struct word *y)
{
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

const char *
words_nearest(const char *word, const char *const *words, int n)
{
	struct arena scratch = {0};
	struct word x, y;
	x.n = characters(&scratch, word, x.c);
	int best = min(DISTANCE_MAX, x.n < 3 ? 0 : (x.n + 2) / 3) + 1;
	const char *nearest = NULL;
	for (int i = 0; i < n; i++) {
		y.n = characters(&scratch, words[i], y.c);
		if (y.n - x.n >= best || x.n - y.n >= best)
			continue;
		int d = distance(&x, &y);
		if (d < best) {
			best = d;
			nearest = words[i];
		}
	}
	arena_free(&scratch);
	return nearest;
}

const char *
words_join(struct arena *a, const char *const *words, int n)
{
	struct buffer list = {0};
	for (int i = 0; i < n; i++)
		buffer_printf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	const char *joined = arena_strndup(a, list.data, list.len);
	buffer_free(&list);
	return joined;
}
