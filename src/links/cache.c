#include "links/cache.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "diag/json.h"
#include "diag/program.h"
#include "input/source.h"

enum { CACHE_MAX = 64 * 1024 * 1024, DAY = 24 * 60 * 60, YEAR = 365 * DAY };

static const char owner[] = "brochure-links";

bool
cache_open(struct cache *cache, const char *path, struct arena *a, struct diag *d)
{
	struct source source = {0};
	const char *program = "";
	json_error_t error;
	json_begin();
	if ((access(path, F_OK) == 0 || errno != ENOENT) &&
	    !source_read(path, CACHE_MAX, a, d, &source))
		return false;
	cache->document = source.len == 0
	    ? json_pack("{s:s, s:{}}", "program", owner, "links")
	    : json_loadb(source.bytes, source.len, 0, &error);
	json_unpack(
	    cache->document, "{s:s, s:o}", "program", &program, "links", &cache->links);
	if (strcmp(program, owner) == 0 && json_is_object(cache->links))
		return true;
	json_decref(cache->document);
	cache->document = NULL;
	diag_report(d, RULE_CACHE_FORMAT, (struct place){.file = path},
	    _("this is not a cache of brochure-links; choose another file or remove it"));
	return false;
}

static time_t
time_of(const json_t *entry, const char *name)
{
	return (time_t)json_integer_value(json_object_get(entry, name));
}

/* Whether ENTRY is of a link that was ok, and is so for a while. */
static bool
holds(const json_t *entry, time_t now)
{
	const char *class = json_string_value(json_object_get(entry, "class"));
	time_t age = now - time_of(entry, "asked"), expires = time_of(entry, "expires");
	return class != NULL && strcmp(class, class_names[CLASS_OK]) == 0 && age >= 0 &&
	    age < DAY && (expires == 0 || expires >= now + EXPIRING);
}

void
cache_recall(const struct cache *cache, struct target *target, struct arena *a)
{
	const json_t *entry = json_object_get(cache->links, target->url);
	struct outcome *out = &target->outcome;
	time_t seen = time_of(entry, "seen");
	out->seen = seen > cache->now ? 0 /* there is no such day */ : seen;
	if (!holds(entry, cache->now))
		return;
	const char *end = json_string_value(json_object_get(entry, "end"));
	out->class = CLASS_OK;
	out->alive = out->cached = true;
	out->status = (int)json_integer_value(json_object_get(entry, "status"));
	out->end = arena_strdup(a, end != NULL ? end : target->url);
	out->downgraded = json_is_true(json_object_get(entry, "downgraded"));
	out->expires = time_of(entry, "expires");
}

void
cache_keep(struct cache *cache, const struct target *target)
{
	const struct outcome *out = &target->outcome;
	if (cache->document == NULL || out->cached || out->class == CLASS_UNKNOWN)
		return;
	json_object_set_new(cache->links, target->url,
	    json_pack("{s:s, s:i, s:s?, s:b, s:I, s:I, s:I}", "class",
		class_names[out->class], "status", out->status, "end", out->end,
		"downgraded", (int)out->downgraded, "expires", (json_int_t)out->expires,
		"asked", (json_int_t)cache->now, "seen", (json_int_t)out->seen));
}

void
cache_save(struct cache *cache, const char *path, struct diag *d)
{
	const char *url;
	json_t *entry;
	void *next;
	if (cache->document == NULL)
		return;
	json_object_foreach_safe(cache->links, next, url,
	    entry) if (cache->now - time_of(entry, "asked") > YEAR)
	    json_object_del(cache->links, url);
	struct buffer text = {0};
	json_end(cache->document, JSON_INDENT(1), &text);
	program_save(path, &text, d);
	buffer_free(&text);
}
