/* keys.h - the keys of the front matter: what each holds, and where that goes.
 *
 * This table is the only list of them: reading, messages and whatever else describes them
 * follow it.
 */
#ifndef ANNOUNCEMENT_KEYS_H
#define ANNOUNCEMENT_KEYS_H

#include <stdbool.h>
#include <stddef.h>

enum key_kind {
	KEY_TEXT,     /* plain text on one line: struct text */
	KEY_KEYWORDS, /* the same, or a list of them, joined with commas: struct text */
	KEY_LANGUAGE, /* a language tag (BCP 47): struct text */
	KEY_DATE,     /* YYYY-MM-DD, a real day: struct text */
	KEY_FILE,     /* a path, from the folder of the announcement: struct text */
	KEY_COLOR,    /* "#rrggbb" or "#rgb": struct color_setting */
	KEY_CONTACT,  /* what a link with SCHEME leads to: struct contact */
	KEY_COUNT,    /* a whole number from 0 to MOST: int */
	KEY_CHOICE,   /* one of CHOICES, in any case; that one of VALUES, of SIZE bytes */
	KEY_TEXTS,    /* a list of texts, or one: struct texts */
	KEY_GROUP,    /* KEYS below it, which go to where this one would go */
	KEY_ITEMS /* a list, each item with KEYS: a pointer to structs of SIZE bytes, in
		     which KEYS have their offsets, and at COUNT an int */
};

struct key {
	const char *name; /* NULL: after the last */
	enum key_kind kind;
	size_t offset;       /* in struct announcement, or in an item */
	const char *example; /* as YAML writes the value; NULL: of a group or items */
	bool required;
	bool quoted;                /* a text that is usually in quotes */
	bool hyphens;               /* of a text: "&shy;" is a soft hyphen in it */
	bool rules;                 /* texts that are names of warnings and notes */
	const char *holds;          /* what a text has to hold; NULL: nothing */
	const char *scheme;         /* of a contact: "mailto:", "tel:"; "": of the web */
	int most;                   /* of a count */
	const char *const *choices; /* NULL after the last */
	const void *values;         /* one for each of choices */
	const struct key *keys;     /* of a group or items */
	size_t size, count;
};

/* The keys at the top; they go into struct announcement. */
extern const struct key frontmatter_keys[];

/* The key NAME of KEYS; NULL: there is none. */
const struct key *key_named(const struct key *keys, const char *name);

#endif
