/* prose.h - text for people: one line, composed letters, no control characters.  Pure. */
#ifndef INPUT_PROSE_H
#define INPUT_PROSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* S as utf8_typed has it, with every run of spaces, tabs and line breaks
 * as a single space, none at its ends, in NFC.  No-break spaces stay. */
const char *prose_clean(struct arena *a, const char *s);

/* Whether nothing can be seen of S, which may be empty. */
bool prose_is_blank(const char *s);

/* The offset of the first character of the LEN bytes at S that is not text (see
 * utf8_is_control), which *U is then; LEN: there is none. */
size_t prose_control(const char *s, size_t len, int32_t *u);

/* What to tell of U, which is not text. */
const char *prose_control_fault(struct arena *a, int32_t u);

/* What S holds of Markdown or HTML, as far as that is nearly sure: "**", "<b>", "&amp;",
 * or "*" around all of it; NULL: nothing. */
const char *prose_markup(struct arena *a, const char *s);

/* S without the quotes of print around all of it, such as „…” or «…»; NULL: there are
 * none. */
const char *prose_unquoted(struct arena *a, const char *s);

/* The most characters of one text: a PDF/A-2 string has 32,767 bytes at most
 * (ISO 19005-2, 6.1.13), in UTF-16 two or four a character. */
enum { PROSE_MAX = 4000 };

/* What to tell when S is longer than that; NULL: it is not. */
const char *prose_too_long(struct arena *a, const char *s);

/* The same for a text of N characters. */
const char *prose_count_fault(struct arena *a, int n);

/* The well-formed language tag (BCP 47; RFC 5646, 2.1) that S is, of a language of two or
 * three letters, since no longer one is registered (2.2.1), or that stands in the
 * name of a locale: "nl-BE" of "nl_BE.UTF-8"; NULL: there is none. */
const char *prose_language(struct arena *a, const char *s);

/* The tag of the language that S is the name of, as people write it in Belgium: "fr" of
 * "Frans" and "French"; NULL: none is known. */
const char *prose_language_named(struct arena *a, const char *s);

#endif
