#include "announcement/frontmatter.h"

#include <string.h>

#include <yaml.h>

#include "announcement/misread.h"
#include "base/i18n.h"
#include "input/lines.h"
#include "input/prose.h"

enum { DEPTH_MAX = 5, ITEMS_MAX = 100, COLUMNS_MAX = 1000 };

struct reader {
	struct frontmatter yaml;
	yaml_parser_t parser;
	struct arena *a;
	struct diag *d;
	struct lines lines; /* of the YAML */
	bool ok, whole;
	int stopped; /* the line in the file where libyaml gave up; 0: it did not */
	struct place quote; /* of the last quoted value, if it has several lines */
	bool split; /* the mapping in hand is two items of a list, which was told */
};

static struct place
place_of(const struct reader *r, yaml_mark_t mark)
{
	return (struct place){
	    r->yaml.file, r->yaml.line + (int)mark.line, (int)mark.column + 1};
}

/* --- syntax ----------------------------------------------------------------------------
 */

static struct misread_text
text_of(struct reader *r)
{
	return (struct misread_text){&r->lines, r->yaml.line, r->a, r->d};
}

static void
report_syntax(struct reader *r)
{
	const yaml_parser_t *parser = &r->parser;
	if (parser->error == YAML_MEMORY_ERROR)
		memory_exhausted();
	const char *found = parser->problem != NULL ? parser->problem : "";
	const char *context = parser->context != NULL ? parser->context : "";
	yaml_mark_t mark = parser->problem_mark;
	/* where libyaml gave up says nothing about the quote, key or bracket it was in */
	if (context[0] != '\0' &&
	    (strstr(found, "end of stream") != NULL ||
		strstr(found, "expected ':'") != NULL ||
		(strstr(context, "flow") != NULL &&
		    mark.line > parser->context_mark.line)))
		mark = parser->context_mark;
	r->ok = false;
	r->stopped = r->yaml.line + (int)mark.line;
	struct misread_text text = text_of(r);
	if (r->quote.line > 0 && strstr(found, "expected key") != NULL) {
		misread_unclosed(&text, r->quote.line - r->yaml.line + 1, r->quote);
		r->stopped = r->quote.line;
		return;
	}
	struct misread what = {
	    found, (int)mark.line + 1, (int)mark.column, place_of(r, mark)};
	int told = r->d->n;
	misread_report(&text, &what);
	if (told < r->d->n && r->d->list[told].at.line < r->stopped)
		r->stopped = r->d->list[told].at.line;
}

/* The next event, to be deleted by the caller.  False: there is none; reported. */
static bool
next_event(struct reader *r, yaml_event_t *event)
{
	if (yaml_parser_parse(&r->parser, event))
		return true;
	report_syntax(r);
	return false;
}

/* --- values ----------------------------------------------------------------------------
 */

static bool
read_value(struct reader *r, yaml_event_t *event, struct entry *out, int depth);

static void
refuse(struct reader *r, struct place at, const char *message)
{
	diag_error(r->d, at, "%s", message);
	r->ok = false;
}

static void
check_properties(struct reader *r, const yaml_event_t *event)
{
	struct place at = place_of(r, event->start_mark);
	bool anchor = event->type == YAML_ALIAS_EVENT, tag = false;
	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor != NULL;
		tag = event->data.scalar.tag != NULL;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor != NULL;
		tag = event->data.sequence_start.tag != NULL;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor != NULL;
		tag = event->data.mapping_start.tag != NULL;
	}
	if (anchor)
		refuse(r, at,
		    _("a value cannot begin with & or * unless it stands in quotes; put it in quotes"));
	if (tag)
		refuse(r, at,
		    _("a value cannot begin with ! unless it stands in quotes; put it in quotes"));
}

