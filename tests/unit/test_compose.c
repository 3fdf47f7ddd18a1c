#include "compose/compose.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "compose/dump.h"

static struct diag font_diag;
static struct fonts fonts;

/* Everything that one composed document needs. */
struct fixture {
	struct arena arena;
	struct diag diag;
	struct announcement text;
	struct cities cities;
	struct brochure brochure;
	struct document doc;
	struct logos logos;
	bool made;
};

static struct block *
block_add(struct fixture *f, enum block_kind kind, const char *text)
{
	struct block *block = arena_append(&f->arena, f->text.blocks, f->text.nblocks);
	block->kind = kind;
	block->level = 2;
	block->at = (struct place){"t.md", 10 + f->text.nblocks, 1};
	struct run *run = arena_append(&f->arena, block->runs, block->nruns);
	run->text = text;
	run->at = block->at;
	return block;
}

static void
fixture_start(struct fixture *f)
{
	*f = (struct fixture){0};
	f->text.file = "t.md";
	f->text.title.s = "Gemeente-Stadsmonitor 2023";
	f->text.lang.s = "nl-BE";
	f->text.grid.heading.s = "De websites van de centrumsteden";
	f->text.grid.intro.s = "Klik op een logo.";
	f->text.grid.link.s = "{city} \xe2\x80\x93 website Stad in Cijfers";
}

static void
cities_add(struct fixture *f, int n)
{
	static const char *const names[] = {
	    "Aalst", "Antwerpen", "'s-Gravenvoeren", "Sint-Niklaas", "Ieper"};
	for (int i = 0; i < n; i++) {
		struct city *city = arena_append(&f->arena, f->cities.list, f->cities.n);
		city->name.s = i < 5 ? names[i] : arena_printf(&f->arena, "Stad %d", i);
		city->url.s = "https://example.org/";
	}
}

/* Composes with logos of 200 x 100 pixels that fill their box. */
static void
fixture_compose(struct fixture *f)
{
	if (!brochure_make(
		&f->text, &f->cities, EDITION_SCREEN, &f->arena, &f->diag, &f->brochure))
		return;
	struct composer *c = compose_plan(&f->brochure, &fonts, &f->arena, &f->diag);
	if (c == NULL)
		return;
	struct size box = compose_logo_box(c);
	struct logo *logo = arena_alloc(&f->arena, sizeof *logo);
	logo->size.w = box.w < 2 * box.h ? box.w : 2 * box.h;
	logo->size.h = logo->size.w / 2;
	double scale = logo->size.w / 200;
	logo->frame = (struct rect){-20 * scale, -10 * scale, 240 * scale, 120 * scale};
	f->logos.n = f->cities.n;
	f->logos.list =
	    arena_alloc(&f->arena, (size_t)f->cities.n * sizeof *f->logos.list);
	for (int i = 0; i < f->cities.n; i++)
		f->logos.list[i] = logo;
	f->made = compose(c, &f->logos, NULL, &f->doc);
}

static void
fixture_free(struct fixture *f)
{
	diag_free(&f->diag);
	arena_free(&f->arena);
}

static int
setup(void **state)
{
	(void)state;
	struct text paths[FACE_COUNT] = {0};
	return fonts_open(paths, &font_diag, &fonts) ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	fonts_close(&fonts);
	diag_free(&font_diag);
	return 0;
}

/* --- what holds for every document --- */

static struct rect
box_rect(const struct box *box)
{
	if (box->kind == BOX_AREA)
		return box->area.rect;
	if (box->kind == BOX_IMAGE)
		return box->image.clip;
	const struct text_box *t = &box->text;
	/* the blank at the end of a line may hang over */
	double blank = 0;
	if (t->run.len > 0 && t->run.text[t->run.len - 1] == ' ')
		blank = t->run.glyphs[t->run.n - 1].advance;
	return (struct rect){t->x, t->y - 0.25 * t->size,
	    (t->run.advance - blank) * t->size / t->run.font->units_per_em, t->size};
}

static bool
inside(struct rect in, struct rect out)
{
	return in.x >= out.x - 0.01 && in.y >= out.y - 0.01 &&
	    in.x + in.w <= out.x + out.w + 0.01 && in.y + in.h <= out.y + out.h + 0.01;
}

