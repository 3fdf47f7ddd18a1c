#include "base/pattern.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* glibc 2.36 (re_dfa_add_node) frees memory twice when there is none for more nodes than
 * the expression has bytes.  An alternative that no text matches makes it four times as
 * long, so that there are enough where its bounds are not large. */
static int
compile(const char *expression, regex_t *out)
{
	size_t len = strlen(expression), spare = 3 * len;
	char *s = memory_alloc(len + spare + sizeof "|[]");
	memcpy(s, expression, len);
	memcpy(s + len, "|[", 2);
	memset(s + len + 2, '\1', spare);
	memcpy(s + len + 2 + spare, "]", 2);
	int status = regcomp(out, s, REG_EXTENDED | REG_ICASE);
	free(s);
	return status;
}

bool
pattern_find(
    struct pattern *p, const char *expression, const char *s, regmatch_t *match, size_t n)
{
	int status = p->ready ? 0 : compile(expression, &p->compiled);
	p->ready |= status == 0;
	if (status == 0)
		status = regexec(&p->compiled, s, n, match, 0);
	if (status == REG_ESPACE)
		memory_exhausted();
	assert(status == 0 || status == REG_NOMATCH);
	return status == 0;
}

void
pattern_close(struct pattern *p)
{
	if (p->ready)
		regfree(&p->compiled);
	p->ready = false;
}

bool
pattern_matches(const char *expression, const char *s, regmatch_t *match, size_t n)
{
	struct pattern p = {0};
	bool found = pattern_find(&p, expression, s, match, n);
	pattern_close(&p);
	return found;
}
