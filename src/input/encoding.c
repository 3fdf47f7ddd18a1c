#include "input/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "diag/lines.h"

/* --- what is not text --------------------------------------------------------- */

static const struct {
	const char *bytes;
	size_t len;
	const char *kind;
} signatures[] = {
    {"PK\003\004", 4, N_("a workbook, a document (.xlsx, .ods, .docx) or a zip archive")},
    {"\320\317\021\340", 4, N_("an old Office file (.xls, .doc)")},
    {"%PDF-", 5, N_("a PDF")},
    {"{\\rtf", 5, N_("a rich text document (.rtf)")},
    {"\x89PNG", 4, N_("a PNG image")},
    {"<!doctype", 9, N_("a web page (HTML)")},
    {"<html", 5, N_("a web page (HTML)")},
};

static bool
starts_with(const struct source *source, const char *bytes, size_t len)
{
	return source->len >= len && memcmp(source->bytes, bytes, len) == 0;
}

static bool
is_foreign(const struct source *source, struct diag *d)
{
	for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
		size_t len = signatures[i].len;
		if (source->len < len ||
		    strncasecmp(source->bytes, signatures[i].bytes, len) != 0)
			continue;
		diag_report(d, RULE_FILE_KIND, (struct place){.file = source->file},
		    _("this is %s; expected plain text (for a list of cities, save it as \"CSV UTF-8\")"),
		    _(signatures[i].kind));
		return true;
	}
	return false;
}

static const char windows[] = "Windows-1252";

/* --- conversion --------------------------------------------------------------- */

/* The place of the byte at OFFSET of SOURCE's text. */
static struct place
place_at(const struct source *source, size_t offset)
{
	struct arena scratch = {0};
	struct lines lines =
	    lines_index(&scratch, source->file, source->bytes, source->len);
	struct place at = lines_place(&lines, offset);
	arena_free(&scratch);
	return at;
}

/* Appends the LEN bytes at S to OUT in the encoding TO.  False: errno says why; OUT ends
 * before the first bytes that cannot be converted. */
static bool
recode(const char *from, const char *to, const char *s, size_t len, struct buffer *out)
{
	iconv_t cd = iconv_open(to, from);
	if (cd == (iconv_t)-1 && errno == ENOMEM)
		memory_exhausted();
	if (cd == (iconv_t)-1)
		return false;
	char *in = (char *)s; /* which iconv leaves alone */
	bool ok = true;
	while (ok && len > 0) {
		const size_t room = 65536;
		char *end = buffer_reserve(out, room);
		size_t left = room;
		size_t replaced = iconv(cd, &in, &len, &end, &left);
		ok = replaced == 0 || (replaced == (size_t)-1 && errno == E2BIG);
		out->len += room - left;
	}
	int error = errno;
	iconv_close(cd);
	errno = error;
	return ok;
}

/* Turns SOURCE into UTF-8 from ENCODING, MARK bytes of byte order mark left out. */
static bool
to_utf8(struct source *source, const char *encoding, size_t mark, struct arena *a,
    struct diag *d)
{
	struct buffer out = {0};
	bool ok =
	    recode(encoding, "UTF-8", source->bytes + mark, source->len - mark, &out);
	bool known = ok || errno == EILSEQ || errno == EINVAL;
	source->encoding = encoding;
	source->mark = mark;
	source->len = out.len;
	source->bytes = buffer_take(&out, a);
	if (!ok && known)
		diag_report(d, RULE_FILE_ENCODING, place_at(source, source->len),
		    _("from here on, the bytes are not %s text; save the file as UTF-8"),
		    encoding);
	else if (!ok)
		diag_report(d, RULE_FILE_ENCODING, (struct place){.file = source->file},
		    _("%s text cannot be converted on this system; save the file as UTF-8"),
		    encoding);
	return ok;
}

/* --- guessing ----------------------------------------------------------------- */

