#include "input/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/utf8.h"

/* --- what is no text -------------------------------------------------------------------
 */

struct signature {
	const char *bytes;
	size_t len;
	const char *message;
};

static const struct signature signatures[] = {
    {"PK\003\004", 4,
	N_("this is a workbook or document (.xlsx, .ods, .docx) or a zip archive, no plain text; open it and save it as plain text (a list of cities: \"CSV UTF-8\")")},
    {"\320\317\021\340", 4,
	N_("this is an old Office file (.xls, .doc), no plain text; open it and save it as plain text (a list of cities: \"CSV UTF-8\")")},
    {"%PDF-", 5, N_("this is a PDF, no plain text; copy its text to a plain text file")},
    {"{\\rtf", 5,
	N_("this is a rich text document (.rtf); save it as plain text, UTF-8")},
    {"\x89PNG", 4,
	N_("this is a PNG image, no plain text; name the file that holds the text")},
    {"<!DOCTYPE", 9,
	N_("this is a web page (HTML), no plain text; open it in a browser or spreadsheet and save it as plain text (a list of cities: \"CSV UTF-8\")")},
    {"<!doctype", 9,
	N_("this is a web page (HTML), no plain text; open it in a browser or spreadsheet and save it as plain text (a list of cities: \"CSV UTF-8\")")},
    {"<html", 5,
	N_("this is a web page (HTML), no plain text; open it in a browser or spreadsheet and save it as plain text (a list of cities: \"CSV UTF-8\")")},
    {"\xff\xfe\0\0", 4, N_("the text is UTF-32; save it as UTF-8")},
    {"\0\0\xfe\xff", 4, N_("the text is UTF-32; save it as UTF-8")},
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
		if (starts_with(source, signatures[i].bytes, signatures[i].len)) {
			diag_report(d, RULE_FILE_KIND,
			    (struct place){.file = source->file}, "%s",
			    _(signatures[i].message));
			return true;
		}
	}
	return false;
}

/* --- places ----------------------------------------------------------------------------
 */

/* The place behind the LEN bytes of UTF-8 at S. */
static struct place
place_behind(const char *file, const char *s, size_t len)
{
	struct place at = {file, 1, 1};
	size_t start = 0;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\n' ||
		    (s[i] == '\r' && (i + 1 == len || s[i + 1] != '\n'))) {
			at.line++;
			start = i + 1;
		}
	}
	at.column += utf8_count(s + start, len - start);
	return at;
}

/* --- conversion ------------------------------------------------------------------------
 */

/* Appends SOURCE from byte SKIP on as UTF-8.  False: errno says why; OUT ends before the
 * first bytes that ENCODING does not have. */
static bool
convert(
    const struct source *source, size_t skip, const char *encoding, struct buffer *out)
{
	iconv_t cd = iconv_open("UTF-8", encoding);
	if (cd == (iconv_t)-1 && errno == ENOMEM)
		memory_exhausted();
	if (cd == (iconv_t)-1)
		return false;
	char *in = source->bytes + skip;
	size_t in_left = source->len - skip;
	bool ok = true;
	while (ok && in_left > 0) {
		const size_t room = 65536;
		char *to = buffer_reserve(out, room);
		size_t left = room;
		ok = iconv(cd, &in, &in_left, &to, &left) != (size_t)-1 || errno == E2BIG;
		out->len += room - left;
	}
	int error = errno;
	iconv_close(cd);
	errno = error;
	return ok;
}

struct legacy {
	const char *encoding, *name;
	size_t skip; /* bytes of the byte order mark */
};

static bool
to_utf8(struct source *source, struct legacy from, struct arena *a, struct diag *d)
{
	struct buffer out = {0};
	bool ok = convert(source, from.skip, from.encoding, &out);
	if (!ok && (errno == EILSEQ || errno == EINVAL) && out.data != NULL)
		diag_report(d, RULE_FILE_ENCODING,
		    place_behind(source->file, out.data, out.len),
		    _("the bytes from here on are no %s text; save the file as UTF-8"),
		    from.name);
	else if (!ok)
		diag_report(d, RULE_FILE_ENCODING, (struct place){.file = source->file},
		    _("%s text cannot be converted on this system; save the file as UTF-8"),
		    from.name);
	if (ok) {
		source->bytes = arena_strndup(a, out.data, out.len);
		source->len = out.len;
		source->encoding = from.encoding;
		source->mark = from.skip;
	}
	buffer_free(&out);
	return ok;
}

/* --- guessing --------------------------------------------------------------------------
 */

struct census {
	size_t multibyte, invalid;
};

static struct census
census_of(const struct source *source)
{
	struct census count = {0};
	for (size_t i = 0; i < source->len;) {
		int32_t u;
		size_t n = utf8_decode(source->bytes + i, source->len - i, &u);
		count.multibyte += n > 1;
		count.invalid += u < 0;
		i += n;
	}
	return count;
}

