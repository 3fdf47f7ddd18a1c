/* reading.h - a reader tried on a fuzzer's bytes, and all that it says drawn. */
#ifndef FUZZ_READING_H
#define FUZZ_READING_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "diag/text.h"
#include "input/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

struct reading {
	struct arena a;
	struct diag d;
	struct source source;
};

static inline struct reading
reading_open(const uint8_t *data, size_t len)
{
	struct reading r = {.source = {.file = "fuzz", .len = len}};
	r.source.bytes = arena_strndup(&r.a, (const char *)data, len);
	return r;
}

/* OK: what the reader returned. */
static inline void
reading_close(struct reading *r, bool ok)
{
	struct buffer out = {0};
	assert(ok == (r->d.nerrors == 0));
	diag_render(&r->d,
	    (struct diag_look){.snippets = true, .color = true, .width = 60}, &out);
	buffer_free(&out);
	diag_free(&r->d);
	arena_free(&r->a);
}

#endif
