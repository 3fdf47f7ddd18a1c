#include "pdf/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "judge.h"
#include "sample.h"

static void
write_document(struct sample *s, enum pdf_version version, const char *path)
{
	struct output *out;
	bool damaged;
	assert_int_equal(output_open(path, &out), 0);
	assert_non_null(out);
	bool ok = pdf_write(&s->doc, version, &s->diag, out);
	ok = output_close(out, ok, &damaged) == 0 && ok;
	if (s->diag.n > 0)
		fail_msg("%s", s->diag.list[0].message);
	assert_true(ok);
}

static void
write_sample(int ncities, enum pdf_version version, const char *path)
{
	struct sample s;
	sample_open(&s, ncities);
	write_document(&s, version, path);
	sample_close(&s);
}

static void
assert_silent(const char *command)
{
	int status;
	char *said = judge(command, &status);
	assert_non_null(said);
	if (status != 0 || said[0] != '\0')
		fail_msg("%s: status %d: %s", command, status, said);
	free(said);
}

static int
count(const char *text, const char *part)
{
	int n = 0;
	for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
		n++;
	return n;
}

/* --- tests -------------------------------------------------------------------- */

static void
qpdf_and_poppler_find_no_fault(void **state)
{
	static const int ncities[] = {1, 13, 100, 1000};
	(void)state;
	for (size_t i = 0; i < sizeof ncities / sizeof ncities[0]; i++) {
		for (int version = PDF_1_7; version <= PDF_2_0; version++) {
			write_sample(ncities[i], (enum pdf_version)version, "a.pdf");
			assert_silent("qpdf --check a.pdf 2>&1 >/dev/null");
			assert_silent("pdftoppm -r 20 -l 3 a.pdf a 2>&1");
		}
	}
}

/* What a file of 13 cities on 3 pages says of itself, spelled out by qpdf. */
static void
qpdf_shows_what_the_standards_ask_for(void **state)
{
	static const struct {
		const char *text;
		int n[2]; /* how often, in PDF 1.7 and 2.0 */
	} cases[] = {
	    {"%PDF-1.7", {1, 0}},
	    {"%PDF-2.0", {0, 1}},
	    {"/Info ", {2, 1}}, /* once the output intent's */
	    {"/Producer (brochure ", {1, 0}},
	    {"/CreationDate (D:20240124000000+00'00')", {1, 0}},
	    {"<xmp:CreateDate>2024-01-24T00:00:00+00:00<", {1, 1}},
	    {"&lt;2023&gt; &amp; meer<", {2, 2}},
	    {"<pdfuaid:part>1<", {1, 0}},
	    {"<pdfuaid:part>2<", {0, 1}},
	    {"/Type /Page\n", {3, 3}},
	    {"/Tabs /S\n", {3, 3}},
	    {"/Type /Annot\n", {14, 14}},
	    {"/F 4\n", {14, 14}},
	    {"/StructParent ", {14, 14}},
	    {"/URI (https://example.org/stad?nr=\\(13\\))", {1, 1}},
	    {"/S /GoTo", {17, 17}}, /* an inner link, 15 bookmarks, the start */
	    {"/SD [", {0, 17}},
	    {"/Count -13", {1, 1}},
	    {"/S /Document", {1, 1}},
	    {"/S /Figure", {13, 13}},
	    {"/Placement /Block", {13, 13}},
	    {"/ListNumbering /Disc", {1, 1}},
	    {"/Type /MCR", {1, 1}}, /* the paragraph that goes on overleaf */
	    {"/Type /OBJR", {14, 14}},
	    {"/NS (http://iso.org/pdf2/ssn)", {0, 1}},
	    {"/Subtype /Image", {3, 3}},
	    {"/Interpolate", {0, 0}},
	    {"/CIDSet", {0, 0}},
	    {"/Subtype /CIDFontType2", {3, 3}},
	    {"/FontFile2", {3, 3}},
	    {"/N 3\n", {1, 1}}, /* the output intent's profile */
	    {"/ActualText", {1, 1}},
	    {"/Artifact<</Type/Pagination/Subtype/Footer>>BDC", {3, 3}},
	    {"/Artifact<</Type/Background/BBox[0 700 595.28 841.89]>>BDC", {1, 1}},
	    {"/Figure<</MCID ", {13, 13}},
	};
	(void)state;
	for (int version = PDF_1_7; version <= PDF_2_0; version++) {
		int status;
		write_sample(13, (enum pdf_version)version, "a.pdf");
		char *text = judge("qpdf --qdf --no-original-object-ids "
				   "--object-streams=disable a.pdf - 2>&1",
		    &status);
		assert_int_equal(status, 0);
		for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
			if (count(text, cases[i].text) != cases[i].n[version])
				fail_msg("version %d: %d times %s", version,
				    count(text, cases[i].text), cases[i].text);
		free(text);
	}
}

/* The byte that sample_logo put at place I of row Y. */
static int
byte_at(int i, int y)
{
	return (37 * i + 11 * y) & 0xFF;
}

