#include "pdf/pdf.h"

#include "base/i18n.h"
#include "pdf/fonts.h"
#include "pdf/haru.h"
#include "pdf/images.h"
#include "pdf/links.h"
#include "pdf/metadata.h"
#include "pdf/pages.h"
#include "pdf/structure.h"

static void
reserve_numbers(struct pdf *pdf)
{
	const struct document *doc = pdf->doc;
	struct serializer *file = &pdf->file;
	pdf->first.page = serializer_reserve(file, doc->npages);
	pdf->first.contents = serializer_reserve(file, doc->npages);
	pdf->first.element = serializer_reserve(file, doc->nelements);
	pdf->first.annotation = serializer_reserve(file, doc->nlinks);
	pdf->first.bookmark = serializer_reserve(file, doc->nbookmarks);
	pdf->first.image = serializer_reserve(file, pdf->images.n);
	pdf->first.part = serializer_reserve(file, pdf->images.nparts);
	pdf->first.parents = serializer_reserve(file, structure_count_leaves(doc));
}

/* On page 1, whole.  PDF/UA-2 wants a structure destination beside it (8.8). */
static HPDF_Dict
open_action(struct pdf *pdf)
{
	HPDF_Dict action = haru_dict(pdf);
	haru_set_name(pdf, action, "S", "GoTo");
	HPDF_Array page = haru_array(pdf);
	haru_add(pdf, page, haru_reference(pdf, pdf->first.page));
	haru_add(pdf, page, HPDF_Name_New(pdf->haru->mmgr, "Fit"));
	haru_set(pdf, action, "D", page);
	if (pdf->version == PDF_1_7)
		return action;
	HPDF_Array element = haru_array(pdf);
	haru_add(pdf, element,
	    haru_reference(pdf, pdf->first.element + pdf->doc->root->number));
	haru_add(pdf, element, HPDF_Name_New(pdf->haru->mmgr, "Fit"));
	haru_set(pdf, action, "SD", element);
	return action;
}

static void
build_catalog(struct pdf *pdf)
{
	HPDF_Dict catalog = pdf->haru->catalog;
	haru_set(pdf, catalog, "Lang", haru_text(pdf, pdf->doc->metadata.lang));
	HPDF_Dict marked = haru_dict(pdf), preferences = haru_dict(pdf);
	haru_set(pdf, marked, "Marked", HPDF_Boolean_New(pdf->haru->mmgr, HPDF_TRUE));
	haru_set(pdf, catalog, "MarkInfo", marked);
	haru_set(pdf, preferences, "DisplayDocTitle",
	    HPDF_Boolean_New(pdf->haru->mmgr, HPDF_TRUE));
	haru_set(pdf, catalog, "ViewerPreferences", preferences);
	haru_set_name(pdf, catalog, "PageMode", "UseNone");
	haru_set(pdf, catalog, "OpenAction", open_action(pdf));
	haru_set(pdf, catalog, "Metadata", metadata_build(pdf));
	HPDF_Array intents = haru_array(pdf);
	haru_add(pdf, intents, output_intent_build(pdf));
	haru_set(pdf, catalog, "OutputIntents", intents);
	structure_build(pdf);
	haru_set(pdf, catalog, "StructTreeRoot", pdf->tree);
	haru_set(pdf, catalog, "Outlines", outline_build(pdf));
}

/* Builds all that libharu holds. */
static bool
build(struct pdf *pdf)
{
	if (!haru_open(pdf) || !fonts_build(pdf))
		return false;
	pages_build(pdf);
	build_catalog(pdf);
	info_build(pdf);
	haru_number_all(pdf);
	return true;
}

static void
write_all(struct pdf *pdf)
{
	pages_write(pdf);
	structure_write(pdf);
	annotations_write(pdf);
	bookmarks_write(pdf);
	images_write(pdf);
	haru_write_all(pdf);
	serializer_finish(&pdf->file,
	    (struct trailer){.root = haru_number(pdf->haru->catalog),
		.info = pdf->version == PDF_2_0 ? 0 : haru_number(pdf->haru->info)});
}

bool
pdf_write(const struct document *doc, enum pdf_version version, struct diag *d,
    struct output *out)
{
	struct pdf pdf = {.doc = doc, .version = version, .diag = d};
	serializer_open(&pdf.file, out, version == PDF_2_0 ? "2.0" : "1.7");
	images_collect(&pdf);
	reserve_numbers(&pdf);
	bool ok = build(&pdf);
	if (ok)
		write_all(&pdf);
	if (pdf.fault != HPDF_OK)
		diag_report(d, RULE_PDF_BUILD, (struct place){0},
		    _("the PDF could not be built (libharu error 0x%04lX)"),
		    (unsigned long)pdf.fault);
	ok = ok && pdf.fault == HPDF_OK;
	haru_close(&pdf);
	fonts_free(&pdf);
	serializer_free(&pdf.file);
	arena_free(&pdf.arena);
	return ok;
}
