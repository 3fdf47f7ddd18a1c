/* rules.h - the kinds of diagnostics.
 *
 * A rule's name never changes and is never used again for something else: editors, CI and
 * `--allow` rely on it.  It begins with what it is about.  docs/diagnostics.md lists
 * them; a test compares the two.
 */
#ifndef DIAG_RULES_H
#define DIAG_RULES_H

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

/* X(constant, severity, name, what is so when it is told) */
#define RULES(X)                                                                         \
	/* files */                                                                      \
	X(FILE_MISSING, ERROR, "file-missing", "An input file does not exist")           \
	/* links */                                                                      \
	X(URL_SCHEME, ERROR, "url-scheme",                                               \
	    "A link does not begin with https:// or http://")                            \
	/* the list of cities */                                                         \
	X(CITY_EMPTY, ERROR, "city-empty", "A row has no name of a city")                \
	/* the announcement */                                                           \
	X(KEY_UNKNOWN, ERROR, "key-unknown",                                             \
	    "The front matter has a key that is not known")                              \
	/* fonts */                                                                      \
	X(FONT_GLYPH, ERROR, "font-glyph", "A font lacks a character of the text")       \
	/* logos */                                                                      \
	X(LOGO_MISSING, ERROR, "logo-missing", "A logo's file does not exist")           \
	/* the layout */                                                                 \
	X(COLOR_CONTRAST, ERROR, "color-contrast", "Two colours are hard to tell apart") \
	/* the PDF and the program */                                                    \
	X(OUTPUT_WRITE, ERROR, "output-write", "The PDF could not be written")

enum rule {
	RULE_NONE, /* of a diagnostic that no rule is known for yet */
#define RULE_CONSTANT(constant, severity, name, summary) RULE_##constant,
	RULES(RULE_CONSTANT)
#undef RULE_CONSTANT
	    RULE_COUNT
};

struct rule_info {
	const char *name;
	enum severity severity;
	const char *summary; /* a sentence in English, no period */
};

extern const struct rule_info rules[RULE_COUNT];

/* The rule named NAME; RULE_NONE: there is none. */
enum rule rule_named(const char *name);

#endif
