#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

size_t
utf8_decode(const char *s, size_t len, int32_t *u)
{
	utf8proc_int32_t c = -1;
	utf8proc_ssize_t room = len < 4 ? (utf8proc_ssize_t)len : 4;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s, room, &c);
	if (n <= 0) {
		*u = -1;
		return 1;
	}
	*u = c;
	return (size_t)n;
}

size_t
utf8_valid(const char *s, size_t len)
{
	size_t i = 0;
	while (i < len) {
		int32_t u;
		size_t n = utf8_decode(s + i, len - i, &u);
		if (u < 0)
			break;
		i += n;
	}
	return i;
}

int
utf8_count(const char *s, size_t len)
{
	int n = 0;
	for (size_t i = 0; i < len; n++) {
		int32_t u;
		i += utf8_decode(s + i, len - i, &u);
	}
	return n;
}

static const char *
utf8_map(struct arena *a, const char *s, utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n = utf8proc_map(
	    (const utf8proc_uint8_t *)s, 0, &mapped, options | UTF8PROC_NULLTERM);
	if (n == UTF8PROC_ERROR_NOMEM)
		memory_exhausted();
	const char *copy =
	    n < 0 ? arena_strdup(a, s) : arena_strndup(a, (char *)mapped, (size_t)n);
	free(mapped);
	return copy;
}

/* utf8proc knows only those that are assigned; HarfBuzz draws none of them. */
static bool
is_ignorable(int32_t u)
{
	return utf8proc_get_property(u)->ignorable || u == 0x2065 ||
	    (u >= 0xfff0 && u <= 0xfff8) || (u >= 0xe0000 && u <= 0xe0fff);
}

static bool
is_ascii(const char *s)
{
	while (*s > 0)
		s++;
	return *s == '\0';
}

const char *
utf8_nfc(struct arena *a, const char *s)
{
	if (is_ascii(s))
		return arena_strdup(a, s);
	return utf8_map(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

const char *
utf8_casefold(struct arena *a, const char *s)
{
	return utf8_map(a, s,
	    UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
		UTF8PROC_IGNORE);
}

const char *
utf8_fold(struct arena *a, const char *s)
{
	return utf8_map(a, s,
	    UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
		UTF8PROC_IGNORE | UTF8PROC_STRIPMARK);
}

/* Whether what joins or parts letters (U) can change what is seen of BEFORE, and REST, of
 * LEN bytes, after it. */
static bool
joins(int32_t u, int32_t before, const char *rest, size_t len)
{
	const utf8proc_property_t *is = utf8proc_get_property(before);
	const int32_t latin_end = 0x590; /* "ª" knows no case either */
	int32_t next = ' ';
	if (len > 0)
		utf8_decode(rest, len, &next);
	if (is->boundclass != UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC)
		return is->category == UTF8PROC_CATEGORY_LO && before >= latin_end;
	return u == 0x200d &&
	    utf8proc_get_property(next)->boundclass ==
	    UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

const char *
utf8_typed(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s), *o = out;
	int32_t u, before = ' ', letters[4];
	for (size_t i = 0, n, len = strlen(s); i < len; i += n) {
		n = utf8_decode(s + i, len - i, &u);
		const utf8proc_property_t *is = utf8proc_get_property(u);
		bool ligature = (u >= 0xfb00 && u <= 0xfb06) || u == 0x132 || u == 0x133;
		bool ignorable = is_ignorable(u);
		int class = 0, nletters = 0;
		bool joiner = u == 0x200c || u == 0x200d;
		if (ignorable && !(joiner && joins(u, before, s + i + n, len - i - n)))
			continue;
		if (!ignorable && is->boundclass != UTF8PROC_BOUNDCLASS_EXTEND &&
		    is->boundclass != UTF8PROC_BOUNDCLASS_SPACINGMARK)
			before = u;
		if (ligature)
			nletters = (int)utf8proc_decompose_char(
			    u, letters, 4, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &class);
		else
			o = (char *)memcpy(o, s + i, n) + n;
		/* two or three of ASCII, in no more bytes than the ligature */
		for (int k = 0; k < nletters; k++)
			*o++ = (char)letters[k];
	}
	*o = '\0';
	return out;
}

int
utf8_width(int32_t u)
{
	int width = u < 0 ? 1 : utf8proc_charwidth(u);
	return width < 0 ? 0 : width;
}

bool
utf8_is_control(int32_t u)
{
	if (u < 0x20)
		return u != '\t' && u != '\n' && u != '\r';
	return (u >= 0x7f && u < 0xa0) || (u >= 0x2028 && u <= 0x202e) ||
	    (u >= 0x2066 && u <= 0x2069) || (u >= 0xfdd0 && u <= 0xfdef) ||
	    (u & 0xfffe) == 0xfffe;
}

const char *
utf8_category(int32_t u)
{
	return utf8proc_category_string(u);
}

bool
utf8_is_space(int32_t u)
{
	return (u >= 0x09 && u <= 0x0d) || u == 0x20 || u == 0x85 || u == 0xa0 ||
	    u == 0x1680 || (u >= 0x2000 && u <= 0x200b) || u == 0x2028 || u == 0x2029 ||
	    u == 0x202f || u == 0x205f || u == 0x2060 || u == 0x3000 || u == 0xfeff;
}

bool
utf8_is_blank(int32_t u)
{
	const int32_t braille_blank = 0x2800;
	return u >= 0 &&
	    (utf8_is_space(u) || utf8_is_control(u) || u == braille_blank ||
		is_ignorable(u));
}
