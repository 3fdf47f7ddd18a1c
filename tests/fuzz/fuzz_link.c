/* Any text as a link: good or told, and a cure is a good link with nothing to mend. */
#include "link/link.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
judge(const char *text, unsigned kinds, struct arena *a)
{
	struct link_verdict v, again;
	bool ok = link_judge(text, kinds, a, &v);
	assert(ok || v.n > 0);
	for (int i = 0; i < v.n; i++)
		assert((rules[v.findings[i].rule].severity == SEVERITY_ERROR) ==
		    (!ok && i == 0));
	if (v.cure == NULL)
		return;
	assert(v.n > 0 && strcmp(v.cure, text) != 0);
	assert(strstr(v.findings[0].message, v.cure) != NULL);
	assert(link_judge(v.cure, kinds, a, &again) && again.cure == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena a = {0};
	const char *text = arena_strndup(&a, (const char *)data, len);
	if (text[0] != '\0' && utf8_valid(text, strlen(text)) == strlen(text)) {
		judge(text, LINK_WEB, &a);
		judge(text, LINK_WEB | LINK_MAIL | LINK_PHONE, &a);
	}
	arena_free(&a);
	return 0;
}