static void
read_text(struct reader *r, const yaml_event_t *event, struct entry *out)
{
	const char *value = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;
	yaml_scalar_style_t style = event->data.scalar.style;
	bool plain = style == YAML_PLAIN_SCALAR_STYLE;
	bool quoted = style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ||
	    style == YAML_SINGLE_QUOTED_SCALAR_STYLE;
	struct misread_text text = text_of(r);
	r->quote = (struct place){0};
	if (quoted && event->end_mark.line > event->start_mark.line)
		r->quote = out->at;
	int32_t u;
	if (prose_control(value, len, &u) < len) {
		diag_error(r->d, out->at,
		    _("there is a control character (U+%04X) in this value; take it away"),
		    (unsigned)u);
		r->ok = false;
		value = "?";
	} else if (plain && (strcmp(value, "~") == 0 || strcmp(value, "null") == 0)) {
		value = "";
	}
	out->value = (struct text){prose_clean(r->a, value), out->at};
	yaml_mark_t start = event->start_mark, end = event->end_mark;
	/* many values on one long line would take too long to look behind */
	bool cheap = end.line > start.line || end.column < COLUMNS_MAX ||
	    end.column - start.column >= end.column / 2;
	if (plain && out->value.s[0] != '\0' && cheap)
		out->comment = misread_comment(&text, (int)end.line + 1, (int)end.column);
}

/* A quote that was never closed, up to the one that opens another value: told. */
static bool
swallows_key(struct reader *r, const yaml_event_t *event)
{
	struct misread_text text = text_of(r);
	const yaml_mark_t end = event->end_mark;
	if (r->quote.line == 0 ||
	    !misread_opens_value(&text, (int)end.line + 1, (int)end.column))
		return false;
	misread_unclosed(&text, (int)event->start_mark.line + 1, r->quote);
	r->ok = false;
	r->stopped = r->quote.line;
	return true;
}

static bool
read_list(struct reader *r, struct entry *out, int depth)
{
	for (;;) {
		yaml_event_t event;
		if (!next_event(r, &event))
			return false;
		bool more = event.type != YAML_SEQUENCE_END_EVENT;
		struct entry item = {0};
		bool ok = !more || read_value(r, &event, &item, depth + 1);
		yaml_event_delete(&event);
		if (!ok || !more)
			return ok;
		if (out->n == ITEMS_MAX) {
			diag_error(r->d, item.at,
			    _("a list has %d items at most; take this one and those behind it away"),
			    ITEMS_MAX);
			return r->ok = false;
		}
		*arena_append(r->a, out->items, out->n) = item;
	}
}

/* A key that stands in MAPPING already, as item AGAIN. */
static void
report_again(struct reader *r, const struct entry *mapping, int again, struct text key)
{
	struct misread_text text = text_of(r);
	int first = mapping->items[0].key.at.line;
	const char *cure = NULL;
	if (again == 0 && mapping->n > 1 && !r->split)
		cure = misread_item(
		    &text, key.at.line - r->yaml.line + 1, first - r->yaml.line + 1);
	if (cure != NULL)
		diag_error(r->d, key.at,
		    _("each item of a list begins with \"- \"; write: %s"), cure);
	else if (!r->split)
		diag_error(r->d, key.at,
		    _("\"%s\" stands in line %d already; keep one of the two"), key.s,
		    mapping->items[again].key.at.line);
	r->split |= cure != NULL;
	r->ok = false;
}

static bool
is_known(struct reader *r, const struct entry *mapping, struct text key)
{
	for (int i = 0; i < mapping->n; i++) {
		if (strcmp(mapping->items[i].key.s, key.s) == 0) {
			report_again(r, mapping, i, key);
			return true;
		}
	}
	return false;
}

/* Reads a key and its value.  *MORE: false at the end of the mapping. */
static bool
read_pair(struct reader *r, struct entry *mapping, int depth, bool *more)
{
	yaml_event_t event;
	struct entry key = {0}, item = {0};
	if (!next_event(r, &event))
		return false;
	*more = event.type != YAML_MAPPING_END_EVENT;
	bool ok = !*more || read_value(r, &event, &key, depth + 1);
	yaml_event_delete(&event);
	if (!ok || !*more)
		return ok;
	if (!next_event(r, &event))
		return false;
	ok = read_value(r, &event, &item, depth + 1);
	yaml_event_delete(&event);
	if (!ok)
		return false;
	if (mapping->n == ITEMS_MAX) {
		diag_error(
		    r->d, key.at, _("more than %d keys; expected fewer"), ITEMS_MAX);
		return r->ok = false;
	}
	if (key.kind != ENTRY_TEXT || key.value.s[0] == '\0') {
		refuse(r, key.at, _("no key before this; expected \"key: value\""));
		return true;
	}
	item.key = key.value;
	/* libyaml gives an empty value the place of what follows it */
	if (item.at.line != key.at.line && item.kind == ENTRY_TEXT &&
	    item.value.s[0] == '\0')
		item.at = item.value.at = key.at;
	if (!is_known(r, mapping, item.key))
		*arena_append(r->a, mapping->items, mapping->n) = item;
	return true;
}

