#include "pdf/tounicode.h"

#include <string.h>

#include "pdf/text.h"

enum { BFRANGE_MAX = 100 };

static void
put_hex(struct buffer *out, struct bytes data)
{
	const unsigned char *p = data.data;
	buffer_puts(out, "<");
	for (size_t i = 0; i < data.len; i++)
		buffer_printf(out, "%02X", p[i]);
	buffer_puts(out, ">");
}

/* A stretch of glyphs for /ToUnicode whose characters follow on each other. */
struct mapping {
	int first, n;
	struct buffer text; /* of the first, UTF-16BE */
};

/* Whether glyph number GLYPH with the text NEXT carries M on: the last byte of the code
 * and that of the text count on, and carry nothing over (ISO 32000-1, 9.10.3). */
static bool
mapping_goes_on(const struct mapping *m, int glyph, const struct buffer *next)
{
	if (m->n == 0 || glyph != m->first + m->n || glyph >> 8 != m->first >> 8)
		return false;
	if (next->len != m->text.len ||
	    memcmp(next->data, m->text.data, next->len - 1) != 0)
		return false;
	return (unsigned char)next->data[next->len - 1] ==
	    (unsigned char)m->text.data[next->len - 1] + m->n;
}

/* Lines of a section with bfrange, at most 100 (Adobe TN 5014, 1.4.1). */
struct section {
	struct buffer *out;
	struct buffer lines;
	int n;
};

static void
section_end(struct section *s)
{
	if (s->n > 0)
		buffer_printf(s->out, "%d beginbfrange\n", s->n);
	buffer_append(s->out, s->lines.data, s->lines.len);
	if (s->n > 0)
		buffer_puts(s->out, "endbfrange\n");
	s->lines.len = 0;
	s->n = 0;
}

static void
section_add(struct section *s, const struct mapping *m)
{
	if (m->n == 0)
		return;
	if (s->n == BFRANGE_MAX)
		section_end(s);
	buffer_printf(&s->lines, "<%04X><%04X>", (unsigned)m->first,
	    (unsigned)(m->first + m->n - 1));
	put_hex(&s->lines, (struct bytes){m->text.data, m->text.len});
	buffer_puts(&s->lines, "\n");
	s->n++;
}

static void
put_mappings(struct buffer *out, const struct bytes *texts, int nglyphs)
{
	struct section section = {.out = out};
	struct mapping now = {0};
	struct buffer text = {0};
	for (int glyph = 1; glyph < nglyphs; glyph++) {
		if (texts[glyph].len == 0)
			continue;
		text.len = 0;
		utf16_append(&text, texts[glyph]);
		if (mapping_goes_on(&now, glyph, &text)) {
			now.n++;
			continue;
		}
		section_add(&section, &now);
		now.first = glyph;
		now.n = 1;
		now.text.len = 0;
		buffer_append(&now.text, text.data, text.len);
	}
	section_add(&section, &now);
	section_end(&section);
	buffer_free(&section.lines);
	buffer_free(&now.text);
	buffer_free(&text);
}

void
tounicode_put(struct buffer *out, const struct bytes *texts, int nglyphs)
{
	buffer_puts(out,
	    "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
	    "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
	    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	put_mappings(out, texts, nglyphs);
	buffer_puts(out,
	    "endcmap\nCMapName currentdict/CMap defineresource pop\n"
	    "end\nend\n");
}
