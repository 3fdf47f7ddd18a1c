/* cache.h - what is known of links from earlier runs: a JSON file.
 *
 * A link that was ok is not asked for again within a day.  Of every link it is known when
 * it was last seen alive; what nobody asked for in a year is dropped.
 */
#ifndef LINKS_CACHE_H
#define LINKS_CACHE_H

#include <stdbool.h>

#include <jansson.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "links/judge.h"

struct cache {
	json_t *document; /* NULL: there is none, and the other functions do nothing */
	json_t *links;    /* by URL; belongs to it */
	time_t now;
};

/* Reads PATH, which need not exist.  False: it is something else than a cache, or cannot
 * be read; reported to D. */
bool cache_open(struct cache *cache, const char *path, struct arena *a, struct diag *d);

/* Gives TARGET the outcome that is known of it, as far as it holds; keeps a new one. */
void cache_recall(const struct cache *cache, struct target *target, struct arena *a);
void cache_keep(struct cache *cache, const struct target *target);

/* Writes it to PATH; a fault is reported to D. */
void cache_save(struct cache *cache, const char *path, struct diag *d);

#endif
