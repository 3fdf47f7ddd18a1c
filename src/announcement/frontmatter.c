#include "announcement/frontmatter.h"

#include <string.h>

#include <yaml.h>

#include "announcement/keys.h"
#include "base/i18n.h"
#include "base/pattern.h"
#include "input/prose.h"

enum { DEPTH_MAX = 5, ITEMS_MAX = 100 };

struct reader {
	struct lines *lines;
	int first; /* the line that libyaml calls 0 */
	yaml_parser_t parser;
	struct arena *a;
	struct diag *d;
	struct pattern key;
	int indent;          /* of the innermost keys or items that stand on lines */
	struct place closed; /* the start of keys or items that ended just now; line 0 */
	int twice;   /* the last line of an item that lost its "- "; 0: none did */
	int stopped; /* the line in the file where reading gave up; 0: it did not */
};

static struct place
place_of(const struct reader *r, yaml_mark_t mark)
{
	return (struct place){
	    r->lines->file, r->first + (int)mark.line, (int)mark.column + 1};
}

static const char *
text_at(const struct reader *r, yaml_mark_t mark)
{
	return r->lines->s + lines_offset_of(r->lines, place_of(r, mark));
}

/* Reports why reading cannot go on; false, always. */
static bool
stop(struct reader *r, enum rule rule, struct place at, const char *message)
{
	diag_report(r->d, rule, at, "%s", message);
	r->stopped = at.line;
	return false;
}

/* --- quotes ------------------------------------------------------------------- */

static int
count_char(const char *s, char c)
{
	int n = 0;
	for (; *s != '\0'; s++)
		n += *s == c;
	return n;
}

/* VALUE without the quotes around it, where they were meant to hold all of it. */
static const char *
unquoted(struct arena *a, const char *value)
{
	size_t len = strlen(value);
	if (len < 2 || (value[0] != '"' && value[0] != '\'') ||
	    value[len - 1] != value[0] || count_char(value, value[0]) % 2 == 0)
		return value;
	return arena_strndup(a, value + 1, len - 2);
}

const char *
frontmatter_quoted(struct arena *a, const char *value)
{
	if (strpbrk(value, "\"\\") == NULL)
		return arena_printf(a, "\"%s\"", value);
	char *doubled = arena_alloc(a, 2 * strlen(value) + 1), *to = doubled;
	for (; *value != '\0'; value++) {
		*to++ = *value;
		if (*value == '\'')
			*to++ = '\'';
	}
	return arena_printf(a, "'%s'", doubled);
}

/* The value that MARK is within; NULL: MARK is not within the value of a line such as
 * "key: value", "- value" or "- key: value". */
static const char *
value_around(const struct reader *r, yaml_mark_t mark)
{
	int number = place_of(r, mark).line;
	const char *line = lines_text(r->lines, number, r->a);
	const char *start = r->lines->s + r->lines->starts[number - 1];
	regmatch_t part[4];
	if (!pattern_matches("^ *(- +)?([a-z_]+: +)?(.*[^ \t])", line, part, 4) ||
	    (part[1].rm_so < 0 && part[2].rm_so < 0) ||
	    text_at(r, mark) - start < part[3].rm_so)
		return NULL;
	size_t len = (size_t)(part[3].rm_eo - part[3].rm_so);
	return arena_strndup(r->a, line + part[3].rm_so, len);
}

/* The items of a value such as "[a], [b]" as one list, "[a, b]"; NULL: it is not one. */
static const char *
one_list(struct arena *a, const char *value)
{
	if (!pattern_matches("^\\[[^][]+\\](, *\\[[^][]+\\])+$", value, NULL, 0))
		return NULL;
	char *items = arena_strdup(a, value), *to = items;
	for (; *value != '\0'; value++)
		if (strchr("[]", *value) == NULL)
			*to++ = *value;
	*to = '\0';
	return arena_printf(a, "[%s]", items);
}

/* --- syntax ------------------------------------------------------------------- */

/* A line of which YAML can make nothing. */
static const char no_line[] =
    N_("expected a line such as \"title: Cijfers 2023\", with a space after the colon");

/* Errors of libyaml with a cure of their own; the others are about quotes or, at the
 * start of a line, about its place. */
