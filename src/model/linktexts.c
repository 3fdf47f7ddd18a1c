#include "model/linktexts.h"

#include <string.h>

#include "base/i18n.h"
#include "base/map.h"
#include "base/utf8.h"
#include "model/brochure.h"

struct checker {
	struct arena *a;
	struct diag *d;
	struct map known; /* by text, folded: which of FIRST, from 1, has it */
	const struct run **first;
	int nfirst;
};

/* TEXT in small letters, without what stands around its words. */
static char *
fold(struct arena *a, const char *text)
{
	static const char around[] = " .,:;!?()<>\"'";
	text += strspn(text, around);
	char *folded = arena_strdup(a, utf8_casefold(a, text));
	size_t len = strlen(folded);
	while (len > 0 && strchr(around, folded[len - 1]) != NULL)
		len--;
	folded[len] = '\0';
	return folded;
}

static bool
says_nothing(const char *folded)
{
	static const char *const texts[] = {"hier", "klik hier", "lees meer",
	    "lees verder", "meer", "meer info", "meer informatie", "deze link", "link",
	    "website", "ici", "cliquez ici", "lire la suite", "lire plus",
	    "en savoir plus", "plus d'infos", "ce lien", "lien", "site",
	    "klicken sie hier", "hier klicken", "mehr", "mehr erfahren", "mehr lesen",
	    "weiterlesen", "weitere informationen", "dieser link", "here", "click here",
	    "read more", "more", "more info", "more information", "learn more",
	    "this link"};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (strcmp(folded, texts[i]) == 0)
			return true;
	return false;
}

/* The link that begins with RUNS[I]. */
static void
check_link(struct checker *c, const struct block *block, int i)
{
	const struct run *run = &block->runs[i];
	const char *name = runs_name(block->runs, block->nruns, run->link_id, c->a);
	const char *folded = fold(c->a, name);
	if (says_nothing(folded)) {
		diag_report(c->d, RULE_LINK_VAGUE, run->at,
		    _("the link \"%s\" does not say where it leads, and some hear links "
		      "alone; write that in its text"),
		    name);
		return;
	}
	int64_t *known = map_at(&c->known, c->a, folded);
	if (*known == 0) {
		*arena_append(c->a, c->first, c->nfirst) = run;
		*known = c->nfirst;
	} else if (strcmp(c->first[*known - 1]->link, run->link) != 0) {
		diag_report(c->d, RULE_LINK_ALIKE, run->at,
		    _("another link is called \"%s\" too, and leads to %s; give each a text "
		      "of its own"),
		    name, c->first[*known - 1]->link);
	}
}

static void
check_blocks(struct checker *c, const struct block *blocks, int n)
{
	for (int i = 0; i < n; i++) {
		const struct block *block = &blocks[i];
		for (int k = 0; k < block->nruns; k++)
			if (block->runs[k].link_id != 0 &&
			    (k == 0 ||
				block->runs[k].link_id != block->runs[k - 1].link_id))
				check_link(c, block, k);
		check_blocks(c, block->children, block->nchildren);
	}
}

void
linktexts_check(const struct announcement *text, struct arena *a, struct diag *d)
{
	struct checker c = {.a = a, .d = d};
	check_blocks(&c, text->blocks, text->nblocks);
}