static bool
overlap(struct rect a, struct rect b)
{
	return a.x < b.x + b.w - 0.01 && b.x < a.x + a.w - 0.01 &&
	    a.y < b.y + b.h - 0.01 && b.y < a.y + a.h - 0.01;
}

static void
check_page(const struct page *page)
{
	const struct rect paper = {0, 0, page->w, page->h};
	int next_mark = 0, current = -1;
	for (int i = 0; i < page->nboxes; i++) {
		const struct box *box = &page->boxes[i];
		assert_true(inside(box_rect(box), paper));
		if (box->mark == current)
			continue;
		current = box->mark;
		if (current >= 0) /* each is opened once, in order */
			assert_int_equal(current, next_mark++);
	}
	assert_int_equal(next_mark, page->nmarks);
	for (int i = 0; i < page->nlinks; i++) {
		assert_true(inside(page->links[i]->rect, paper));
		assert_true(page->links[i]->contents[0] != '\0');
		for (int k = i + 1; k < page->nlinks; k++)
			assert_false(overlap(page->links[i]->rect, page->links[k]->rect));
	}
}

/* Where the reading of the tree has come to. */
struct reading {
	const struct document *doc;
	int page, mark, number, nmarks;
};

static void
check_order(struct reading *r, const struct element *element)
{
	assert_int_equal(element->number, r->number);
	assert_true(element->nkids > 0);
	r->number++;
	for (int i = 0; i < element->nkids; i++) {
		const struct kid *kid = &element->kids[i];
		if (kid->kind == KID_ELEMENT) {
			assert_ptr_equal(kid->element->parent, element);
			check_order(r, kid->element);
		} else if (kid->kind == KID_MARK) {
			assert_true(kid->page > r->page ||
			    (kid->page == r->page && kid->mark > r->mark));
			assert_ptr_equal(
			    r->doc->pages[kid->page].marked[kid->mark], element);
			r->page = kid->page;
			r->mark = kid->mark;
			r->nmarks++;
		} else {
			assert_int_equal(element->role, ROLE_LINK);
			assert_ptr_equal(kid->link->element, element);
		}
	}
}

/* The boxes of a city's link lie inside its rectangle and in no other. */
static void
check_cells(const struct document *doc)
{
	for (int p = 0; p < doc->npages; p++) {
		const struct page *page = &doc->pages[p];
		for (int i = 0; i < page->nlinks; i++) {
			const struct link *link = page->links[i];
			if (link->element->parent->role != ROLE_LBODY ||
			    link->element->alt == NULL)
				continue;
			assert_true(link->rect.w >= 33 && link->rect.h >= 33);
			assert_string_equal(link->contents, link->element->alt);
			int inner = 0;
			for (int k = 0; k < page->nboxes; k++) {
				const struct box *box = &page->boxes[k];
				if (box->mark < 0)
					continue;
				const struct element *owner = page->marked[box->mark];
				if (owner->parent == link->element) {
					assert_true(inside(box_rect(box), link->rect));
					inner++;
				} else {
					assert_false(overlap(box_rect(box), link->rect));
				}
			}
			assert_true(inner >= 2); /* the logo and its caption */
		}
	}
}

static void
check_document(const struct document *doc)
{
	int nmarks = 0;
	for (int p = 0; p < doc->npages; p++) {
		check_page(&doc->pages[p]);
		nmarks += doc->pages[p].nmarks;
	}
	struct reading reading = {doc, -1, -1, 0, 0};
	check_order(&reading, doc->root);
	assert_int_equal(reading.nmarks, nmarks);
	assert_int_equal(reading.number, doc->nelements);
	check_cells(doc);
}

/* --- tests --- */

