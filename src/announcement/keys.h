/* keys.h - the keys that a mapping of the front matter may have, and who reads each. */
#ifndef ANNOUNCEMENT_KEYS_H
#define ANNOUNCEMENT_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "announcement/frontmatter.h"
#include "base/arena.h"
#include "diag/diag.h"
#include "model/announcement.h"

struct settings {
	struct arena *a;
	struct diag *d;
	struct announcement *out;
	bool whole; /* a key that is not there is missing */
};

struct keys;

/* A key that a mapping may have, and where its value goes. */
struct key {
	const char *name;
	bool (*read)(const struct settings *s, const struct entry *entry, void *to);
	size_t offset;            /* in struct announcement, or in struct figure */
	const char *example;      /* of a line with it, when it is required */
	const struct keys *below; /* of a mapping: its keys; NULL: not known here */
};

struct keys {
	const struct key *list;
	int n;
	const char *parent; /* the key they stand below; NULL: at the top */
};

/* For an initializer. */
#define KEYS(array, parent)                                                              \
	{                                                                                \
		(array), sizeof(array) / sizeof *(array), (parent)                       \
	}

/* Reports MESSAGE about ENTRY, whose key it begins with; false, always. */
bool keys_fault(const struct settings *s, const struct entry *entry, const char *message);

/* Reads MAPPING into TO.  False: a key is unknown, missing or has a value that it cannot
 * have; reported. */
bool keys_read(const struct settings *s, const struct entry *mapping,
    const struct keys *keys, void *to);

/* The same for a key whose value has to be a mapping, into the announcement. */
bool keys_read_group(
    const struct settings *s, const struct entry *entry, const struct keys *keys);

#endif
