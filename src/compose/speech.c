#include "compose/speech.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

enum { KIND_LEN = 100 };

struct speech {
	const struct document *doc;
	struct buffer *out;
	int depth, page;     /* the page that was said last, from 1 */
	const char *lang;    /* of the element in hand */
	char kind[KIND_LEN]; /* of the words in hand; "": text */
	struct buffer words; /* not yet said */
};

static void speak(struct speech *s, const struct element *element);

/* --- lines -------------------------------------------------------------------- */

/* A line of what is a KIND, in words that white space keeps apart. */
static void
say(struct speech *s, const char *kind, const char *words)
{
	buffer_printf(s->out, "%*s%s", 2 * s->depth, "", kind);
	if (strcmp(s->lang, s->doc->metadata.lang) != 0)
		buffer_printf(s->out, " (%s)", s->lang);
	const char *before = ": ";
	for (size_t n; *(words += strspn(words, " \n")) != '\0'; words += n) {
		n = strcspn(words, " \n");
		buffer_printf(s->out, "%s%.*s", before, (int)n, words);
		before = " ";
	}
	buffer_puts(s->out, "\n");
}

/* Says the words in hand. */
static void
flush(struct speech *s)
{
	buffer_append(&s->words, "", 1);
	if (s->words.data[strspn(s->words.data, " \n")] != '\0')
		say(s, s->kind[0] != '\0' ? s->kind : _("text"), s->words.data);
	s->words.len = 0;
}

/* Says that page NUMBER, from 0, begins, unless it has. */
static void
turn(struct speech *s, int number)
{
	if (number < s->page)
		return;
	flush(s);
	s->page = number + 1;
	buffer_printf(s->out, _("page %d of %d"), s->page, s->doc->npages);
	buffer_puts(s->out, "\n");
}

/* --- elements ----------------------------------------------------------------- */

/* The first kid of KIND in the element and below it; NULL: there is none. */
static const struct kid *
first_kid(const struct element *element, enum kid_kind kind)
{
	const struct kid *found = NULL;
	for (int i = 0; found == NULL && i < element->nkids; i++) {
		const struct kid *kid = &element->kids[i];
		if (kid->kind == kind)
			found = kid;
		else if (kid->kind == KID_ELEMENT)
			found = first_kid(kid->element, kind);
	}
	return found;
}

/* Takes the words of a marked-content sequence; its boxes stand side by side. */
static void
mark_take(struct speech *s, const struct kid *kid)
{
	const struct page *page = &s->doc->pages[kid->page];
	const struct box *box = page->boxes, *end = box + page->nboxes;
	turn(s, kid->page);
	while (box < end && box->mark != kid->mark)
		box++;
	for (; box < end && box->mark == kid->mark; box++)
		if (box->kind == BOX_TEXT) {
			struct bytes text = text_written(&box->text);
			buffer_append(&s->words, text.data, text.len);
		}
}

static void
kids_speak(struct speech *s, const struct element *element)
{
	for (int i = 0; i < element->nkids; i++) {
		const struct kid *kid = &element->kids[i];
		if (kid->kind == KID_ELEMENT)
			speak(s, kid->element);
		else if (kid->kind == KID_MARK)
			mark_take(s, kid);
	}
}

/* By its name, which begins with what can be read of it, and by where it leads; then the
 * pictures in it. */
static void
link_speak(struct speech *s, const struct element *linked)
{
	const struct link *link = first_kid(linked, KID_LINK)->link;
	struct buffer words = {0};
	if (link->uri != NULL)
		buffer_printf(&words, "%s, %s", link->contents, link->uri);
	else
		buffer_printf(&words, _("%s, page %d"), link->contents,
		    link->target->anchor.page + 1);
	buffer_append(&words, "", 1);
	say(s, _("link"), words.data);
	buffer_free(&words);
	s->depth++;
	for (int i = 0; i < linked->nkids; i++)
		if (linked->kids[i].kind == KID_ELEMENT &&
		    linked->kids[i].element->role == ROLE_FIGURE)
			speak(s, linked->kids[i].element);
	s->depth--;
}

static void
list_speak(struct speech *s, const struct element *list)
{
	char line[KIND_LEN];
	int n = list->nkids;
	snprintf(line, sizeof line,
	    ngettext("list with %d item", "list with %d items", (unsigned long)n), n);
	say(s, line, "");
	s->depth++;
	for (int i = 0; i < n; i++) {
		const struct element *item = list->kids[i].element;
		const struct kid *content = first_kid(item, KID_MARK);
		int label = item->kids->element->role == ROLE_LBL;
		if (content != NULL)
			turn(s, content->page);
		snprintf(s->kind, sizeof s->kind, _("item %d of %d"), i + 1, n);
		if (label)
			speak(s, item->kids->element);
		else
			say(s, s->kind, "");
		s->kind[0] = '\0';
		s->depth++;
		speak(s, item->kids[label].element);
		s->depth--;
	}
	s->depth--;
}

static void
role_speak(struct speech *s, const struct element *element)
{
	switch (element->role) {
	case ROLE_H1:
	case ROLE_H2:
	case ROLE_H3:
	case ROLE_H4:
	case ROLE_H5:
	case ROLE_H6:
		snprintf(s->kind, sizeof s->kind, _("heading level %d"),
		    (int)(element->role - ROLE_H1) + 1);
		kids_speak(s, element);
		flush(s);
		s->kind[0] = '\0';
		break;
	case ROLE_L:
		list_speak(s, element);
		break;
	case ROLE_ASIDE:
		say(s, _("panel"), "");
		s->depth++;
		kids_speak(s, element);
		flush(s);
		s->depth--;
		break;
	case ROLE_LINKED:
		link_speak(s, element);
		break;
	case ROLE_FIGURE:
		say(s, _("picture"), element->alt);
		break;
	default:
		kids_speak(s, element);
	}
}

/* Spans go on in the line in hand, unless in another language. */
static void
speak(struct speech *s, const struct element *element)
{
	const char *above = s->lang, *own = element->lang != NULL ? element->lang : above;
	const struct kid *content = first_kid(element, KID_MARK);
	if (content == NULL)
		return;
	bool apart = (element->role != ROLE_SPAN && element->role != ROLE_EM &&
			 element->role != ROLE_STRONG) ||
	    strcmp(own, above) != 0;
	if (apart)
		flush(s);
	turn(s, content->page);
	s->lang = own;
	role_speak(s, element);
	if (apart)
		flush(s);
	s->lang = above;
}

void
dump_speech(const struct document *doc, struct buffer *out)
{
	struct speech s = {.doc = doc, .out = out, .lang = doc->metadata.lang};
	buffer_printf(
	    out, _("document (%s): %s"), doc->metadata.lang, doc->metadata.title);
	buffer_puts(out, "\n");
	speak(&s, doc->root);
	buffer_free(&s.words);
}