static void
any_number_of_cities_and_any_length_of_text_is_laid_out_soundly(void **state)
{
	(void)state;
	static const int counts[] = {1, 2, 3, 5, 7, 13, 30, 100, 308};
	static const int paragraphs[] = {1, 6, 60};
	static const char sentence[] =
	    "De dertien centrumsteden kregen de mogelijkheid om extra bevragingen te laten "
	    "uitvoeren om niet alleen resultaten op stadsniveau, maar ook op stadsdeelniveau te "
	    "bekomen, met https://stad.gent/over-gent-en-het-stadsbestuur/over-gent/kaarten-cijfers.";
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		for (int k = 0; k < 3; k++) {
			for (int paper = PAPER_A4; paper <= PAPER_LETTER; paper++) {
				for (int landscape = 0; landscape < 2; landscape++) {
					struct fixture f;
					fixture_start(&f);
					f.text.page.paper = (enum paper)paper;
					f.text.page.landscape = landscape;
					for (int p = 0; p < paragraphs[k]; p++)
						block_add(&f,
						    p % 7 == 3 ? BLOCK_HEADING
							       : BLOCK_PARAGRAPH,
						    sentence);
					cities_add(&f, counts[i]);
					fixture_compose(&f);
					if (!f.made)
						fail_msg("%s", f.diag.list[0].message);
					check_document(&f.doc);
					assert_int_equal(
					    f.doc.outline
						.children[f.doc.outline.nchildren - 1]
						.nchildren,
					    counts[i]);
					fixture_free(&f);
				}
			}
		}
	}
}

static void
a_heading_stays_with_two_lines_and_no_line_stands_alone(void **state)
{
	(void)state;
	static const char words[] =
	    "Een alinea van vier regels, die lang genoeg is om over het einde van een bladzijde te "
	    "lopen wanneer er boven haar genoeg andere staan, en die dan zo gebroken moet worden dat "
	    "er nergens een regel alleen staat, niet onder aan de ene en niet boven aan de volgende "
	    "bladzijde.";
	for (int k = 2; k < 80; k++) {
		struct fixture f;
		fixture_start(&f);
		int before = k / 2, alone = k % 2; /* a line alone below the heading */
		for (int i = 0; i < before; i++)
			block_add(
			    &f, BLOCK_PARAGRAPH, alone || i % 3 == 2 ? "Kort." : words);
		block_add(&f, BLOCK_HEADING, "Kop");
		if (alone)
			block_add(&f, BLOCK_PARAGRAPH, "Kort.");
		for (int i = 0; i < 12; i++)
			block_add(&f, BLOCK_PARAGRAPH, words);
		cities_add(&f, 1);
		fixture_compose(&f);
		assert_true(f.made);
		for (int p = 0; p < f.doc.npages; p++) {
			const struct page *page = &f.doc.pages[p];
			for (int m = 0; m < page->nmarks; m++) {
				const struct element *e = page->marked[m];
				if (e->role == ROLE_H2 && p + 1 < f.doc.npages)
					assert_true(m + 1 + alone < page->nmarks);
				if (e->role != ROLE_P || e->nkids < 2)
					continue;
				int lines = 0;
				for (int b = 0; b < page->nboxes; b++)
					lines += page->boxes[b].mark == m;
				assert_true(lines >= 2);
			}
		}
		fixture_free(&f);
	}
}

static void
a_link_in_the_text_has_an_annotation_on_every_line_that_it_takes(void **state)
{
	(void)state;
	struct fixture f;
	fixture_start(&f);
	block_add(&f, BLOCK_PARAGRAPH, "Inleiding.");
	struct block *block = block_add(&f, BLOCK_PARAGRAPH, "Lees ");
	struct run *run = arena_append(&f.arena, block->runs, block->nruns);
	*run = (struct run){
	    .text =
		"een heel lange verwijzing die zeker niet op een enkele regel van de alinea past "
		"en dus over twee of drie regels loopt",
	    .link = "https://example.org/",
	    .link_id = 1,
	    .at = block->at};
	run = arena_append(&f.arena, block->runs, block->nruns);
	*run = (struct run){.text = " of ga naar ", .at = block->at};
	run = arena_append(&f.arena, block->runs, block->nruns);
	*run = (struct run){
	    .text = "pagina 2", .link = "#grid", .link_id = 2, .at = block->at};
	cities_add(&f, 13);
	fixture_compose(&f);
	assert_true(f.made);
	check_document(&f.doc);
	const struct page *page = &f.doc.pages[0];
	assert_true(page->nlinks >= 3);
	for (int i = 0; i + 1 < page->nlinks; i++) {
		assert_string_equal(page->links[i]->uri, "https://example.org/");
		assert_int_equal(page->links[i]->element->nkids, 1);
		assert_ptr_equal(page->links[i]->element->parent->parent,
		    page->links[0]->element->parent->parent);
		assert_true(strncmp(page->links[i]->contents, "een heel lange", 14) == 0);
	}
	const struct link *inner = page->links[page->nlinks - 1];
	assert_null(inner->uri);
	assert_int_equal(inner->target->role, ROLE_H2);
	assert_int_equal(inner->target->anchor.page, 1);
	assert_int_equal(f.diag.n, 0);
	fixture_free(&f);
}