static const struct {
	const char *words; /* of libyaml, about what it found */
	bool at_context; /* where the thing began is the place, not where it went wrong */
	enum rule rule;
	const char *message;
} errors[] = {
    {"end of stream", true, RULE_YAML_QUOTES,
	N_("the quote that begins here does not end on this line; put \" at both ends of the value")},
    {"expected ':'", true, RULE_YAML_SYNTAX, no_line},
    {"a tab character", false, RULE_YAML_INDENT,
	N_("this line begins with a tab; use spaces")},
    {"escape character", false, RULE_YAML_QUOTES,
	N_("a \"\\\" in double quotes; write it twice, or use single quotes")},
    {"'-' indicator", false, RULE_YAML_INDENT,
	N_("this line does not fit the list above it; begin each item with \"- \", and line up its other keys with its first one")},
};

/* Whether the value that MARK is in is the fault, which quotes around it cure as a rule;
 * told. */
static bool
needs_quotes(struct reader *r, yaml_mark_t mark)
{
	regmatch_t part[2];
	const char *value = value_around(r, mark);
	if (value == NULL)
		return false;
	const char *list = one_list(r->a, value), *message;
	if (list != NULL)
		message = arena_printf(
		    r->a, _("a list has one pair of brackets; write: %s"), list);
	else if (pattern_matches("^\\*+([^*]*[^* ])\\*+$", value, part, 2))
		message =
		    arena_printf(r->a, _("the front matter is not Markdown; write: %s"),
			frontmatter_quoted(r->a,
			    arena_strndup(r->a, value + part[1].rm_so,
				(size_t)(part[1].rm_eo - part[1].rm_so))));
	else
		message = arena_printf(r->a,
		    _("this value needs quotes around all of it; write: %s"),
		    frontmatter_quoted(r->a, unquoted(r->a, value)));
	stop(r, RULE_YAML_QUOTES, place_of(r, mark), message);
	return true;
}

/* Whether a key or an item begins in LINE. */
static bool
has_key(struct reader *r, int line)
{
	return pattern_find(&r->key, "^ *((- +)?[a-z_0-9]+:|-)( |$)",
	    lines_text(r->lines, line, r->a), NULL, 0);
}

static bool
is_blank(const struct reader *r, int line)
{
	const char *s = r->lines->s + r->lines->starts[line - 1];
	return s + strspn(s, " \t") >= r->lines->s + lines_end(r->lines, line);
}

/* Whether a key named NAME, in KEYS or below them, has keys of its own. */
static bool
has_keys(const struct key *keys, const char *name)
{
	for (; keys != NULL && keys->name != NULL; keys++)
		if (keys->keys != NULL &&
		    (strcmp(keys->name, name) == 0 || has_keys(keys->keys, name)))
			return true;
	return false;
}

/* Whether the line of MARK is a key below one such as "publisher: Stad", which has a
 * value where it is to have keys only; told. */
static bool
has_value_above(struct reader *r, yaml_mark_t mark)
{
	int line = place_of(r, mark).line, above = line - 1;
	while (above > r->first && is_blank(r, above))
		above--;
	if (above < r->first || !has_key(r, line))
		return false;
	const char *below = lines_text(r->lines, line, r->a);
	const char *s = lines_text(r->lines, above, r->a);
	regmatch_t part[4];
	if (!pattern_matches("^( *)([a-z_]+): +([^][{#|> \t](.*[^ \t])?)", s, part, 4) ||
	    (regoff_t)strspn(below, " ") <= part[1].rm_eo)
		return false;
	const char *value = arena_strndup(
	    r->a, s + part[3].rm_so, (size_t)(part[3].rm_eo - part[3].rm_so));
	const char *name = arena_strndup(
	    r->a, s + part[2].rm_so, (size_t)(part[2].rm_eo - part[2].rm_so));
	if (!has_keys(frontmatter_keys, name))
		return false;
	stop(r, RULE_VALUE_KIND,
	    (struct place){r->lines->file, above, (int)part[3].rm_so + 1},
	    arena_printf(r->a,
		_("\"%s\" has keys below it, so nothing can follow its colon; remove: %s"),
		name, value));
	return true;
}

/* Reports that the line of MARK does not fit to those above it: from the group on that
 * has just ended, or the last line above it that holds something. */
static void
stop_at_line(struct reader *r, yaml_mark_t mark)
{
	struct place at = {r->lines->file, place_of(r, mark).line, 1};
	bool good = has_key(r, at.line);
	if (good && r->closed.line == 0) {
		for (at.line--; at.line > r->first && is_blank(r, at.line);)
			at.line--;
		at.line = at.line < r->first ? r->first : at.line;
		good = has_key(r, at.line);
	} else if (good) {
		at = r->closed;
	}
	if (!good)
		stop(r, RULE_YAML_SYNTAX, at, _(no_line));
	else
		stop(r, RULE_YAML_INDENT, at,
		    _("this line and those below it are not indented alike; begin the keys of one group with the same number of spaces, and each item of a list with \"- \""));
}

