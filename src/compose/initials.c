#include "compose/initials.h"

#include <string.h>

#include "base/utf8.h"

/* cities, for bookmarks by letter */
enum { INITIALS_MIN = 40 };

/* NAME as it is put in order: in small letters without accents, from its first letter. */
static const char *
sort_key(struct composer *c, const char *name)
{
	const char *key = utf8_fold(c->a, name);
	return key + strspn(key, " '\"-(");
}

bool
initials_wanted(struct composer *c)
{
	const char *before = "";
	for (int i = 0; i < c->cities->n; i++) {
		const char *key = sort_key(c, c->cities->list[i].name.s);
		if (strcmp(before, key) > 0)
			return false;
		before = key;
	}
	return c->cities->n >= INITIALS_MIN;
}

struct outline *
initial_outline(struct composer *c, struct outline *all, const char *name,
    const struct element *linked)
{
	const char *key = sort_key(c, name);
	size_t len = 1;
	while ((key[len] & 0xC0) == 0x80)
		len++;
	char *initial = arena_strndup(c->a, key, len);
	if (*initial >= 'a' && *initial <= 'z')
		*initial = (char)(*initial - 'a' + 'A');
	struct outline *last =
	    all->nchildren > 0 ? &all->children[all->nchildren - 1] : NULL;
	return last != NULL && strcmp(last->title, initial) == 0
	    ? last
	    : bookmark_add(&c->build, all, initial, linked);
}
