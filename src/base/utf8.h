/* utf8.h - characters in UTF-8 (Unicode 15).
 *
 * Pure.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* The character at the start of the LEN bytes (1 or more) at S, and how many bytes it
 * takes.  Bytes that are not UTF-8 (RFC 3629) give U = -1 and take one byte. */
size_t utf8_decode(const char *s, size_t len, int32_t *u);

/* How many of the LEN bytes at S are UTF-8 before the first that is not; LEN: all. */
size_t utf8_valid(const char *s, size_t len);

/* Characters in the LEN bytes at S; a byte that is not UTF-8 counts as one. */
int utf8_count(const char *s, size_t len);

/* S in Normalization Form C (UAX 15).  S has to be valid. */
const char *utf8_nfc(struct arena *a, const char *s);

/* A key that is equal for texts that differ in case, compatibility forms and characters
 * that utf8_visible leaves out only. */
const char *utf8_casefold(struct arena *a, const char *s);

/* The same, with accents left out as well: "Écaussinnes" gives "ecaussinnes". */
const char *utf8_fold(struct arena *a, const char *s);

/* S, which has to be valid, as it would be typed: without characters that only steer
 * others, such as soft hyphens and variation selectors (Default_Ignorable_Code_Point, UAX
 * 44), and with ligatures as type founders cut them (U+FB00 to U+FB06, U+0132, U+0133) as
 * the letters that they show.  A joiner stays between two pictures and after a letter
 * that knows no case and is not Latin: of Indic letters and of emoji it can change what
 * is seen (Unicode 15, 23.2). */
const char *utf8_typed(struct arena *a, const char *s);

/* Columns that the character takes on a terminal: 0 to 2. */
int utf8_width(int32_t u);

/* No text: a control character other than tab, CR and LF, one that turns text round (UAX
 * 9, 2.1 to 2.5), a line or paragraph separator, or a noncharacter. */
bool utf8_is_control(int32_t u);

/* The general category (UAX 44, 5.7.1): "Lu", "Zs"; "Cn" of what is no UTF-8. */
const char *utf8_category(int32_t u);

/* White space, no-break and zero-width spaces included. */
bool utf8_is_space(int32_t u);

/* Nothing can be seen of it: white space, a character that only steers others, such as a
 * soft hyphen or a joiner (Default_Ignorable_Code_Point, UAX 44), or a filler. */
bool utf8_is_blank(int32_t u);

#endif
