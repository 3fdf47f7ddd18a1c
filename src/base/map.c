#include "base/map.h"

#include <string.h>

enum { CAP_MIN = 64 };

struct map_entry {
	const char *name; /* NULL: free */
	int64_t value;
};

/* FNV-1a. */
static size_t
hash(const char *s)
{
	uint64_t h = 14695981039346656037u;
	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

/* Where NAME is, or would be. */
static struct map_entry *
entry(const struct map *m, const char *name)
{
	size_t i = hash(name) & (m->cap - 1);
	while (m->entries[i].name != NULL && strcmp(m->entries[i].name, name) != 0)
		i = (i + 1) & (m->cap - 1);
	return &m->entries[i];
}

static void
grow(struct map *m, struct arena *a)
{
	struct map larger = {.n = m->n, .cap = m->cap > 0 ? m->cap * 2 : CAP_MIN};
	larger.entries = arena_alloc(a, larger.cap * sizeof *larger.entries);
	for (size_t i = 0; i < m->cap; i++)
		if (m->entries[i].name != NULL)
			*entry(&larger, m->entries[i].name) = m->entries[i];
	*m = larger;
}

int64_t *
map_at(struct map *m, struct arena *a, const char *name)
{
	if (m->n * 2 >= m->cap)
		grow(m, a);
	struct map_entry *found = entry(m, name);
	if (found->name == NULL) {
		found->name = name;
		m->n++;
	}
	return &found->value;
}

int64_t
map_find(const struct map *m, const char *name)
{
	return m->cap > 0 ? entry(m, name)->value : 0;
}
