/* map.h - numbers by names.
 *
 * Names are borrowed; the map's memory belongs to the arena.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* All zero is an empty map. */
struct map {
	struct map_entry *entries;
	size_t n, cap;
};

/* The number of NAME, to be read or set until the next call; 0 where it is new. */
int64_t *map_at(struct map *m, struct arena *a, const char *name);

/* The same without putting it there; 0: it is not. */
int64_t map_find(const struct map *m, const char *name);

#endif
