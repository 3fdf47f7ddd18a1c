#include "logo/suggest.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

enum { NAME_LEN_MAX = 255 };

static size_t
min3(size_t a, size_t b, size_t c)
{
	size_t min = a < b ? a : b;
	return min < c ? min : c;
}

/* How many bytes have to be changed, added or removed to get from A to B (Levenshtein).
 */
static size_t
distance(const char *a, const char *b)
{
	size_t row[NAME_LEN_MAX + 1], len = strlen(b);
	if (len > NAME_LEN_MAX)
		return NAME_LEN_MAX;
	for (size_t j = 0; j <= len; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t diagonal = row[0];
		row[0] = i + 1;
		for (size_t j = 0; j < len; j++) {
			size_t change = diagonal + (a[i] != b[j]);
			diagonal = row[j + 1];
			row[j + 1] = min3(change, row[j] + 1, diagonal + 1);
		}
	}
	return row[len];
}

/* How far the entry of a folder is from NAME: 0 for upper and lower case alone. */
static size_t
entry_distance(const char *entry, const char *name)
{
	return strcasecmp(entry, name) == 0 ? 0 : distance(entry, name);
}

char *
suggest_file(const char *dir, const char *name, bool *case_only)
{
	DIR *entries = opendir(dir);
	if (entries == NULL && errno == ENOMEM)
		memory_exhausted();
	if (entries == NULL)
		return NULL;
	char *best = NULL;
	size_t best_distance = strlen(name) / 3 < 3 ? strlen(name) / 3 + 1 : 4;
	for (struct dirent *e; (e = readdir(entries)) != NULL;) {
		size_t d = e->d_name[0] != '.' ? entry_distance(e->d_name, name)
					       : best_distance + 1;
		/* folders are listed in any order: the first by name wins a draw */
		bool better = d < best_distance ||
		    (d == best_distance && best != NULL && strcmp(e->d_name, best) < 0);
		if (!better)
			continue;
		best_distance = d;
		free(best);
		best = memory_alloc(strlen(e->d_name) + 1);
		strcpy(best, e->d_name);
	}
	closedir(entries);
	*case_only = best != NULL && best_distance == 0;
	return best;
}