/* Reports the error that libyaml gave up on. */
static void
stop_at_error(struct reader *r)
{
	const yaml_parser_t *parser = &r->parser;
	if (parser->error == YAML_MEMORY_ERROR)
		memory_exhausted();
	const char *found = parser->problem != NULL ? parser->problem : "";
	const char *doing = parser->context != NULL ? parser->context : "";
	yaml_mark_t mark = parser->problem_mark, context = parser->context_mark;
	if (*text_at(r, mark) == '\t')
		found = "a tab character";
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (strstr(found, errors[i].words) != NULL) {
			stop(r, errors[i].rule,
			    place_of(r, errors[i].at_context ? context : mark),
			    _(errors[i].message));
			return;
		}
	yaml_mark_t where = strstr(doing, "flow") != NULL ? context : mark;
	if (!has_value_above(r, mark) && !needs_quotes(r, where))
		stop_at_line(r, mark);
}

/* --- values ------------------------------------------------------------------- */

static bool read_entry(struct reader *r, struct entry *out, int depth, bool *end);

/* Whether a line of a text in quotes, after its first, is a key that begins no further
 * than those around it (YAML 1.1, 9.1): its quote was to end somewhere else. */
static bool
swallows_keys(struct reader *r, const yaml_event_t *event)
{
	int line = place_of(r, event->start_mark).line;
	int last = place_of(r, event->end_mark).line;
	char quote = *text_at(r, event->start_mark);
	while ((quote == '"' || quote == '\'') && ++line <= last) {
		const char *s = r->lines->s + r->lines->starts[line - 1];
		if ((int)strspn(s, " ") <= r->indent && has_key(r, line))
			return true;
	}
	return false;
}

/* The comment after a text without quotes; s is NULL: there is none. */
static struct text
read_comment(struct reader *r, const yaml_event_t *event)
{
	const char *s = text_at(r, event->end_mark);
	size_t spaces = strspn(s, " \t"), len = strcspn(s + spaces, "\r\n");
	if (s[spaces] != '#')
		return (struct text){0};
	struct place place = place_of(r, event->end_mark);
	place.column += (int)spaces;
	return (struct text){
	    prose_clean(r->a, arena_strndup(r->a, s + spaces, len)), place};
}

static bool
read_text(struct reader *r, const yaml_event_t *event, struct entry *out)
{
	const char *value = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	int32_t u;
	r->closed = (struct place){0};
	if (prose_control(value, len, &u) < len) {
		diag_report(
		    r->d, RULE_TEXT_CONTROL, out->at, "%s", prose_control_fault(r->a, u));
		value = "?";
	} else if (plain && (strcmp(value, "~") == 0 || strcmp(value, "null") == 0)) {
		value = "";
	}
	out->value = (struct text){prose_clean(r->a, value), out->at};
	if (swallows_keys(r, event))
		return stop(r, errors[0].rule, out->at, _(errors[0].message));
	if (plain && out->value.s[0] != '\0')
		out->comment = read_comment(r, event);
	return true;
}

/* Whether ITEM can have KEY in MAPPING; else it is told why not. */
static bool
take_key(struct reader *r, const struct entry *mapping, const struct entry *key,
    struct entry *item)
{
	if (key->kind != ENTRY_TEXT || key->value.s[0] == '\0') {
		diag_report(r->d, RULE_YAML_SYNTAX, key->at, "%s", _(no_line));
		return false;
	}
	item->key = key->value;
	/* libyaml gives an empty value the place of what follows it */
	if (item->kind == ENTRY_TEXT && item->value.s[0] == '\0' &&
	    item->at.line != key->at.line)
		item->at = item->value.at = key->at;
	for (int i = 0; i < mapping->n; i++) {
		if (strcmp(mapping->items[i].key.s, item->key.s) != 0)
			continue;
		/* of an item that lost its "- ", the first key is enough */
		bool told = key->at.line == r->twice + 1;
		if (!told)
			diag_report(r->d, RULE_KEY_TWICE, key->at,
			    _("\"%s\" is already on line %d; remove one, or begin a new item of the list with \"- \""),
			    item->key.s, mapping->items[i].key.at.line);
		if (told || i == 0)
			r->twice = key->at.line;
		return false;
	}
	return true;
}

