/* pattern.h - POSIX extended regular expressions (IEEE 1003.1, XBD 9.4).
 *
 * A capital and its small letter are alike.  A bound in an expression, as in {1,64}, is
 * at most about as large as the expression is long.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

/* A pattern that is compiled when it is first looked for. */
struct pattern {
	regex_t compiled;
	bool ready;
};

/* Whether EXPRESSION, which P is kept for, is found in S.  The first N of MATCH are what
 * was found, and the parts of it in parentheses, as offsets of bytes. */
bool pattern_find(struct pattern *p, const char *expression, const char *s,
    regmatch_t *match, size_t n);

/* A pattern that was never looked for may be closed. */
void pattern_close(struct pattern *p);

/* Looks once. */
bool pattern_matches(const char *expression, const char *s, regmatch_t *match, size_t n);

#endif
