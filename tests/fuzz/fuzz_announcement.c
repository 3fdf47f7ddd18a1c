/* Any bytes as an announcement: read or refused with a message, never more. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/diag_text.h"
#include "read/announcement.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena a = {0};
	struct diag d = {0};
	struct buffer out = {0};
	struct source source = {.file = "fuzz", .len = len};
	struct announcement read;
	source.bytes = arena_strndup(&a, (const char *)data, len);
	bool ok = announcement_parse(&source, &a, &d, &read);
	assert(ok == (d.nerrors == 0));
	diag_render(
	    &d, (struct diag_look){.snippets = true, .color = true, .width = 60}, &out);
	buffer_free(&out);
	diag_free(&d);
	arena_free(&a);
	return 0;
}