static void
assert_pixel(FILE *f, const struct raster *raster, int x, int y)
{
	switch (raster->space) {
	case RASTER_GRAY:
		for (int i = 0; i < 3; i++)
			assert_int_equal(getc(f), byte_at(x, y));
		break;
	case RASTER_RGB:
		for (int i = 0; i < 3; i++)
			assert_int_equal(getc(f), byte_at(3 * x + i, y));
		break;
	case RASTER_INDEXED:; /* 4 pixels a byte */
		int index = byte_at(x / 4, y) >> (6 - 2 * (x % 4)) & 3;
		for (int i = 0; i < 3; i++)
			assert_int_equal(getc(f), raster->palette[3 * index + i]);
		break;
	}
}

/* The file NAME is a portable pixmap of RASTER. */
static void
assert_pixels(const char *name, const struct raster *raster)
{
	FILE *f = fopen(name, "rb");
	assert_non_null(f);
	assert_int_equal(fseek(f, (long)strlen("P6\n16 16\n255\n"), SEEK_SET), 0);
	for (int y = 0; y < raster->height_px; y++)
		for (int x = 0; x < raster->width_px; x++)
			assert_pixel(f, raster, x, y);
	assert_int_equal(getc(f), EOF);
	fclose(f);
}

static void
poppler_decodes_every_logo_to_its_pixels(void **state)
{
	struct sample s;
	(void)state;
	sample_open(&s, SAMPLE_LOGOS);
	write_document(&s, PDF_1_7, "a.pdf");
	assert_silent("pdfimages a.pdf image 2>&1");
	assert_pixels("image-000.ppm", &s.logos[0].raster);
	assert_pixels("image-001.ppm", &s.logos[1].raster);
	assert_pixels("image-002.ppm", &s.logos[2].raster);
	sample_close(&s);
}

static void
poppler_gives_the_text_back(void **state)
{
	static const char *const texts[] = {
	    "Gemeente-Stadsmonitor\n",
	    "De offici\xC3\xABle cijfers (135.000 Vlamingen) vindt u op",
	    "pagina 2\n",
	    "AVATwoord dat breekt\n", /* /ActualText */
	    "efficient waffle\n",     /* ligatures */
	    "Stad 13\n",
	};
	int status;
	(void)state;
	write_sample(13, PDF_1_7, "a.pdf");
	char *text = judge("pdftotext a.pdf - 2>&1", &status);
	assert_int_equal(status, 0);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (strstr(text, texts[i]) == NULL)
			fail_msg("%s is not in: %s", texts[i], text);
	free(text);
}

static void
every_used_face_and_no_other_is_embedded_and_mapped(void **state)
{
	int status;
	(void)state;
	write_sample(1, PDF_1_7, "a.pdf");
	char *fonts = judge("pdffonts a.pdf 2>&1", &status);
	assert_int_equal(status, 0);
	assert_int_equal(count(fonts, "+SourceSans3-Regular "), 1);
	assert_int_equal(count(fonts, "+SourceSans3-Bold "), 1);
	assert_int_equal(count(fonts, "+SourceSans3-Italic "), 1);
	assert_int_equal(count(fonts, "BoldI"), 0);
	assert_int_equal(count(fonts, "Identity-H       yes yes yes"), 3);
	free(fonts);
}

static void
the_same_document_gives_the_same_bytes_and_another_one_another_id(void **state)
{
	(void)state;
	write_sample(30, PDF_1_7, "a.pdf");
	write_sample(30, PDF_1_7, "b.pdf");
	write_sample(31, PDF_1_7, "c.pdf");
	assert_silent("cmp a.pdf b.pdf 2>&1");
	assert_silent("for f in a c; do qpdf --show-object=trailer $f.pdf | "
		      "grep -ao '/ID \\[ <[0-9a-f]*>' >$f.id; done; "
		      "test $(wc -c <a.id) -gt 32 && ! cmp -s a.id c.id");
}

static void
metadata_may_be_missing_or_odd(void **state)
{
	static const struct metadata cases[] = {
	    {.title = "T", .lang = "nl"},
	    {.title = "\xF0\x9F\x8F\x99 (\\) \r\x01", .lang = "nl", .author = "<&>\""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct sample s;
		sample_open(&s, 1);
		s.doc.metadata = cases[i];
		write_document(&s, PDF_1_7, "a.pdf");
		sample_close(&s);
		assert_silent("qpdf --check a.pdf 2>&1 >/dev/null");
		assert_silent("pdfinfo a.pdf 2>&1 >/dev/null");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(qpdf_and_poppler_find_no_fault),
	    cmocka_unit_test(qpdf_shows_what_the_standards_ask_for),
	    cmocka_unit_test(poppler_decodes_every_logo_to_its_pixels),
	    cmocka_unit_test(poppler_gives_the_text_back),
	    cmocka_unit_test(every_used_face_and_no_other_is_embedded_and_mapped),
	    cmocka_unit_test(
		the_same_document_gives_the_same_bytes_and_another_one_another_id),
	    cmocka_unit_test(metadata_may_be_missing_or_odd),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
