#include "pdf/metadata.h"

#include <string.h>

#include "pdf/haru.h"

#define PRODUCER PACKAGE " " PACKAGE_VERSION
#define MIDNIGHT "T00:00:00+00:00"

/* data/srgb.icc, from icc.S */
extern const unsigned char srgb_icc[], srgb_icc_end[];

/* --- XMP ---------------------------------------------------------------------- */

/* Character data of XML, which has no place for control characters. */
static void
put_escaped(struct buffer *out, struct bytes text)
{
	const char *s = text.data;
	for (const char *end = s + text.len; s < end; s++) {
		if (*s == '&')
			buffer_puts(out, "&amp;");
		else if (*s == '<')
			buffer_puts(out, "&lt;");
		else if (*s == '>')
			buffer_puts(out, "&gt;");
		else if (*s == '"')
			buffer_puts(out, "&quot;");
		else if ((unsigned char)*s >= ' ' || *s == '\n' || *s == '\t')
			buffer_append(out, s, 1);
	}
}

/* BEFORE, the text, AFTER; nothing where there is no text. */
static void
put_property(struct buffer *out, const char *before, const char *text, const char *after)
{
	if (text == NULL)
		return;
	buffer_puts(out, before);
	put_escaped(out, bytes_of(text));
	buffer_puts(out, after);
}