/* Takes away from MAPPING what libyaml gave up on, and the key above it without a value:
 * these were told. */
static void
drop_unclear(const struct reader *r, struct entry *mapping)
{
	const struct entry *items = mapping->items;
	int n = mapping->n;
	while (n > 0 &&
	    (items[n - 1].key.at.line >= r->stopped ||
		items[n - 1].at.line >= r->stopped))
		n--;
	if (n > 0 && items[n - 1].kind == ENTRY_TEXT && items[n - 1].value.s[0] == '\0')
		n--;
	mapping->n = n;
}

static bool
read_mapping(struct reader *r, struct entry *out, int depth)
{
	bool ok, more;
	r->split = false;
	do
		ok = read_pair(r, out, depth, &more);
	while (ok && more);
	if (!ok && r->stopped > 0)
		drop_unclear(r, out);
	return ok;
}

/* False: reading cannot go on; reported. */
static bool
read_value(struct reader *r, yaml_event_t *event, struct entry *out, int depth)
{
	out->at = place_of(r, event->start_mark);
	out->value = (struct text){"", out->at};
	if (depth > DEPTH_MAX) {
		refuse(r, out->at,
		    _("too many levels of lists and keys inside each other; put a value that begins with [ or { in quotes"));
		return false;
	}
	check_properties(r, event);
	switch (event->type) {
	case YAML_SEQUENCE_START_EVENT:
		out->kind = ENTRY_LIST;
		return read_list(r, out, depth);
	case YAML_MAPPING_START_EVENT:
		out->kind = ENTRY_MAPPING;
		return read_mapping(r, out, depth);
	case YAML_SCALAR_EVENT:
		read_text(r, event, out);
		return !swallows_key(r, event);
	default:
		/* an alias, reported: not empty */
		out->value.s = "*";
		return true;
	}
}

/* --- the whole -------------------------------------------------------------------------
 */

/* Lines such as "title:Cijfers", which are one text; told. */
static bool
tight_lines(struct reader *r, const struct entry *root)
{
	struct misread_text text = text_of(r);
	if (root->kind != ENTRY_TEXT ||
	    !misread_tight(&text, root->at.line - r->yaml.line + 1))
		return false;
	r->ok = false;
	return true;
}

static void
read_root(struct reader *r, yaml_event_t *event, struct tree *out)
{
	struct entry root = {0};
	r->whole &= read_value(r, event, &root, 0) && root.kind == ENTRY_MAPPING;
	if (root.kind == ENTRY_MAPPING)
		out->root = root;
	else if (!tight_lines(r, &root))
		refuse(r, root.at,
		    _("expected lines such as \"title: Cijfers 2023\" between the two lines \"---\""));
}

static void
read_stream(struct reader *r, struct tree *out)
{
	bool more = true;
	for (int i = 0; more; i++) {
		yaml_event_t event;
		if (!next_event(r, &event)) {
			r->whole = false;
			return;
		}
		switch (event.type) {
		case YAML_NO_EVENT:
		case YAML_STREAM_END_EVENT:
			more = false;
			break;
		case YAML_STREAM_START_EVENT:
		case YAML_DOCUMENT_END_EVENT:
			break;
		case YAML_DOCUMENT_START_EVENT:
			if (i > 1 || event.data.document_start.version_directive != NULL)
				refuse(r, place_of(r, event.start_mark),
				    _("directives and further documents are not supported; take this away"));
			more = i <= 1;
			break;
		default:
			read_root(r, &event, out);
			more = r->whole;
			break;
		}
		yaml_event_delete(&event);
	}
}

bool
frontmatter_parse(
    struct frontmatter yaml, struct arena *a, struct diag *d, struct tree *out)
{
	struct reader r = {.yaml = yaml, .a = a, .d = d, .ok = true, .whole = true};
	r.lines = lines_index(a, yaml.file, yaml.s, yaml.len);
	*out = (struct tree){.root.kind = ENTRY_MAPPING};
	if (!yaml_parser_initialize(&r.parser))
		memory_exhausted();
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)yaml.s, yaml.len);
	read_stream(&r, out);
	yaml_parser_delete(&r.parser);
	out->whole = r.whole;
	return r.ok;
}
