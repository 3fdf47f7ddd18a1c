#include "announcement/settings.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "announcement/keys.h"
#include "announcement/values.h"
#include "base/buffer.h"
#include "base/i18n.h"
#include "base/spelling.h"
#include "input/prose.h"
#include "link/link.h"
#include "model/brochure.h"
#include "model/colors.h"

enum { KEYS_MAX = 32, PPI_DEFAULT = 450 };

/* The years that a brochure may well be of: PDF is of 1993. */
static const char year_first[] = "1993", year_last[] = "2100";

struct settings {
	struct arena *a;
	struct diag *d;
	const char *file;
	bool whole; /* a key that is not there is missing */
};

/* --- lines to write ----------------------------------------------------------- */

/* Appends the line of KEY, and below it those of a group, a list or its items: what is
 * required of what is required, all of others. */
static void
put_lines(struct buffer *b, const struct key *key, int indent, const char *dash)
{
	bool below = key->kind == KEY_TEXTS || key->example == NULL;
	const char *example = below ? "" : key->example;
	char quote = strchr(example, '"') == NULL ? '"' : '\''; /* none within its like */
	buffer_printf(b, "%s%c%*s%s%s:%s%s%c", b->len > 0 ? ", " : "", quote, indent, "",
	    dash, key->name, below ? "" : " ", example, quote);
	if (key->kind == KEY_TEXTS)
		buffer_printf(b, ", \"%*s- %s\"", indent + 2, "", key->example);
	dash = key->kind == KEY_ITEMS ? "- " : "";
	indent += 2;
	for (const struct key *k = key->keys; k != NULL && k->name != NULL; k++) {
		if (key->required && !k->required)
			continue;
		put_lines(b, k, indent, dash);
		indent += (int)strlen(dash);
		dash = "";
	}
}

/* The lines to write for KEY: "grid:", "  heading: …". */
static const char *
lines_of(const struct settings *s, const struct key *key, int indent)
{
	struct buffer b = {0};
	put_lines(&b, key, indent, "");
	return buffer_take(&b, s->a);
}

/* --- texts -------------------------------------------------------------------- */

/* Reports the value of ENTRY, which KEY has. */
static void
fault(const struct settings *s, const struct entry *entry, const struct key *key,
    enum rule rule, const char *message)
{
	diag_report(s->d, rule, entry->at, "%s: %s", key->name, message);
}

/* Whether ENTRY is a text of which something can be seen; else it is told. */
static bool
has_text(const struct settings *s, const struct entry *entry, const struct key *key)
{
	enum rule rule = RULE_TEXT_LENGTH;
	const char *message = prose_too_long(s->a, entry->value.s);
	if (entry->kind != ENTRY_TEXT) {
		rule = RULE_VALUE_KIND;
		message = _("expected a text; put the value in quotes");
	} else if (prose_is_blank(entry->value.s)) {
		rule = RULE_VALUE_EMPTY;
		message = arena_printf(s->a,
		    _("the value is empty; write one, in quotes if it begins with \"#\", as in %s"),
		    lines_of(s, key, 0));
	}
	if (message != NULL)
		fault(s, entry, key, rule, message);
	return message == NULL;
}

/* Tells of what YAML drops and of what is not printed as it was meant. */
static void
judge_text(const struct settings *s, const struct entry *entry, const struct key *key)
{
	const char *value = entry->value.s, *comment = entry->comment.s;
	if (comment != NULL)
		diag_report(s->d, RULE_VALUE_COMMENT, entry->comment.at,
		    _("\"%s\" is a comment and left out; to print it, write: %s: %s"),
		    comment, key->name,
		    frontmatter_quoted(
			s->a, arena_printf(s->a, "%s %s", value, comment)));
	const char *markup = prose_markup(s->a, value);
	if (markup != NULL)
		diag_report(s->d, RULE_VALUE_MARKUP, entry->at,
		    _("\"%s\" is printed as it is, since the front matter is not Markdown; remove it"),
		    markup);
	const char *plain = key->quoted ? prose_unquoted(s->a, value) : NULL;
	if (plain != NULL)
		diag_report(s->d, RULE_VALUE_QUOTES, entry->at,
		    _("these quotes are not straight and are printed; write: %s: %s"),
		    key->name, frontmatter_quoted(s->a, plain));
	if (key->holds != NULL && strstr(value, key->holds) == NULL)
		fault(s, entry, key, RULE_VALUE_INVALID,
		    arena_printf(s->a, _("\"%s\" is missing; expected a text such as %s"),
			key->holds, key->example));
}