/* A text in the document's language, which is the default too. */
static void
put_language_text(
    struct buffer *out, const char *property, const char *text, const char *lang)
{
	if (text == NULL)
		return;
	buffer_printf(out, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", property);
	put_escaped(out, bytes_of(text));
	buffer_puts(out, "</rdf:li><rdf:li xml:lang=\"");
	put_escaped(out, bytes_of(lang));
	buffer_puts(out, "\">");
	put_escaped(out, bytes_of(text));
	buffer_printf(out, "</rdf:li></rdf:Alt></%s>\n", property);
}

/* Each keyword on its own; they stand between commas. */
static void
put_keywords(struct buffer *out, const char *keywords)
{
	if (keywords == NULL)
		return;
	buffer_puts(out, "<dc:subject><rdf:Bag>");
	for (size_t n; *keywords != '\0'; keywords += n + (keywords[n] == ',')) {
		keywords += strspn(keywords, " ");
		n = strcspn(keywords, ",");
		if (n == 0)
			continue;
		buffer_puts(out, "<rdf:li>");
		put_escaped(out, (struct bytes){keywords, n});
		buffer_puts(out, "</rdf:li>");
	}
	buffer_puts(out, "</rdf:Bag></dc:subject>\n");
}

static void
put_common(struct buffer *out, const struct metadata *m)
{
	buffer_puts(out,
	    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n");
	put_language_text(out, "dc:title", m->title, m->lang);
	put_property(out, "<dc:language><rdf:Bag><rdf:li>", m->lang,
	    "</rdf:li></rdf:Bag></dc:language>\n");
	put_property(out, "<dc:creator><rdf:Seq><rdf:li>", m->author,
	    "</rdf:li></rdf:Seq></dc:creator>\n");
	put_language_text(out, "dc:description", m->subject, m->lang);
	put_property(out, "<dc:publisher><rdf:Bag><rdf:li>", m->publisher,
	    "</rdf:li></rdf:Bag></dc:publisher>\n");
	put_language_text(out, "dc:rights", m->rights, m->lang);
	put_keywords(out, m->keywords);
	put_property(out, "<pdf:Keywords>", m->keywords, "</pdf:Keywords>\n");
	put_property(out, "<pdf:Producer>", PRODUCER, "</pdf:Producer>\n");
	put_property(out, "<xmp:CreatorTool>", PRODUCER, "</xmp:CreatorTool>\n");
	put_property(out, "<xmp:CreateDate>", m->date, MIDNIGHT "</xmp:CreateDate>\n");
	put_property(out, "<xmp:ModifyDate>", m->date, MIDNIGHT "</xmp:ModifyDate>\n");
	buffer_puts(out, "</rdf:Description>\n");
}

/* PDF/A-2a and PDF/UA-1; PDF/A wants the schema of what it does not know (ISO 19005-2,
 * 6.6.2.3). */
static const char standards_1_7[] =
    "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n"
    "<pdfuaid:part>1</pdfuaid:part>\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
    "</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "</rdf:Description>\n";

/* PDF/A-4, PDF/UA-2 and, as declarations, WTPDF 1.0. */
static const char standards_2_0[] =
    "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
    " xmlns:pdfd=\"http://pdfa.org/declarations/\">\n"
    "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>\n"
    "<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>\n"
    "<pdfd:declarations><rdf:Bag>\n"
    "<rdf:li rdf:parseType=\"Resource\"><pdfd:conformsTo>"
    "http://pdfa.org/declarations/wtpdf#accessibility1.0</pdfd:conformsTo></rdf:li>\n"
    "<rdf:li rdf:parseType=\"Resource\"><pdfd:conformsTo>"
    "http://pdfa.org/declarations/wtpdf#reuse1.0</pdfd:conformsTo></rdf:li>\n"
    "</rdf:Bag></pdfd:declarations>\n"
    "</rdf:Description>\n";

HPDF_Dict
metadata_build(struct pdf *pdf)
{
	struct buffer xmp = {0};
	buffer_puts(&xmp,
	    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
	put_common(&xmp, &pdf->doc->metadata);
	buffer_puts(&xmp, pdf->version == PDF_2_0 ? standards_2_0 : standards_1_7);
	buffer_puts(&xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
	HPDF_Dict stream = haru_stream(pdf, (struct bytes){xmp.data, xmp.len});
	haru_set_name(pdf, stream, "Type", "Metadata");
	haru_set_name(pdf, stream, "Subtype", "XML");
	buffer_free(&xmp);
	return stream;
}

/* --- /Info -------------------------------------------------------------------- */

static void
set_text(struct pdf *pdf, const char *key, const char *text)
{
	if (text != NULL)
		haru_set(pdf, pdf->haru->info, key, haru_text(pdf, text));
}

/* YYYY-MM-DD as a date of ISO 32000-1, 7.9.4: midnight UTC, as in the XMP. */
static void
set_date(struct pdf *pdf, const char *key, const char *date)
{
	if (date == NULL || strlen(date) != strlen("YYYY-MM-DD"))
		return;
	struct buffer text = {0};
	buffer_printf(&text, "D:%.4s%.2s%.2s000000+00'00'", date, date + 5, date + 8);
	buffer_append(&text, "", 1);
	haru_set(pdf, pdf->haru->info, key, haru_string(pdf, text.data));
	buffer_free(&text);
}

void
info_build(struct pdf *pdf)
{
	const struct metadata *m = &pdf->doc->metadata;
	set_text(pdf, "Title", m->title);
	set_text(pdf, "Author", m->author);
	set_text(pdf, "Subject", m->subject);
	set_text(pdf, "Keywords", m->keywords);
	set_text(pdf, "Creator", PRODUCER);
	set_text(pdf, "Producer", PRODUCER);
	set_date(pdf, "CreationDate", m->date);
	set_date(pdf, "ModDate", m->date);
}

/* --- output intent ------------------------------------------------------------ */

HPDF_Dict
output_intent_build(struct pdf *pdf)
{
	HPDF_Dict intent = haru_dict(pdf);
	haru_set_name(pdf, intent, "Type", "OutputIntent");
	haru_set_name(pdf, intent, "S", "GTS_PDFA1");
	haru_set(pdf, intent, "OutputConditionIdentifier", haru_string(pdf, "sRGB"));
	haru_set(pdf, intent, "Info", haru_string(pdf, "sRGB IEC61966-2.1"));
	HPDF_Dict profile =
	    haru_stream(pdf, (struct bytes){srgb_icc, (size_t)(srgb_icc_end - srgb_icc)});
	haru_set_number(pdf, profile, "N", 3);
	haru_set(pdf, intent, "DestOutputProfile", profile);
	return intent;
}