static void
a_wrong_page_number_in_a_link_to_the_grid_is_a_warning(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int nwarnings;
	} cases[] = {
	    {"pagina 7", 1},
	    {"zie Pagina 3 hierna", 1},
	    {"7", 1},
	    {"pagina 2", 0},
	    {"2", 0},
	    {"de 13 steden", 0},
	    {"de volgende pagina", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fixture f;
		fixture_start(&f);
		struct block *block = block_add(&f, BLOCK_PARAGRAPH, cases[i].text);
		block->runs[0].link = "#grid";
		block->runs[0].link_id = 1;
		cities_add(&f, 2);
		fixture_compose(&f);
		assert_true(f.made);
		assert_int_equal(f.diag.nwarnings, cases[i].nwarnings);
		if (f.diag.n > 0)
			assert_int_equal(f.diag.list[0].at.line, block->at.line);
		fixture_free(&f);
	}
}

static void
a_lead_that_would_end_in_one_word_is_set_smaller(void **state)
{
	(void)state;
	static const char lead[] =
	    "Op 24 januari 2024 werden in Gent de resultaten voorgesteld van de nieuwe "
	    "Gemeente-Stadsmonitor van het jaar 2023.";
	int nsmaller = 0;
	for (size_t len = 40; len < sizeof lead; len++) {
		struct fixture f;
		fixture_start(&f);
		f.text.page.landscape = true;
		block_add(&f, BLOCK_PARAGRAPH, arena_strndup(&f.arena, lead, len));
		block_add(&f, BLOCK_PARAGRAPH, "Tekst.");
		cities_add(&f, 1);
		fixture_compose(&f);
		assert_true(f.made);
		const struct page *page = &f.doc.pages[0];
		const struct text_box *last = NULL;
		int nlines = 0;
		for (int i = 0; i < page->nboxes; i++) {
			nlines += page->boxes[i].mark == 1;
			if (page->boxes[i].mark == 1)
				last = &page->boxes[i].text;
		}
		assert_non_null(last);
		nsmaller += last->size < 17;
		bool words = memchr(last->run.text, ' ', last->run.len) != NULL;
		assert_true(nlines == 1 || words);
		fixture_free(&f);
	}
	assert_true(nsmaller > 0);
}

static void
a_lead_alone_stands_on_a_band_that_fills_the_page_but_its_foot(void **state)
{
	(void)state;
	for (int landscape = 0; landscape < 2; landscape++) {
		for (int nblocks = 1; nblocks <= 2; nblocks++) {
			struct fixture f;
			fixture_start(&f);
			f.text.page.landscape = landscape;
			for (int i = 0; i < nblocks; i++)
				block_add(&f, BLOCK_PARAGRAPH, "Een alinea.");
			cities_add(&f, 1);
			fixture_compose(&f);
			assert_true(f.made);
			const struct page *page = &f.doc.pages[0];
			const struct rect band = page->boxes[0].area.rect;
			bool whole = band.w == page->w && band.h > 0.8 * page->h;
			assert_int_equal(whole, nblocks == 1);
			fixture_free(&f);
		}
	}
}

static void
a_longer_title_is_never_set_larger(void **state)
{
	(void)state;
	static const char title[] =
	    "Gemeente-Stadsmonitor 2023: wat 135.000 Vlamingen vinden van hun stad, hun "
	    "gemeente, hun wijk en hun buurt, en wat hun buren daar dan weer van vinden";
	for (int paper = PAPER_A4; paper <= PAPER_LETTER; paper++) {
		double before = 100;
		for (size_t len = 10; len < sizeof title; len++) {
			struct fixture f;
			fixture_start(&f);
			f.text.page.paper = (enum paper)paper;
			f.text.title.s = arena_strndup(&f.arena, title, len);
			block_add(&f, BLOCK_PARAGRAPH, "De lead.");
			block_add(&f, BLOCK_PARAGRAPH, "Tekst.");
			cities_add(&f, 1);
			fixture_compose(&f);
			assert_true(f.made);
			int lines = 0;
			double size = 0;
			for (int k = 0; k < f.doc.pages[0].nboxes; k++) {
				const struct box *box = &f.doc.pages[0].boxes[k];
				lines += box->mark == 0;
				size = box->mark == 0 ? box->text.size : size;
			}
			assert_true(size <= before && size >= 20 && size <= 34);
			assert_true(lines < 3 || size <= 30);
			before = size;
			fixture_free(&f);
		}
	}
}