/* Whether VALUE, of KEY, is several names of rules, which have no commas, in a text:
 * told. */
static bool
is_names(const struct settings *s, const struct entry *entry, const struct key *key)
{
	static const char between[] = "[]\"', ";
	const char *value = entry->value.s;
	struct buffer list = {0};
	if (!key->rules || entry->kind != ENTRY_TEXT || strchr(value, ',') == NULL)
		return false;
	for (size_t n; *(value += strspn(value, between)) != '\0'; value += n) {
		n = strcspn(value, between);
		buffer_printf(&list, "%s%.*s", list.len > 0 ? ", " : "", (int)n, value);
	}
	bool names = list.len > 0;
	const char *joined = buffer_take(&list, s->a);
	if (names)
		fault(s, entry, key, RULE_VALUE_INVALID,
		    arena_printf(s->a, _("\"%s\" is not valid; write: %s: %s"),
			entry->value.s, key->name, arena_printf(s->a, "[%s]", joined)));
	return names;
}

static struct texts
read_texts(const struct settings *s, const struct entry *entry, const struct key *key)
{
	struct texts texts = {0};
	struct entry single = *entry;
	bool list = entry->kind == ENTRY_LIST && entry->n > 0;
	if (entry->kind == ENTRY_LIST)
		single.kind = ENTRY_TEXT; /* an empty list is an empty text */
	const struct entry *items = list ? entry->items : &single;
	if (is_names(s, entry, key))
		return texts;
	for (int i = 0; i < (list ? entry->n : 1); i++) {
		if (!has_text(s, &items[i], key))
			continue;
		judge_text(s, &items[i], key);
		const char *message =
		    key->rules ? diag_allow(s->d, items[i].value.s) : NULL;
		if (message != NULL)
			fault(s, &items[i], key, RULE_VALUE_INVALID, message);
		else
			*arena_append(s->a, texts.list, texts.n) = items[i].value;
	}
	return texts;
}

/* The same as one text. */
static void
read_keywords(const struct settings *s, const struct entry *entry, const struct key *key,
    struct text *to)
{
	struct texts texts = read_texts(s, entry, key);
	struct buffer b = {0};
	for (int i = 0; i < texts.n; i++)
		buffer_printf(&b, "%s%s", i > 0 ? ", " : "", texts.list[i].s);
	struct entry joined = *entry;
	joined.kind = ENTRY_TEXT;
	joined.value = (struct text){buffer_take(&b, s->a), entry->at};
	if (texts.n > 0 && has_text(s, &joined, key))
		*to = joined.value;
}

/* --- single values ------------------------------------------------------------ */

/* What VALUE of KEY was to be, which is itself where it is right; NULL: nobody knows. */
static const char *
right_value(const struct settings *s, const struct key *key, const char *value)
{
	struct color color;
	const char *plain = prose_unquoted(s->a, value);
	if (plain == NULL)
		plain = value;
	if (key->kind == KEY_DATE)
		return value_date(s->a, plain);
	if (key->kind == KEY_LANGUAGE) {
		const char *tag = prose_language(s->a, plain);
		return tag != NULL ? tag : prose_language_named(s->a, plain);
	}
	return color_read(plain, &color) ? plain : NULL;
}

/* The value of ENTRY, or what it was to be: told.  NULL: nobody knows; told too. */
static const char *
read_right(const struct settings *s, const struct entry *entry, const struct key *key)
{
	const char *value = entry->value.s, *right = right_value(s, key, value);
	const char *written = right;
	if (key->kind == KEY_COLOR && right != NULL)
		written = frontmatter_quoted(s->a, right);
	if (right == NULL)
		fault(s, entry, key, RULE_VALUE_INVALID,
		    arena_printf(s->a, _("\"%s\" is not valid; expected one such as %s"),
			value, key->example));
	else if (strcmp(value, right) != 0)
		fault(s, entry, key, RULE_VALUE_INVALID,
		    arena_printf(s->a, _("\"%s\" is not valid; write: %s: %s"), value,
			key->name, written));
	return right;
}

