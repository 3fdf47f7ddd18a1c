#include "model/brochure.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "model/words.h"

enum {
	NAME_MAX_LEN = 4000, /* characters, as of any text that is read */
	LEAD_MAX_LEN = 320,  /* characters, some fifty words */
	LINE_LEN = 48        /* of them, on a line of a lead */
};

/* --- names -------------------------------------------------------------------- */

/* PATTERN with every "{city}" replaced by NAME. */
static const char *
city_link_name(struct arena *a, const char *pattern, const char *name)
{
	static const char hole[] = "{city}";
	struct buffer out = {0};
	for (const char *next; (next = strstr(pattern, hole)) != NULL;
	     pattern = next + sizeof hole - 1) {
		buffer_append(&out, pattern, (size_t)(next - pattern));
		buffer_puts(&out, name);
	}
	buffer_puts(&out, pattern);
	return buffer_take(&out, a);
}

const char *
url_shown(struct arena *a, const char *url)
{
	const char *s = strstr(url, "://");
	s = s != NULL ? s + 3 : url;
	s += strncasecmp(s, "www.", 4) == 0 ? 4 : 0;
	size_t len = strlen(s);
	bool slash = len > 0 && s[len - 1] == '/' && strcspn(s, "?#") == len;
	return arena_strndup(a, s, len - slash);
}

/* Makes b->names.  False: one is too long; then there are none. */
static bool
names_make(struct brochure *b, struct arena *a, struct diag *d)
{
	const struct text *pattern = &b->text->grid.link;
	b->names = arena_alloc(a, (size_t)b->cities->n * sizeof *b->names);
	for (int i = 0; i < b->cities->n; i++) {
		const struct city *city = &b->cities->list[i];
		struct city_names *names = &b->names[i];
		names->link = city_link_name(a, pattern->s, city->name.s);
		names->logo = city->alt.s != NULL
		    ? city->alt.s
		    : arena_printf(a, "%s %s", b->words.logo.s, city->name.s);
		names->address = city->url.s != NULL ? url_shown(a, city->url.s) : "";
		int n = utf8_count(names->link, strlen(names->link));
		if (n <= NAME_MAX_LEN)
			continue;
		diag_report(d, RULE_LINK_NAME_LONG, pattern->at,
		    _("the name of the link of \"%s\" would have %d characters; expected "
		      "%d at most: shorten this, or write {city} once"),
		    city->name.s, n, NAME_MAX_LEN);
		b->names = NULL;
		return false;
	}
	return true;
}

const char *
runs_name(const struct run *runs, int n, int link_id, struct arena *a)
{
	struct buffer text = {0};
	for (int i = 0; i < n; i++)
		if (link_id == 0 || runs[i].link_id == link_id)
			buffer_puts(&text, runs[i].text);
	char *name = buffer_take(&text, a);
	for (char *p = name; *p != '\0'; p++)
		if (*p == '\n')
			*p = ' ';
	return name;
}

/* --- the text ----------------------------------------------------------------- */

/* Whether a paragraph is short enough to be set large. */
static bool
is_lead(const struct block *block)
{
	int len = 0;
	for (int i = 0; i < block->nruns; i++) {
		const char *s = block->runs[i].text;
		len += utf8_count(s, strlen(s));
		for (; (s = strchr(s, '\n')) != NULL; s++)
			len += LINE_LEN;
	}
	return block->kind == BLOCK_PARAGRAPH && len <= LEAD_MAX_LEN;
}

/* Of the kids of FROM, those that EDITION has, as kids of TO; a list, item or quote that
 * has none is left out. */
static void
blocks_choose(
    const struct block *from, enum edition edition, struct arena *a, struct block *to)
{
	*to = *from;
	to->children = NULL;
	to->nchildren = 0;
	for (int i = 0; i < from->nchildren; i++) {
		const struct block *block = &from->children[i];
		struct block chosen;
		blocks_choose(block, edition, a, &chosen);
		if ((block->only == EDITION_BOTH || block->only == edition) &&
		    (chosen.nchildren > 0 || block->nchildren == 0))
			*arena_append(a, to->children, to->nchildren) = chosen;
	}
}

/* The block quote that calls to action, among N BLOCKS. */
static const struct block *
find_call(const struct block *blocks, int n, enum call call)
{
	const struct block *found = NULL;
	for (int i = 0; i < n && call != CALL_NONE; i++) {
		const struct block *block = &blocks[i];
		bool headed =
		    block->nchildren > 0 && block->children[0].kind == BLOCK_HEADING;
		if (block->kind == BLOCK_QUOTE && (headed || call == CALL_LAST))
			found = block;
	}
	return found;
}

bool
brochure_make(const struct announcement *text, const struct cities *cities,
    enum edition edition, struct arena *a, struct diag *d, struct brochure *out)
{
	const struct block all = {.children = text->blocks, .nchildren = text->nblocks};
	struct block chosen;
	blocks_choose(&all, edition, a, &chosen);
	*out = (struct brochure){.text = text,
	    .cities = cities,
	    .for_print = edition == EDITION_PRINT,
	    .blocks = chosen.children,
	    .nblocks = chosen.nchildren};
	if (text->title.s != NULL)
		out->title = utf8_typed(a, text->title.s);
	bool lead = out->nblocks > 0 && is_lead(&out->blocks[0]);
	out->lead = lead ? out->blocks : NULL;
	out->body = lead ? out->blocks + 1 : out->blocks;
	out->nbody = out->nblocks - lead;
	out->call = find_call(out->body, out->nbody, text->call);
	/* a date that no editor wrote is for archives only */
	if (text->date.s != NULL && text->lang.s != NULL && text->date.at.line > 0)
		out->published = words_date(text->lang.s, text->date.s, a);
	bool named = text->lang.s != NULL && words_choose(text, d, &out->words) &&
	    text->grid.link.s != NULL && names_make(out, a, d);
	return palette_make(text, d, &out->colors) && named;
}

bool
brochure_is_whole(const struct brochure *brochure)
{
	const struct announcement *text = brochure->text;
	return brochure->cities->n > 0 && text->nblocks > 0 && text->title.s != NULL &&
	    text->grid.heading.s != NULL && text->grid.intro.s != NULL &&
	    brochure->names != NULL;
}