/* Whether SOURCE has a mark that says UTF-8, which is then left out. */
static bool
skip_mark(struct source *source)
{
	if (!starts_with(source, "\xef\xbb\xbf", 3))
		return false;
	source->mark = 3;
	source->bytes += source->mark;
	source->len -= source->mark;
	return true;
}

/* A few bytes that are wrong in UTF-8 text are damage, not another encoding. */
static bool
is_windows(const struct source *source)
{
	size_t multibyte = 0, invalid = 0;
	for (size_t i = 0; i < source->len;) {
		int32_t u;
		size_t n = utf8_decode(source->bytes + i, source->len - i, &u);
		multibyte += n > 1;
		invalid += u < 0;
		i += n;
	}
	return invalid > 0 && multibyte <= invalid &&
	    memchr(source->bytes, '\0', source->len) == NULL;
}

static bool
from_windows(struct source *source, struct arena *a, struct diag *d)
{
	struct place at = place_at(source, utf8_valid(source->bytes, source->len));
	if (!to_utf8(source, windows, 0, a, d))
		return false;
	diag_report(d, RULE_FILE_WINDOWS, at,
	    _("the file is not UTF-8 and was read as Windows-1252; check the accented letters, or save it as \"CSV UTF-8\""));
	return true;
}

/* Takes SOURCE for UTF-8.  False: it is not; reported. */
static bool
take_utf8(const struct source *source, struct diag *d)
{
	size_t valid = utf8_valid(source->bytes, source->len);
	const char *nul = memchr(source->bytes, '\0', source->len);
	if (nul != NULL)
		diag_report(d, RULE_FILE_ENCODING,
		    place_at(source, (size_t)(nul - source->bytes)),
		    _("there is a NUL byte here; save the file as plain text, UTF-8"));
	else if (valid < source->len)
		diag_report(d, RULE_FILE_ENCODING, place_at(source, valid),
		    _("the byte 0x%02X is not UTF-8; save the file as UTF-8"),
		    (unsigned)(unsigned char)source->bytes[valid]);
	else
		diag_add_source(d, source->file, source->bytes, source->len);
	return nul == NULL && valid == source->len;
}

bool
encoding_any(struct source *source, struct arena *a, struct diag *d)
{
	bool ok = !is_foreign(source, d);
	if (ok && starts_with(source, "\xff\xfe", 2))
		ok = to_utf8(source, "UTF-16LE", 2, a, d);
	else if (ok && starts_with(source, "\xfe\xff", 2))
		ok = to_utf8(source, "UTF-16BE", 2, a, d);
	else if (ok && !skip_mark(source) && is_windows(source))
		ok = from_windows(source, a, d);
	return ok && take_utf8(source, d);
}

bool
encoding_utf8(struct source *source, struct diag *d)
{
	if (is_foreign(source, d))
		return false;
	skip_mark(source);
	if (!starts_with(source, "\xff\xfe", 2) && !starts_with(source, "\xfe\xff", 2))
		return take_utf8(source, d);
	diag_report(d, RULE_FILE_ENCODING, (struct place){source->file, 1, 1},
	    _("the text is UTF-16; save the file as UTF-8"));
	return false;
}

/* --- and back ----------------------------------------------------------------- */

/* TEXT, UTF-8, in ENCODING, *LEN bytes; NULL: it lacks a character. */
static const char *
encode(struct arena *a, const char *encoding, const char *text, size_t *len)
{
	struct buffer out = {0};
	bool ok = recode("UTF-8", encoding, text, strlen(text), &out);
	*len = out.len;
	const char *bytes = buffer_take(&out, a);
	return ok ? bytes : NULL;
}