static void
read_date(const struct settings *s, const struct entry *entry, const struct key *key,
    struct text *to)
{
	const char *date = read_right(s, entry, key);
	if (date != NULL &&
	    (strcmp(date, year_first) < 0 || strcmp(date, year_last) >= 0))
		fault(s, entry, key, RULE_DATE_FAR,
		    arena_printf(
			s->a, _("the year %.4s is far from today; correct it"), date));
	*to = (struct text){date, entry->at};
}

static void
read_count(
    const struct settings *s, const struct entry *entry, const struct key *key, int *to)
{
	const char *value = entry->value.s;
	long n = strtol(value, NULL, 10);
	if (value[strspn(value, "0123456789")] == '\0' && n <= key->most)
		*to = (int)n;
	else
		fault(s, entry, key, RULE_VALUE_INVALID,
		    arena_printf(s->a,
			_("\"%s\" is not valid; expected a whole number from 0 to %d"),
			entry->value.s, key->most));
}

static void
read_choice(
    const struct settings *s, const struct entry *entry, const struct key *key, void *to)
{
	int n = 0;
	for (; key->choices[n] != NULL; n++) {
		if (strcasecmp(entry->value.s, key->choices[n]) == 0) {
			memcpy(to, (const char *)key->values + (size_t)n * key->size,
			    key->size);
			return;
		}
	}
	fault(s, entry, key, RULE_VALUE_INVALID,
	    arena_printf(s->a, _("\"%s\" is not valid; expected one of %s"),
		entry->value.s, spelling_join(s->a, key->choices, n)));
}

/* The link of VALUE.  A telephone number is printed with blanks and the like, and called
 * without, and from abroad without the 0 of "+32 (0)9". */
static const char *
contact_link(const struct settings *s, const struct key *key, const char *value)
{
	bool phone = strcmp(key->scheme, "tel:") == 0;
	struct buffer url = {0};
	buffer_puts(&url, key->scheme);
	for (const char *p = value; *p != '\0'; p++) {
		if (phone && value[0] == '+' && strncmp(p, "(0)", 3) == 0)
			p += 2;
		else if (!phone || strchr(" ./()-", *p) == NULL)
			buffer_append(&url, p, 1);
	}
	return buffer_take(&url, s->a);
}

/* Reports the value of ENTRY, of which RIGHT would be right; NULL: nobody knows. */
static void
report_contact(const struct settings *s, const struct entry *entry, const struct key *key,
    enum rule rule, const char *right)
{
	fault(s, entry, key, rule,
	    right != NULL
		? arena_printf(s->a, _("\"%s\" is not valid; write: %s: %s"),
		      entry->value.s, key->name, right)
		: arena_printf(s->a, _("\"%s\" is not valid; expected one such as %s"),
		      entry->value.s, key->example));
}

static void
read_contact(const struct settings *s, const struct entry *entry, const struct key *key,
    struct contact *to)
{
	const char *value = entry->value.s, *plain = value;
	size_t n = strlen(key->scheme);
	unsigned kind = n == 0      ? LINK_WEB
	    : key->scheme[0] == 't' ? LINK_PHONE
				    : LINK_MAIL;
	if (n > 0 && strncasecmp(value, key->scheme, n) == 0)
		plain += n + strspn(value + n, " ");
	const char *link = contact_link(s, key, plain);
	struct link_verdict verdict;
	link_judge(link, kind, s->a, &verdict);
	const struct link_finding *first = &verdict.findings[0];
	if (kind == LINK_WEB)
		for (int i = 0; i < verdict.n; i++)
			fault(s, entry, key, first[i].rule, first[i].message);
	else if (verdict.n > 0)
		report_contact(s, entry, key,
		    first->rule != RULE_URL_SCHEME ? first->rule : RULE_VALUE_INVALID,
		    verdict.cure != NULL ? verdict.cure + n : NULL);
	else if (plain != value)
		report_contact(s, entry, key, RULE_VALUE_INVALID, plain);
	*to = (struct contact){
	    {kind == LINK_WEB ? url_shown(s->a, value) : value, entry->at}, link};
}

