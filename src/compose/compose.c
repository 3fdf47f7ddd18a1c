#include "compose/compose.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/pattern.h"
#include "compose/composer.h"
#include "compose/cover.h"
#include "compose/gridpage.h"
#include "compose/press.h"
#include "model/words.h"

struct composer *
compose_plan(const struct brochure *brochure, const struct fonts *fonts, struct arena *a,
    struct diag *d)
{
	struct composer *c = arena_alloc(a, sizeof *c);
	*c = (struct composer){
	    .a = a,
	    .d = d,
	    .brochure = brochure,
	    .text = brochure->text,
	    .cities = brochure->cities,
	    .setter = {a, fonts, brochure->text->lang.s, shaped_make(a)},
	};
	typeset_init();
	theme_make(brochure, &c->setter, &c->theme);
	return gridpage_plan(c) ? c : NULL;
}

struct size
compose_logo_box(const struct composer *composer)
{
	return gridpage_logo_box(composer);
}

static struct metadata
metadata_make(const struct brochure *brochure)
{
	const struct announcement *text = brochure->text;
	return (struct metadata){
	    .title = brochure->title,
	    .lang = text->lang.s,
	    .author = text->author.s,
	    .subject = text->subject.s,
	    .keywords = text->keywords.s,
	    .publisher =
		text->publisher.name.s != NULL ? text->publisher.name.s : text->author.s,
	    .rights = text->rights.s,
	    .date = text->date.s,
	};
}

/* The page that a link's text names, "pagina 2" or just "2"; -1: none, as in "de 13
 * steden". */
static long
page_named(const char *text, const char *word)
{
	size_t len = strlen(word);
	for (const char *p = text; *p != '\0'; p++)
		if (strncasecmp(p, word, len) == 0 && p[len] == ' ' &&
		    isdigit((unsigned char)p[len + 1]))
			return strtol(p + len + 1, NULL, 10);
	bool bare = text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
	return bare ? strtol(text, NULL, 10) : -1;
}

/* Warns about RUN, a link to the grid, if it names another page than it leads to. */
static void
check_page_number(struct composer *c, const struct run *run)
{
	long named = page_named(run->text, c->brochure->words.page.s);
	if (named < 0)
		return;
	int page = c->grid_heading->anchor.page + 1;
	if (named != page)
		diag_report(c->d, RULE_LINK_PAGE, run->at,
		    _("the link \"%s\" leads to page %d; change the number in its text"),
		    run->text, page);
}

/* Finds the run of BLOCK that leads to the grid; where SAID is not NULL, the one that
 * says "the next page" instead. */
static void
promise_find(struct composer *c, const struct block *block, const struct run **link,
    const struct run **said)
{
	const char *next_page = words_next_page(c->text->lang.s);
	for (int i = 0; i < block->nruns; i++) {
		const struct run *run = &block->runs[i];
		if (said != NULL && pattern_matches(next_page, run->text, NULL, 0))
			*said = run;
		if (said != NULL || run->link == NULL || strcmp(run->link, "#grid") != 0)
			continue;
		check_page_number(c, run);
		*link = run;
	}
	for (int i = 0; i < block->nchildren; i++)
		promise_find(c, &block->children[i], link, said);
}

/* Warns about what a paragraph, list or panel says of where the logos are. */
static void
check_block(struct composer *c, const struct block *block)
{
	const struct run *link = NULL, *said = NULL;
	int page = 0, grid = c->grid_heading->anchor.page;
	promise_find(c, block, &link, NULL);
	if (link != NULL && words_next_page(c->text->lang.s) != NULL)
		promise_find(c, block, &link, &said);
	if (said == NULL)
		return;
	for (int i = 0; i < c->doc->nlinks; i++)
		if (c->doc->links[i]->text_id == link->link_id)
			page = c->doc->links[i]->page;
	if (page + 1 != grid)
		diag_report(c->d, RULE_LINK_PAGE, said->at,
		    _("this text is on page %d and the logos begin on page %d, which is not the next one; change it, or move it to the end"),
		    page + 1, grid + 1);
}

bool
compose(struct composer *c, const struct logos *logos, const struct logo *sign,
    struct document *out)
{
	*out = (struct document){.metadata = metadata_make(c->brochure)};
	struct builder *b = &c->build;
	*b = (struct builder){.a = c->a, .doc = out};
	c->doc = out;
	c->logos = logos;
	c->sign = sign;
	out->root = element_new(b, ROLE_DOCUMENT);
	c->grid_heading = element_new(b, ROLE_H2);
	struct element *title = element_new(b, ROLE_H1);
	bookmark_add(b, &out->outline, c->brochure->title, title);
	bool drawn = cover_draw(c, element_add(b, out->root, ROLE_SECT), title);
	if (drawn) {
		struct outline *grid = bookmark_add(
		    b, &out->outline, c->text->grid.heading.s, c->grid_heading);
		gridpage_draw(c, element_add(b, out->root, ROLE_SECT), grid);
		for (int i = 0; i < c->brochure->nblocks; i++)
			check_block(c, &c->brochure->blocks[i]);
	}
	document_finish(b);
	if (c->brochure->for_print)
		press_prepare(c->a, out);
	return drawn;
}
