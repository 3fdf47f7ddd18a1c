#include "read/keys.h"

#include <assert.h>
#include <string.h>

#include "base/i18n.h"
#include "base/words.h"

enum { KEYS_MAX = 16 };

static void
put_names(struct keys keys, const char *names[KEYS_MAX])
{
	assert(keys.list != NULL && keys.n <= KEYS_MAX);
	for (int i = 0; i < keys.n; i++)
		names[i] = keys.list[i].name;
}

static const char *
nearest_key(const char *name, struct keys keys)
{
	const char *names[KEYS_MAX];
	put_names(keys, names);
	return words_nearest(name, names, keys.n);
}

static const char *
join_keys(const struct settings *s, struct keys keys)
{
	const char *names[KEYS_MAX];
	put_names(keys, names);
	return words_join(s->a, names, keys.n);
}

static bool
report_unknown(const struct settings *s, const struct entry *entry, struct keys keys)
{
	const char *nearest = nearest_key(entry->key.s, keys);
	if (nearest != NULL)
		diag_error(s->d, entry->key.at,
		    _("unknown key \"%s\"; did you mean \"%s\"?"), entry->key.s, nearest);
	else
		diag_error(s->d, entry->key.at,
		    _("unknown key \"%s\"; expected one of %s"), entry->key.s,
		    join_keys(s, keys));
	return false;
}

static const struct key *
find_key(const char *name, struct keys keys)
{
	const struct key *key = keys.list;
	while (key < keys.list + keys.n && strcmp(name, key->name) != 0)
		key++;
	return key < keys.list + keys.n ? key : NULL;
}

/* Whether MAPPING has the key NAME, misspelt or not. */
static bool
has_key(const struct entry *mapping, const char *name, struct keys keys)
{
	for (int i = 0; i < mapping->n; i++) {
		const char *key = mapping->items[i].key.s;
		if (find_key(key, keys) == NULL)
			key = nearest_key(key, keys);
		if (key != NULL && strcmp(key, name) == 0)
			return true;
	}
	return false;
}

static bool
report_missing(
    const struct settings *s, struct place at, const struct key *key, const char *parent)
{
	if (parent != NULL)
		diag_error(s->d, at,
		    _("\"%s\" is missing below \"%s\"; add a line such as \"  %s\""),
		    key->name, parent, key->example);
	else
		diag_error(s->d, at,
		    _("\"%s\" is missing; add a line such as \"%s\" to the front matter"),
		    key->name, key->example);
	return false;
}

bool
keys_fault(const struct settings *s, const struct entry *entry, const char *message)
{
	if (entry->key.s != NULL)
		diag_error(s->d, entry->at, "%s: %s", entry->key.s, message);
	else
		diag_error(s->d, entry->at, "%s", message);
	return false;
}

bool
keys_read(
    const struct settings *s, const struct entry *mapping, struct keys keys, void *to)
{
	bool ok = true;
	for (int i = 0; i < mapping->n; i++) {
		const struct entry *entry = &mapping->items[i];
		const struct key *key = find_key(entry->key.s, keys);
		if (key != NULL)
			ok &= key->read(s, entry, (char *)to + key->offset);
		else
			ok = report_unknown(s, entry, keys);
	}
	struct place at = mapping->key.s != NULL ? mapping->key.at : mapping->at;
	for (int j = 0; j < keys.n && s->whole; j++) {
		if (keys.list[j].example != NULL &&
		    !has_key(mapping, keys.list[j].name, keys))
			ok = report_missing(s, at, &keys.list[j], keys.parent);
	}
	return ok;
}

bool
keys_read_group(const struct settings *s, const struct entry *entry, struct keys keys)
{
	if (entry->kind == ENTRY_MAPPING)
		return keys_read(s, entry, keys, s->out);
	diag_error(s->d, entry->at,
	    _("\"%s\" has keys of its own; expected, on lines below it that begin with two spaces: %s"),
	    entry->key.s, join_keys(s, keys));
	return false;
}
