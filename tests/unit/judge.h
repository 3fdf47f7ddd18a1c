/* judge.h - programs that we did not write, asked about a file. */
#ifndef TESTS_JUDGE_H
#define TESTS_JUDGE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"

/* What the shell command prints on both its outputs, with a NUL behind it; STATUS is its
 * exit status.  The caller frees it. */
static char *
judge(const char *command, int *status)
{
	struct buffer all = {0};
	char part[4096];
	FILE *f = popen(command, "r");
	if (f == NULL)
		return NULL;
	for (size_t len; (len = fread(part, 1, sizeof part, f)) > 0;)
		buffer_append(&all, part, len);
	*status = pclose(f);
	for (size_t i = 0; i < all.len; i++)
		if (all.data[i] == '\0')
			all.data[i] = '?'; /* so that string functions see all */
	buffer_append(&all, "", 1);
	return all.data;
}

#endif