/* A path in the front matter starts from the folder that the announcement is in. */
static struct text
path_of(const struct settings *s, struct text path)
{
	const char *slash = strrchr(s->file, '/');
	if (path.s[0] != '/' && slash != NULL)
		path.s = arena_printf(
		    s->a, "%.*s/%s", (int)(slash - s->file), s->file, path.s);
	return path;
}

/* S with a soft hyphen for each "&shy;". */
static const char *
with_hyphens(const struct settings *s, const char *text)
{
	static const char written[] = "&shy;";
	struct buffer out = {0};
	for (const char *next; (next = strstr(text, written)) != NULL;
	     text = next + sizeof written - 1) {
		buffer_append(&out, text, (size_t)(next - text));
		buffer_puts(&out, "\xc2\xad");
	}
	buffer_puts(&out, text);
	return buffer_take(&out, s->a);
}

/* Reads ENTRY, a text that is not empty. */
static void
read_single(
    const struct settings *s, const struct entry *entry, const struct key *key, void *to)
{
	const char *right;
	struct color_setting *color;
	struct entry text = *entry;
	switch (key->kind) {
	case KEY_LANGUAGE:
		right = read_right(s, entry, key);
		/* reading and composing go on with any */
		*(struct text *)to =
		    (struct text){right != NULL ? right : key->example, entry->at};
		break;
	case KEY_DATE:
		read_date(s, entry, key, to);
		break;
	case KEY_FILE:
		*(struct text *)to = path_of(s, entry->value);
		break;
	case KEY_COLOR:
		right = read_right(s, entry, key);
		color = to;
		color->at = entry->at;
		color->given = right != NULL && color_read(right, &color->value);
		break;
	case KEY_COUNT:
		read_count(s, entry, key, to);
		break;
	case KEY_CONTACT:
		judge_text(s, entry, key);
		read_contact(s, entry, key, to);
		break;
	case KEY_CHOICE:
		read_choice(s, entry, key, to);
		break;
	default:
		if (key->hyphens)
			text.value.s = with_hyphens(s, text.value.s);
		judge_text(s, &text, key);
		*(struct text *)to = text.value;
		break;
	}
}

/* --- keys --------------------------------------------------------------------- */

static bool read_keys(const struct settings *s, const struct entry *mapping,
    const struct key *keys, void *to);

static void
report_lines(const struct settings *s, const struct entry *entry, const struct key *key)
{
	diag_report(s->d, RULE_VALUE_KIND, entry->at, _("expected lines such as %s"),
	    lines_of(s, key, 0));
}

/* Reads the items of a list into an array; those with an error are left out. */
static void
read_items(
    const struct settings *s, const struct entry *entry, const struct key *key, void *to)
{
	char *list = arena_alloc(s->a, (size_t)entry->n * key->size);
	int n = 0;
	if (entry->kind != ENTRY_LIST)
		report_lines(s, entry, key);
	for (int i = 0; entry->kind == ENTRY_LIST && i < entry->n; i++) {
		void *item = memset(list + (size_t)n * key->size, 0, key->size);
		int nerrors = s->d->nerrors;
		if (entry->items[i].kind != ENTRY_MAPPING)
			report_lines(s, &entry->items[i], key);
		else if (read_keys(s, &entry->items[i], key->keys, item))
			n += s->d->nerrors == nerrors;
	}
	/* all pointers to data look alike (POSIX, dlsym) */
	memcpy((char *)to + key->offset, &list, sizeof list);
	memcpy((char *)to + key->count, &n, sizeof n);
}

static void
read_value(
    const struct settings *s, const struct entry *entry, const struct key *key, void *to)
{
	void *at = (char *)to + key->offset;
	if (key->kind == KEY_GROUP && entry->kind == ENTRY_MAPPING)
		read_keys(s, entry, key->keys, to);
	else if (key->kind == KEY_GROUP)
		report_lines(s, entry, key);
	else if (key->kind == KEY_ITEMS)
		read_items(s, entry, key, to);
	else if (key->kind == KEY_TEXTS)
		*(struct texts *)at = read_texts(s, entry, key);
	else if (key->kind == KEY_KEYWORDS)
		read_keywords(s, entry, key, at);
	else if (has_text(s, entry, key))
		read_single(s, entry, key, at);
}