static void
one_long_name_does_not_spread_the_others_over_more_pages(void **state)
{
	(void)state;
	for (int paper = PAPER_A4; paper <= PAPER_LETTER; paper++) {
		struct fixture f;
		fixture_start(&f);
		f.text.page.paper = (enum paper)paper;
		block_add(&f, BLOCK_PARAGRAPH, "Tekst.");
		cities_add(&f, 13);
		f.cities.list[4].name.s = "Scherpenheuvel-Zichem-Averbode";
		fixture_compose(&f);
		assert_true(f.made);
		assert_true(f.doc.npages <= (paper == PAPER_A5 ? 4 : 2));
		/* cells stand side by side */
		const struct link *const *cells =
		    (const struct link *const *)f.doc.pages[1].links;
		assert_true(cells[0]->rect.y == cells[1]->rect.y);
		fixture_free(&f);
	}
}

/* The text of a line of the footer of PAGE. */
static const char *
footer_text(struct fixture *f, int page)
{
	for (int i = 0; i < f->doc.pages[page].nboxes; i++) {
		const struct box *box = &f->doc.pages[page].boxes[i];
		if (box->mark == MARK_FOOTER)
			return arena_strndup(
			    &f->arena, box->text.run.text, box->text.run.len);
	}
	return "";
}