/* Removes what libyaml gave up on, and a key above it without a value. */
static void
drop_unclear(const struct reader *r, struct entry *group)
{
	for (; group->n > 0; group->n--) {
		const struct entry *last = &group->items[group->n - 1];
		bool empty = last->kind == ENTRY_TEXT && last->value.s[0] == '\0';
		if (!empty && last->key.at.line < r->stopped &&
		    last->at.line < r->stopped)
			return;
	}
}

static bool
read_items(struct reader *r, struct entry *out, int depth)
{
	for (;;) {
		struct entry key = {0}, item = {0};
		bool mapping = out->kind == ENTRY_MAPPING, end = false;
		bool ok = read_entry(r, mapping ? &key : &item, depth, &end);
		if (ok && end)
			return true;
		if (!ok || (mapping && !read_entry(r, &item, depth, &end))) {
			drop_unclear(r, out);
			return false;
		}
		if (out->n == ITEMS_MAX)
			return stop(r, RULE_YAML_SIZE, mapping ? key.at : item.at,
			    _("too many items in one list or group; remove this one and those after it"));
		if (!mapping || take_key(r, out, &key, &item))
			*arena_append(r->a, out->items, out->n) = item;
	}
}

static bool
read_group(struct reader *r, yaml_mark_t start, struct entry *out, int depth)
{
	if (depth > DEPTH_MAX) {
		if (!needs_quotes(r, start))
			stop(r, RULE_YAML_SIZE, out->at,
			    _("lists and keys are nested too deep; use fewer levels"));
		return false;
	}
	int indent = r->indent;
	char mark = *text_at(r, start);
	if (mark != '[' && mark != '{')
		r->indent = (int)start.column;
	bool ok = read_items(r, out, depth + 1);
	r->indent = indent;
	r->closed = out->at;
	return ok;
}

static bool
take_event(
    struct reader *r, const yaml_event_t *event, struct entry *out, int depth, bool *end)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_text(r, event, out);
	case YAML_SEQUENCE_START_EVENT:
		out->kind = ENTRY_LIST;
		return read_group(r, event->start_mark, out, depth);
	case YAML_MAPPING_START_EVENT:
		out->kind = ENTRY_MAPPING;
		return read_group(r, event->start_mark, out, depth);
	case YAML_ALIAS_EVENT:
		out->value.s = "*";
		return true;
	default:
		return *end = true;
	}
}

/* Reads the next value; *END is set to true at the end of a group, list or all. False:
 * reading cannot go on; reported. */
static bool
read_entry(struct reader *r, struct entry *out, int depth, bool *end)
{
	yaml_event_t event;
	if (!yaml_parser_parse(&r->parser, &event)) {
		stop_at_error(r);
		return false;
	}
	if (event.type == YAML_STREAM_START_EVENT ||
	    event.type == YAML_DOCUMENT_START_EVENT ||
	    event.type == YAML_DOCUMENT_END_EVENT) {
		yaml_event_delete(&event);
		return read_entry(r, out, depth, end);
	}
	out->at = place_of(r, event.start_mark);
	out->value = (struct text){"", out->at};
	char mark = *text_at(r, event.start_mark);
	/* an anchor, alias or tag: told, and reading goes on */
	if ((mark == '&' || mark == '*' || mark == '!') &&
	    !needs_quotes(r, event.start_mark))
		stop(r, RULE_YAML_SYNTAX, out->at, _(no_line));
	bool ok = take_event(r, &event, out, depth, end);
	yaml_event_delete(&event);
	return ok;
}

/* --- the whole ---------------------------------------------------------------- */

/* Reads the root, which has to be all. */
static bool
read_root(struct reader *r, struct entry *out)
{
	struct entry root = {0}, more = {0};
	bool end = false, ok = read_entry(r, &root, 0, &end);
	if (root.kind == ENTRY_MAPPING) {
		*out = root;
		ok = ok && read_entry(r, &more, 0, &end);
	} else {
		more = root;
	}
	return ok && (end || stop(r, RULE_YAML_SYNTAX, more.at, _(no_line)));
}

bool
frontmatter_parse(struct lines *lines, int first, int end, struct arena *a,
    struct diag *d, struct entry *out)
{
	struct reader r = {.lines = lines, .first = first, .a = a, .d = d};
	size_t start = lines_offset(lines, first, 1);
	*out = (struct entry){.kind = ENTRY_MAPPING};
	if (!yaml_parser_initialize(&r.parser))
		memory_exhausted();
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)lines->s + start,
	    lines_offset(lines, end, 1) - start);
	bool whole = read_root(&r, out);
	yaml_parser_delete(&r.parser);
	pattern_close(&r.key);
	return whole;
}