/* Western text in UTF-16 has a NUL as every other byte, more or less. */
static bool
looks_like_utf16(const struct source *source)
{
	size_t nuls[2] = {0};
	for (size_t i = 0; i < source->len; i++)
		nuls[i % 2] += source->bytes[i] == '\0';
	size_t pairs = source->len / 2;
	return (nuls[0] > pairs / 4 * 3 && nuls[1] <= pairs / 10) ||
	    (nuls[1] > pairs / 4 * 3 && nuls[0] <= pairs / 10);
}

static void
report_invalid(const struct source *source, struct diag *d)
{
	size_t valid = utf8_valid(source->bytes, source->len);
	diag_report(d, RULE_FILE_ENCODING,
	    place_behind(source->file, source->bytes, valid),
	    _("the byte 0x%02X is no UTF-8 text; save the file with the encoding UTF-8"),
	    (unsigned)(unsigned char)source->bytes[valid]);
}

static bool
has_nul(const struct source *source, struct diag *d)
{
	const char *nul = memchr(source->bytes, '\0', source->len);
	if (nul == NULL)
		return false;
	size_t before = (size_t)(nul - source->bytes);
	struct place at = place_behind(source->file, source->bytes, before);
	if (looks_like_utf16(source))
		diag_report(d, RULE_FILE_ENCODING, at,
		    _("the text looks like UTF-16 without its byte order mark; save the file as UTF-8"));
	else
		diag_report(d, RULE_FILE_ENCODING, at,
		    _("a NUL byte: this is no plain text, or it was damaged; save the file as UTF-8 text again"));
	return true;
}

static bool
from_windows(struct source *source, struct arena *a, struct diag *d)
{
	size_t valid = utf8_valid(source->bytes, source->len);
	struct place at = place_behind(source->file, source->bytes, valid);
	if (!to_utf8(source, (struct legacy){"CP1252", "Windows-1252", 0}, a, d))
		return false;
	diag_report(d, RULE_FILE_WINDOWS, at,
	    _("the file is not UTF-8 and is read as Windows-1252; check letters with accents, or save it as \"CSV UTF-8\""));
	return true;
}

static void
skip_mark(struct source *source)
{
	source->mark = 3;
	source->bytes += source->mark;
	source->len -= source->mark;
}

static bool
decode_any(struct source *source, struct arena *a, struct diag *d)
{
	if (starts_with(source, "\xff\xfe", 2))
		return to_utf8(source, (struct legacy){"UTF-16LE", "UTF-16", 2}, a, d);
	if (starts_with(source, "\xfe\xff", 2))
		return to_utf8(source, (struct legacy){"UTF-16BE", "UTF-16", 2}, a, d);
	bool marked = starts_with(source, "\xef\xbb\xbf", 3);
	if (marked)
		skip_mark(source);
	if (has_nul(source, d))
		return false;
	struct census count = census_of(source);
	if (count.invalid == 0)
		return true;
	/* a few bytes that are wrong in UTF-8 text are damage, not another encoding */
	if (marked || count.multibyte > count.invalid) {
		report_invalid(source, d);
		return false;
	}
	return from_windows(source, a, d);
}

/* --- and back --------------------------------------------------------------------------
 */

/* The LEN bytes of UTF-8 at S in ENCODING, *N of them; NULL: it lacks a character. */
static char *
encode(struct arena *a, const char *encoding, const char *s, size_t *n)
{
	size_t len = strlen(s), size = 2 * len;
	iconv_t cd = iconv_open(encoding, "UTF-8");
	if (cd == (iconv_t)-1 && errno == ENOMEM)
		memory_exhausted();
	if (cd == (iconv_t)-1)
		return NULL;
	char *bytes = arena_alloc(a, size + 1);
	char *in = arena_strndup(a, s, len), *to = bytes;
	size_t in_left = len, left = size;
	bool ok = iconv(cd, &in, &in_left, &to, &left) == 0;
	iconv_close(cd);
	*n = size - left;
	return ok ? bytes : NULL;
}

size_t
encoding_offset(const struct source *source, size_t offset)
{
	if (source->encoding == NULL)
		return source->mark + offset;
	bool wide = strcmp(source->encoding, "CP1252") != 0;
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
	const char *bytes = encode(a, "CP1252", s, &n);
	return bytes != NULL && utf8_valid(bytes, n) == n ? bytes : NULL;
}

bool
encoding_any(struct source *source, struct arena *a, struct diag *d)
{
	if (is_foreign(source, d) || !decode_any(source, a, d))
		return false;
	diag_add_source(d, source->file, source->bytes, source->len);
	return !has_nul(source, d);
}

bool
encoding_utf8(struct source *source, struct arena *a, struct diag *d)
{
	(void)a;
	if (is_foreign(source, d))
		return false;
	if (starts_with(source, "\xff\xfe", 2) || starts_with(source, "\xfe\xff", 2)) {
		diag_report(d, RULE_FILE_ENCODING, (struct place){source->file, 1, 1},
		    _("the text is UTF-16; save the file with the encoding UTF-8"));
		return false;
	}
	if (starts_with(source, "\xef\xbb\xbf", 3))
		skip_mark(source);
	if (has_nul(source, d))
		return false;
	if (utf8_valid(source->bytes, source->len) < source->len) {
		report_invalid(source, d);
		return false;
	}
	diag_add_source(d, source->file, source->bytes, source->len);
	return true;
}