static void
a_title_too_long_for_the_footer_ends_in_an_ellipsis_there(void **state)
{
	(void)state;
	static const struct {
		const char *title, *footer;
	} cases[] = {
	    {"Gemeente-Stadsmonitor 2023", "Gemeente-Stadsmonitor 2023"},
	    {"Gemeente-Stadsmonitor 2023: wat 135.000 Vlamingen vinden van hun stad, hun "
	     "gemeente, hun wijk en hun buurt",
		"Gemeente-Stadsmonitor 2023: wat 135.000 Vlamingen vinden van hun stad, "
		"hun\xe2\x80\xa6"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fixture f;
		fixture_start(&f);
		f.text.title.s = cases[i].title;
		block_add(&f, BLOCK_PARAGRAPH, "Tekst.");
		cities_add(&f, 1);
		fixture_compose(&f);
		assert_true(f.made);
		assert_string_equal(footer_text(&f, 1), cases[i].footer);
		fixture_free(&f);
	}
}

static void
a_row_of_figures_is_as_tall_as_its_own_labels(void **state)
{
	(void)state;
	struct figure figures[5] = {{{"1", {0}},
	    {"een label van een hele reeks woorden dat "
	     "over vier of vijf regels loopt",
		{0}}}};
	for (int i = 1; i < 5; i++)
		figures[i] = (struct figure){{"2", {0}}, {"kort", {0}}};
	struct fixture f;
	fixture_start(&f);
	f.text.figures = figures;
	f.text.nfigures = 5;
	block_add(&f, BLOCK_PARAGRAPH, "De lead.");
	block_add(&f, BLOCK_PARAGRAPH, "Tekst.");
	cities_add(&f, 1);
	fixture_compose(&f);
	assert_true(f.made);
	const struct page *page = &f.doc.pages[0];
	const struct box *body = &page->boxes[page->nboxes - 2], *label = body - 1;
	assert_int_equal(strncmp(body->text.run.text, "Tekst.", 6), 0);
	assert_int_equal(strncmp(label->text.run.text, "kort", 4), 0);
	assert_true(label->text.y - body->text.y < 50);
	fixture_free(&f);
}

static void
what_cannot_fit_is_refused_by_name(void **state)
{
	(void)state;
	static const enum rule rules_told[] = {RULE_TITLE_LONG, RULE_TITLE_LONG,
	    RULE_CITY_LONG, RULE_FIGURE_LONG, RULE_PAGE_FULL, RULE_PAGE_FULL};
	static char wide[2000], words[6000];
	static struct figure figures[60];
	memset(wide, 'w', sizeof wide - 1);
	for (size_t i = 0; i + 1 < sizeof words; i++)
		words[i] = i % 5 == 4 ? ' ' : 'w';
	for (int i = 0; i < 60; i++)
		figures[i] = (struct figure){{"1", {0}}, {"label", {0}}};
	for (int which = 0; which < 6; which++) {
		struct fixture f;
		fixture_start(&f);
		block_add(&f, BLOCK_PARAGRAPH, "De lead.");
		block_add(&f, BLOCK_PARAGRAPH, "Tekst.");
		cities_add(&f, 2);
		struct figure figure = {{wide, {"t.md", 8, 1}}, {"label", {0}}};
		switch (which) {
		case 0:
			f.text.title.s = wide;
			break;
		case 1:
			f.text.title.s = words;
			break;
		case 2:
			f.cities.list[1].name.s = arena_strndup(&f.arena, wide, 600);
			break;
		case 3:
			f.text.figures = &figure, f.text.nfigures = 1;
			break;
		case 4:
			f.text.grid.intro.s = words;
			break;
		case 5:
			f.text.figures = figures, f.text.nfigures = 60;
			break;
		}
		fixture_compose(&f);
		assert_false(f.made);
		assert_int_equal(f.diag.n, 1);
		assert_int_equal(f.diag.list[0].rule, rules_told[which]);
		fixture_free(&f);
	}
}

static void
the_tag_tree_is_that_of_the_plan(void **state)
{
	(void)state;
	struct fixture f;
	fixture_start(&f);
	f.text.kicker.s = "Stad in Cijfers";
	struct figure figure = {{"14", {0}}, {"thema's", {0}}};
	f.text.figures = &figure;
	f.text.nfigures = 1;
	block_add(&f, BLOCK_PARAGRAPH, "De lead.");
	block_add(&f, BLOCK_HEADING, "Een kop");
	struct block *list = block_add(&f, BLOCK_LIST, "");
	list->nruns = 0;
	list->ordered = true;
	struct block *item = arena_append(&f.arena, list->children, list->nchildren);
	item->kind = BLOCK_ITEM;
	item->number = "3";
	struct block *para = arena_append(&f.arena, item->children, item->nchildren);
	para->kind = BLOCK_PARAGRAPH;
	*arena_append(&f.arena, para->runs, para->nruns) = (struct run){.text = "Punt"};
	cities_add(&f, 1);
	fixture_compose(&f);
	assert_true(f.made);
	struct buffer out = {0};
	dump_tags(&f.doc, &out);
	buffer_append(&out, "", 1);
	assert_string_equal(out.data,
	    "Document\n"
	    "  Sect\n"
	    "    P\n      mark 1.0 \"Stad in Cijfers\"\n"
	    "    H1\n      mark 1.1 \"Gemeente-Stadsmonitor 2023\"\n"
	    "    P\n      mark 1.2 \"De lead.\"\n"
	    "    L\n      LI\n        LBody\n          mark 1.3 \"14 \" \"thema's\"\n"
	    "    H2\n      mark 1.4 \"Een kop\"\n"
	    "    L\n      LI\n        Lbl\n          mark 1.5 \"3. \"\n"
	    "        LBody\n          P\n            mark 1.6 \"Punt\"\n"
	    "  Sect\n"
	    "    H2\n      mark 2.0 \"De websites van de centrumsteden\"\n"
	    "    P\n      mark 2.1 \"Klik op een logo.\"\n"
	    "    L\n      LI\n        LBody\n"
	    "          Linked alt \"Aalst \xe2\x80\x93 website Stad in Cijfers\"\n"
	    "            Figure alt \"Logo Aalst\"\n              mark 2.2 image\n"
	    "            Span\n              mark 2.3 \"Aalst\"\n"
	    "            Span\n              mark 2.4 \"example.org\"\n"
	    "            Span\n"
	    "              Link alt \"Aalst \xe2\x80\x93 website Stad in Cijfers\"\n"
	    "                link 0\n"
	    "bookmark \"Gemeente-Stadsmonitor 2023\" to H1 on page 1\n"
	    "bookmark \"Een kop\" to H2 on page 1\n"
	    "bookmark \"De websites van de centrumsteden\" to H2 on page 2\n"
	    "  bookmark \"Aalst\" to Linked on page 2\n");
	buffer_free(&out);
	fixture_free(&f);
}

static struct block *
child_add(struct fixture *f, struct block *parent, enum block_kind kind)
{
	struct block *child =
	    arena_append(&f->arena, parent->children, parent->nchildren);
	child->kind = kind;
	return child;
}

static void
words_add(struct fixture *f, struct block *block, const char *text)
{
	*arena_append(&f->arena, block->runs, block->nruns) = (struct run){.text = text};
}

static const struct box *
box_of(const struct page *page, const char *text)
{
	for (int i = 0; i < page->nboxes; i++) {
		const struct box *box = &page->boxes[i];
		if (box->kind == BOX_TEXT &&
		    strncmp(box->text.run.text, text, strlen(text)) == 0)
			return box;
	}
	fail_msg("no box %s", text);
	return NULL;
}

static void
panel_add(struct fixture *f, struct block *parent, const char *words)
{
	struct block *panel = child_add(f, parent, BLOCK_QUOTE);
	words_add(f, child_add(f, panel, BLOCK_PARAGRAPH), words);
}

static void
every_item_keeps_its_mark_and_a_panel_its_place_within_it(void **state)
{
	(void)state;
	struct fixture f;
	fixture_start(&f);
	block_add(&f, BLOCK_PARAGRAPH, "De lead.");
	struct block *list = block_add(&f, BLOCK_LIST, "");
	list->nruns = 0;
	list->ordered = true;
	struct block *item = child_add(&f, list, BLOCK_ITEM);
	item->number = "1";
	struct block *inner = child_add(&f, item, BLOCK_LIST);
	words_add(&f, child_add(&f, child_add(&f, inner, BLOCK_ITEM), BLOCK_PARAGRAPH),
	    "eerste");
	panel_add(&f, item, "paneel");
	block_add(&f, BLOCK_PARAGRAPH, "Buiten.");
	cities_add(&f, 1);
	fixture_compose(&f);
	assert_true(f.made);

	const struct page *page = &f.doc.pages[0];
	double left = box_of(page, "Buiten.")->text.x, last = left;
	static const char *const in_a_row[] = {"1. ", "\xe2\x80\x93 ", "eerste"};
	double y = box_of(page, "1. ")->text.y;
	assert_float_equal(box_of(page, "1. ")->text.x, left, 1e-6);
	for (size_t i = 1; i < 3; i++) {
		const struct box *box = box_of(page, in_a_row[i]);
		assert_float_equal(box->text.y, y, 1e-6);
		assert_true(box->text.x > last + 5);
		assert_true(box > box_of(page, in_a_row[i - 1]));
		last = box->text.x;
	}
	const struct box *words = box_of(page, "paneel");
	const struct area_box *area = NULL;
	for (int i = 0; i < page->nboxes; i++)
		if (page->boxes[i].kind == BOX_AREA && page->boxes[i].area.radius > 0)
			area = &page->boxes[i].area;
	assert_non_null(area);
	assert_float_equal(area->rect.x, box_of(page, "\xe2\x80\x93 ")->text.x, 1e-6);
	assert_true(words->text.x > area->rect.x + 5);
	fixture_free(&f);
}

/* Between items, after a list, and after a list within an item. */
static void
what_follows_a_panel_is_as_far_from_it_in_a_list(void **state)
{
	(void)state;
	struct fixture f;
	fixture_start(&f);
	block_add(&f, BLOCK_PARAGRAPH, "De lead.");
	struct block *panel = block_add(&f, BLOCK_QUOTE, "");
	panel->nruns = 0;
	words_add(&f, child_add(&f, panel, BLOCK_PARAGRAPH), "een");
	block_add(&f, BLOCK_PARAGRAPH, "twee");
	struct block *list = block_add(&f, BLOCK_LIST, "");
	list->nruns = 0;
	panel_add(&f, child_add(&f, list, BLOCK_ITEM), "drie");
	struct block *item = child_add(&f, list, BLOCK_ITEM);
	words_add(&f, child_add(&f, item, BLOCK_PARAGRAPH), "vier");
	panel_add(&f, child_add(&f, child_add(&f, item, BLOCK_LIST), BLOCK_ITEM), "vijf");
	words_add(
	    &f, child_add(&f, child_add(&f, list, BLOCK_ITEM), BLOCK_PARAGRAPH), "zes");
	panel_add(&f, child_add(&f, list, BLOCK_ITEM), "zeven");
	block_add(&f, BLOCK_PARAGRAPH, "acht");
	cities_add(&f, 1);
	fixture_compose(&f);
	assert_true(f.made);

	const struct page *page = &f.doc.pages[0];
	double apart = box_of(page, "een")->text.y - box_of(page, "twee")->text.y;
	static const char *const pairs[][2] = {
	    {"drie", "vier"}, {"vijf", "zes"}, {"zeven", "acht"}};
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		const struct box *above = box_of(page, pairs[i][0]);
		const struct box *below = box_of(page, pairs[i][1]);
		assert_true(fabs(above->text.y - below->text.y - apart) < 1e-6);
	}
	fixture_free(&f);
}