static int
names_of(const struct key *keys, const char *names[KEYS_MAX])
{
	int n = 0;
	for (; keys[n].name != NULL; n++) {
		assert(n < KEYS_MAX);
		names[n] = keys[n].name;
	}
	return n;
}

/* Reports a key that is not one of KEYS.  The one that it was meant to be; NULL: nobody
 * knows. */
static const struct key *
report_unknown(const struct settings *s, struct text name, const struct key *keys)
{
	const char *names[KEYS_MAX];
	int n = names_of(keys, names);
	const char *nearest = spelling_nearest(name.s, names, n);
	if (nearest != NULL)
		diag_report(s->d, RULE_KEY_UNKNOWN, name.at,
		    _("unknown key \"%s\"; did you mean \"%s\"?"), name.s, nearest);
	else
		diag_report(s->d, RULE_KEY_UNKNOWN, name.at,
		    _("unknown key \"%s\"; expected one of %s"), name.s,
		    spelling_join(s->a, names, n));
	return nearest != NULL ? key_named(keys, nearest) : NULL;
}

/* Puts into GROUP, which is for KEY, those of the N entries of REST, which come after it,
 * that are not indented and belong there: told.  How many. */
static int
take_astray(const struct settings *s, struct entry *group, const struct key *key,
    const struct entry *rest, int n, const struct key *keys)
{
	int taken = 0;
	struct entry mapping = {ENTRY_MAPPING, .key = group->key, .at = group->at};
	if (group->kind == ENTRY_MAPPING)
		mapping = *group;
	for (; key->kind == KEY_GROUP && taken < n &&
	     key_named(keys, rest[taken].key.s) == NULL &&
	     key_named(key->keys, rest[taken].key.s) != NULL;
	     taken++)
		*arena_append(s->a, mapping.items, mapping.n) = rest[taken];
	if (taken == 0)
		return 0;
	*group = mapping;
	diag_report(s->d, RULE_KEY_INDENT, rest[0].key.at,
	    _("\"%s\" belongs to \"%s\"; indent this line and the other keys of \"%s\" by two spaces"),
	    rest[0].key.s, key->name, key->name);
	return taken;
}

static void
report_missing(
    const struct settings *s, const struct entry *mapping, const struct key *key)
{
	struct place at = mapping->key.s != NULL ? mapping->key.at : mapping->at;
	int column = mapping->n > 0 ? mapping->items[0].key.at.column : 1;
	/* within { } it is not on a line of its own */
	if (column > mapping->at.column)
		column = 1;
	else if (column == 1 && mapping->key.s != NULL)
		column = 3;
	diag_report(s->d, RULE_KEY_MISSING, at, _("\"%s\" is missing; add %s"), key->name,
	    lines_of(s, key, column - 1));
}

/* Reads MAPPING, with KEYS, into TO.  Whether all that is required is there. */
static bool
read_keys(const struct settings *s, const struct entry *mapping, const struct key *keys,
    void *to)
{
	bool seen[KEYS_MAX] = {false}, whole = true;
	for (int i = 0; i < mapping->n; i++) {
		struct entry entry = mapping->items[i];
		const struct key *key = key_named(keys, entry.key.s);
		bool known = key != NULL;
		if (!known)
			key = report_unknown(s, entry.key, keys);
		if (key != NULL)
			seen[key - keys] = true;
		if (!known)
			continue;
		i += take_astray(
		    s, &entry, key, &mapping->items[i + 1], mapping->n - i - 1, keys);
		read_value(s, &entry, key, to);
	}
	for (int i = 0; keys[i].name != NULL; i++) {
		if (!keys[i].required || seen[i])
			continue;
		whole = false;
		if (s->whole)
			report_missing(s, mapping, &keys[i]);
	}
	return whole;
}

void
settings_read(const struct entry *root, bool whole, struct arena *a, struct diag *d,
    struct announcement *out)
{
	struct settings s = {a, d, out->file, whole};
	out->max_ppi = PPI_DEFAULT;
	read_keys(&s, root, frontmatter_keys, out);
}
