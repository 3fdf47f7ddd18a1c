#include "read/prose.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

const char *
prose_clean(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s);
	size_t n = 0;
	for (; *s != '\0'; s++) {
		bool space = *s == ' ' || *s == '\t' || *s == '\n' || *s == '\r';
		if (!space)
			out[n++] = *s;
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	if (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return utf8_nfc(a, out);
}

bool
prose_is_blank(const char *s)
{
	size_t len = strlen(s);
	int32_t u = ' ';
	for (size_t i = 0; i < len && utf8_is_blank(u);)
		i += utf8_decode(s + i, len - i, &u);
	return utf8_is_blank(u);
}

size_t
prose_control(const char *s, size_t len, int32_t *u)
{
	for (size_t i = 0; i < len;) {
		size_t n = utf8_decode(s + i, len - i, u);
		if (utf8_is_control(*u))
			return i;
		i += n;
	}
	return len;
}

const char *
prose_count_fault(struct arena *a, int n)
{
	if (n <= PROSE_MAX)
		return NULL;
	return arena_printf(
	    a, _("the text has %d characters; expected %d at most"), n, PROSE_MAX);
}

const char *
prose_too_long(struct arena *a, const char *s)
{
	return prose_count_fault(a, utf8_count(s, strlen(s)));
}