static void
bookmarks_are_nested_as_headings_are(void **state)
{
	(void)state;
	struct fixture f;
	fixture_start(&f);
	static const int levels[] = {2, 3, 4, 3, 2, 3, 4, 5, 6};
	block_add(&f, BLOCK_PARAGRAPH, "De lead.");
	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
		block_add(&f, BLOCK_HEADING, i == 4 ? "Over\ntwee regels" : "Kop")
		    ->level = levels[i];
		block_add(&f, BLOCK_PARAGRAPH, "Tekst.");
	}
	struct block *panel = block_add(&f, BLOCK_QUOTE, "");
	panel->nruns = 0;
	struct block *heading = child_add(&f, panel, BLOCK_HEADING);
	heading->level = 3;
	words_add(&f, heading, "In een paneel");
	cities_add(&f, 1);
	fixture_compose(&f);
	assert_true(f.made);
	struct buffer out = {0};
	dump_tags(&f.doc, &out);
	buffer_append(&out, "", 1);
	assert_string_equal(strstr(out.data, "bookmark"),
	    "bookmark \"Gemeente-Stadsmonitor 2023\" to H1 on page 1\n"
	    "bookmark \"Kop\" to H2 on page 1\n"
	    "  bookmark \"Kop\" to H3 on page 1\n"
	    "    bookmark \"Kop\" to H4 on page 1\n"
	    "  bookmark \"Kop\" to H3 on page 1\n"
	    "bookmark \"Over twee regels\" to H2 on page 1\n"
	    "  bookmark \"Kop\" to H3 on page 1\n"
	    "    bookmark \"Kop\" to H4 on page 1\n"
	    "      bookmark \"Kop\" to H5 on page 1\n"
	    "        bookmark \"Kop\" to H6 on page 1\n"
	    "  bookmark \"In een paneel\" to H3 on page 1\n"
	    "bookmark \"De websites van de centrumsteden\" to H2 on page 2\n"
	    "  bookmark \"Aalst\" to Linked on page 2\n");
	buffer_free(&out);
	fixture_free(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		any_number_of_cities_and_any_length_of_text_is_laid_out_soundly),
	    cmocka_unit_test(a_heading_stays_with_two_lines_and_no_line_stands_alone),
	    cmocka_unit_test(
		a_link_in_the_text_has_an_annotation_on_every_line_that_it_takes),
	    cmocka_unit_test(a_wrong_page_number_in_a_link_to_the_grid_is_a_warning),
	    cmocka_unit_test(a_lead_that_would_end_in_one_word_is_set_smaller),
	    cmocka_unit_test(
		a_lead_alone_stands_on_a_band_that_fills_the_page_but_its_foot),
	    cmocka_unit_test(a_longer_title_is_never_set_larger),
	    cmocka_unit_test(one_long_name_does_not_spread_the_others_over_more_pages),
	    cmocka_unit_test(a_title_too_long_for_the_footer_ends_in_an_ellipsis_there),
	    cmocka_unit_test(a_row_of_figures_is_as_tall_as_its_own_labels),
	    cmocka_unit_test(what_cannot_fit_is_refused_by_name),
	    cmocka_unit_test(the_tag_tree_is_that_of_the_plan),
	    cmocka_unit_test(every_item_keeps_its_mark_and_a_panel_its_place_within_it),
	    cmocka_unit_test(what_follows_a_panel_is_as_far_from_it_in_a_list),
	    cmocka_unit_test(bookmarks_are_nested_as_headings_are),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
