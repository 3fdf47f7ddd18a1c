#include "announcement/keys.h"

#include <assert.h>
#include <string.h>

#include "base/i18n.h"
#include "base/spelling.h"
#include "input/prose.h"

enum { KEYS_MAX = 16 };

static void
put_names(const struct keys *keys, const char *names[KEYS_MAX])
{
	assert(keys->list != NULL && keys->n <= KEYS_MAX);
	for (int i = 0; i < keys->n; i++)
		names[i] = keys->list[i].name;
}

static const char *
nearest_key(const char *name, const struct keys *keys)
{
	const char *names[KEYS_MAX];
	put_names(keys, names);
	return words_nearest(name, names, keys->n);
}

static const char *
join_keys(const struct settings *s, const struct keys *keys)
{
	const char *names[KEYS_MAX];
	put_names(keys, names);
	return words_join(s->a, names, keys->n);
}

static bool
report_unknown(
    const struct settings *s, const struct entry *entry, const struct keys *keys)
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
find_key(const char *name, const struct keys *keys)
{
	const struct key *key = keys->list;
	while (key < keys->list + keys->n && strcmp(name, key->name) != 0)
		key++;
	return key < keys->list + keys->n ? key : NULL;
}

/* Whether MAPPING has the key NAME, misspelt or not. */
static bool
has_key(const struct entry *mapping, const char *name, const struct keys *keys)
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

/* The lines that a group needs: "grid:", "  heading: …", … */
static const char *
join_examples(const struct settings *s, const struct keys *keys)
{
	const char *lines[KEYS_MAX];
	int n = 0;
	for (int i = 0; i < keys->n && n < KEYS_MAX; i++) {
		if (keys->list[i].example != NULL)
			lines[n++] =
			    arena_printf(s->a, "\"  %s\"", keys->list[i].example);
	}
	return n > 0 ? words_join(s->a, lines, n) : NULL;
}

static bool
report_missing(const struct settings *s, const struct entry *mapping,
    const struct key *key, const struct keys *keys)
{
	struct place at = mapping->key.s != NULL ? mapping->key.at : mapping->at;
	int indent = mapping->n > 0 ? mapping->items[0].key.at.column - 1 : 2;
	if (keys->parent != NULL)
		diag_error(s->d, at,
		    _("\"%s\" is missing below \"%s\"; add a line such as \"%*s%s\""),
		    key->name, keys->parent, indent, "", key->example);
	else if (key->below != NULL)
		diag_error(s->d, at,
		    _("\"%s\" is missing; add lines such as these to the front matter: \"%s\", %s"),
		    key->name, key->example, join_examples(s, key->below));
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

/* How many keys right behind the I-th of MAPPING belong below it. */
static int
count_astray(const struct entry *mapping, int i, const struct keys *keys)
{
	const struct key *key = find_key(mapping->items[i].key.s, keys);
	int n = 0;
	while (key != NULL && key->below != NULL && i + n + 1 < mapping->n) {
		const char *name = mapping->items[i + n + 1].key.s;
		if (find_key(name, keys) != NULL || find_key(name, key->below) == NULL)
			break;
		n++;
	}
	return n;
}

/* ENTRY, a group, with the N entries behind it, which are not indented. */
static struct entry
take_astray(const struct settings *s, const struct entry *entry, int n)
{
	struct entry group = {.kind = ENTRY_MAPPING, .key = entry->key, .at = entry->at};
	for (int i = 0; entry->kind == ENTRY_MAPPING && i < entry->n; i++)
		*arena_append(s->a, group.items, group.n) = entry->items[i];
	for (int i = 1; i <= n; i++)
		*arena_append(s->a, group.items, group.n) = entry[i];
	if (n == 1)
		diag_error(s->d, entry[1].key.at,
		    _("\"%s\" belongs below \"%s\"; begin this line with two spaces"),
		    entry[1].key.s, entry->key.s);
	else
		diag_error(s->d, entry[1].key.at,
		    _("\"%s\" belongs below \"%s\"; begin this line and those below it, %d in all, with two spaces"),
		    entry[1].key.s, entry->key.s, n);
	return group;
}

static bool
read_entry(const struct settings *s, const struct entry *entry, const struct keys *keys,
    void *to)
{
	const struct key *key = find_key(entry->key.s, keys);
	if (key == NULL)
		return report_unknown(s, entry, keys);
	if (key->example != NULL && key->below == NULL && entry->kind == ENTRY_TEXT &&
	    prose_is_blank(entry->value.s))
		return keys_fault(s, entry,
		    arena_printf(s->a,
			_("the value is empty; write one, as in \"%s\", in quotes if it begins with \"#\""),
			key->example));
	return key->read(s, entry, (char *)to + key->offset);
}

bool
keys_read(const struct settings *s, const struct entry *mapping, const struct keys *keys,
    void *to)
{
	bool ok = true;
	for (int i = 0; i < mapping->n; i++) {
		struct entry entry = mapping->items[i];
		int astray = count_astray(mapping, i, keys);
		if (astray > 0) {
			entry = take_astray(s, &mapping->items[i], astray);
			ok = false;
			i += astray;
		}
		ok &= read_entry(s, &entry, keys, to);
	}
	for (int j = 0; j < keys->n && s->whole; j++) {
		if (keys->list[j].example != NULL &&
		    !has_key(mapping, keys->list[j].name, keys))
			ok = report_missing(s, mapping, &keys->list[j], keys);
	}
	return ok;
}

bool
keys_read_group(
    const struct settings *s, const struct entry *entry, const struct keys *keys)
{
	if (entry->kind == ENTRY_MAPPING)
		return keys_read(s, entry, keys, s->out);
	const char *lines = join_examples(s, keys);
	if (lines != NULL)
		diag_error(s->d, entry->at,
		    _("\"%s\" has keys of its own; write below it lines such as these: %s"),
		    entry->key.s, lines);
	else
		diag_error(s->d, entry->at,
		    _("\"%s\" has keys of its own; expected, on lines below it that begin with two spaces: %s"),
		    entry->key.s, join_keys(s, keys));
	return false;
}
