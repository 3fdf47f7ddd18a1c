/* told.h - what a reader told: diagnostics against a list of lines.
 *
 * Include cmocka.h first.
 */
#ifndef TESTS_TOLD_H
#define TESTS_TOLD_H

#include <stdio.h>
#include <string.h>

#include "diag/diag.h"
#include "diag/text.h"

/* Whether ITEM is what LINE says: "2:9: error: a part of the message". */
static inline bool
told_matches(const struct diagnostic *item, const char *line, size_t len)
{
	static const char *const names[] = {"error", "warning", "note"};
	struct buffer head = {0};
	if (item->at.line > 0)
		buffer_printf(&head, "%d:%d: ", item->at.line, item->at.column);
	buffer_printf(&head, "%s: ", names[item->severity]);
	char part[300];
	bool same = len >= head.len && len - head.len < sizeof part &&
	    memcmp(line, head.data, head.len) == 0;
	if (same) {
		memcpy(part, line + head.len, len - head.len);
		part[len - head.len] = '\0';
		same = strstr(item->message, part) != NULL;
	}
	buffer_free(&head);
	return same;
}

/* Fails unless D holds just the diagnostics that EXPECTED has a line for, in order of
 * place. */
static inline void
assert_told(struct diag *d, const char *expected)
{
	diag_settle(d);
	const char *line = expected;
	int n = 0;
	bool same = true;
	for (; *line != '\0' && same; n++) {
		size_t len = strcspn(line, "\n");
		same = n < d->n && told_matches(&d->list[n], line, len);
		line += len + (line[len] == '\n');
	}
	if (same && n == d->n)
		return;
	struct buffer told = {0};
	diag_render(d, (struct diag_look){0}, &told);
	print_error("expected:\n%s\ntold:\n%.*s", expected, (int)told.len,
	    told.len ? told.data : "");
	buffer_free(&told);
	fail();
}

#endif