size_t
encoding_offset(const struct source *source, size_t offset)
{
	if (source->encoding == NULL)
		return source->mark + offset;
	bool wide = strcmp(source->encoding, windows) != 0;
	size_t units = 0;
	for (size_t i = 0; i < offset;) {
		int32_t u;
		i += utf8_decode(source->bytes + i, offset - i, &u);
		units += wide && u > 0xffff ? 2 : 1;
	}
	return source->mark + (wide ? 2 * units : units);
}

const char *
encoding_encode(
    const struct source *source, const char *text, struct arena *a, size_t *len)
{
	if (source->encoding != NULL)
		return encode(a, source->encoding, text, len);
	*len = strlen(text);
	return text;
}

const char *
encoding_repair(struct arena *a, const char *s)
{
	size_t len = strlen(s), n;
	if (utf8_count(s, len) == (int)len)
		return NULL;
	const char *bytes = encode(a, windows, s, &n);
	return bytes != NULL && utf8_valid(bytes, n) == n ? bytes : NULL;
}

static const int32_t eszett = 0xdf;

/* What a character is to a word: 'l' and 'u' a letter, '-' a dash or "…", 's' another
 * symbol; ' ' what is beside any word. */
static char
sort_of(int32_t u)
{
	const char *is = utf8_category(u);
	const int32_t florin = 0x192, dot = 0xb7, ellipsis = 0x2026;
	if (is[0] == 'L' && u != florin)
		return is[1] == 'l' || is[1] == 'u' ? is[1] : 's';
	if (u < 0x80 || is[0] == 'Z' || strcmp(is, "Cf") == 0 || u == dot ||
	    u == 0x2018 || u == 0x2019)
		return ' ';
	return strcmp(is, "Pd") == 0 || u == ellipsis ? '-' : 's';
}

/* Whether no word has U, which is of SORT[1] and between two others: a symbol inside, a
 * capital after a small letter; where STRICT, also a symbol beside it. */
static bool
is_odd(const char sort[3], int32_t u, bool strict)
{
	bool begun = sort[0] == 'l' || sort[0] == 'u';
	bool goes_on = sort[2] == 'l' || sort[2] == 'u';
	if (sort[1] == 'u')
		return sort[0] == 'l' ||
		    (begun && u > 0x7f && u != eszett && sort[2] == 'l');
	if (sort[1] == '-')
		return strict && begun && sort[2] == 'l';
	if (sort[1] != 's')
		return false;
	/* an accent, or a quote that opens, has no place at the end of a word */
	bool opens = strstr("Ps Sk Lm", utf8_category(u)) != NULL;
	bool ordinal = u == 0xaa || u == 0xba;
	return (begun && (goes_on || opens)) ||
	    (strict && !ordinal && (begun || goes_on));
}

static bool
has_odd_word(const char *s, bool strict)
{
	char sort[3] = "   "; /* before, of and after U; symbols before it left out */
	int32_t u = ' ', next;
	for (size_t i = 0, n = 1, len = strlen(s); i <= len; i += n) {
		next = ' ';
		if (i < len)
			n = utf8_decode(s + i, len - i, &next);
		bool capital = next == eszett && sort[1] == 'u'; /* "GROßE" */
		sort[2] = capital ? 'u' : sort_of(next);
		if (is_odd(sort, u, strict))
			return true;
		sort[0] = sort[1] == 's' ? sort[0] : sort[1];
		sort[1] = sort[2];
		u = next;
	}
	return false;
}

bool
encoding_lost(struct arena *a, const char *s, bool name)
{
	static const char *const others[] = {
	    "CP850", "CP852", "MACINTOSH", "CP1250", NULL};
	size_t n;
	const char *bytes = has_odd_word(s, name) ? encode(a, windows, s, &n) : NULL;
	bool lost = false;
	for (int i = 0; others[i] != NULL && bytes != NULL && !lost; i++) {
		struct buffer reading = {0};
		lost = recode(others[i], "UTF-8", bytes, n, &reading);
		lost = !has_odd_word(buffer_take(&reading, a), true) && lost;
	}
	return lost;
}
