#include "logo/suggest.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/words.h"

static bool
is_png(const char *name)
{
	size_t len = strlen(name);
	return len > 4 && strcasecmp(name + len - 4, ".png") == 0;
}

const char *
suggest_file(struct arena *a, const char *dir, const char *name)
{
	DIR *entries = opendir(dir);
	if (entries == NULL && errno == ENOMEM)
		memory_exhausted();
	if (entries == NULL)
		return NULL;
	const char **names = NULL;
	int n = 0;
	for (const struct dirent *e; (e = readdir(entries)) != NULL;) {
		if (is_png(e->d_name))
			*arena_append(a, names, n) = arena_strdup(a, e->d_name);
	}
	closedir(entries);
	return words_nearest_file(name, names, n);
}
