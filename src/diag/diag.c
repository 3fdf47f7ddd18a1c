#include "diag/diag.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/spelling.h"
#include "base/utf8.h"

enum { MESSAGE_MAX = 8192 /* bytes */ };

static void
diag_add(struct diag *d, struct diagnostic item)
{
	*arena_append(&d->arena, d->list, d->n) = item;
	d->nerrors += item.severity == SEVERITY_ERROR;
	d->nwarnings += item.severity == SEVERITY_WARNING;
}

/* One line of UTF-8 that no terminal takes for a command, whatever the input held. */
static void
message_clean(char *s)
{
	size_t len = strlen(s);
	for (size_t i = 0; i < len;) {
		int32_t u;
		size_t n = utf8_decode(s + i, len - i, &u);
		bool space = u == '\n' || u == '\r' || u == '\t';
		if (u < 0 || space || utf8_is_control(u))
			memset(s + i, space ? ' ' : '?', n);
		i += n;
	}
}

/* Cuts the middle out of a message that quotes too much; the cure stands at the end. */
static void
message_shorten(char *s)
{
	static const char gap[] = " … ";
	size_t len = strlen(s);
	if (len <= MESSAGE_MAX)
		return;
	size_t head = MESSAGE_MAX / 2 - sizeof gap, tail = len - MESSAGE_MAX / 2;
	while (((unsigned char)s[head] & 0xc0) == 0x80)
		head--;
	while (((unsigned char)s[tail] & 0xc0) == 0x80)
		tail++;
	for (size_t i = 0; gap[i] != '\0'; i++)
		s[head++] = gap[i];
	memmove(s + head, s + tail, len - tail + 1);
}

void
diag_report(struct diag *d, enum rule rule, struct place at, const char *format, ...)
{
	va_list args;
	assert(rule != RULE_NONE);
	va_start(args, format);
	char *message = arena_vprintf(&d->arena, format, args);
	va_end(args);
	message_clean(message);
	message_shorten(message);
	diag_add(d, (struct diagnostic){rule, rules[rule].severity, at, message});
}

void
diag_add_source(struct diag *d, const char *file, const char *text, size_t len)
{
	*arena_append(&d->arena, d->sources, d->nsources) =
	    lines_index(&d->arena, file, text, len);
}

struct lines *
diag_source(const struct diag *d, const char *file)
{
	for (int i = 0; i < d->nsources && file != NULL; i++)
		if (strcmp(d->sources[i].file, file) == 0)
			return &d->sources[i];
	return NULL;
}

struct place
diag_find(const struct diag *d, struct place at, const char *needle)
{
	struct lines *lines = diag_source(d, at.file);
	if (lines == NULL)
		return at;
	const char *found = strstr(lines->s + lines_offset_of(lines, at), needle);
	size_t end = lines->len;
	for (int line = at.line + 1; line <= lines->n && end == lines->len; line++)
		if (lines_end(lines, line) == lines->starts[line - 1])
			end = lines->starts[line - 1];
	if (found == NULL || found >= lines->s + end)
		return at;
	return lines_place(lines, (size_t)(found - lines->s));
}

void
diag_merge(struct diag *d, const struct diag *from, struct place at)
{
	for (int i = 0; i < from->n; i++) {
		struct diagnostic item = from->list[i];
		item.at = at;
		item.message = arena_strdup(&d->arena, item.message);
		diag_add(d, item);
	}
}

static int
place_compare(const struct place *x, const struct place *y)
{
	int order = strcmp(x->file ? x->file : "", y->file ? y->file : "");
	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

static int
order_compare(const void *a, const void *b)
{
	const struct diagnostic *x = *(const struct diagnostic *const *)a;
	const struct diagnostic *y = *(const struct diagnostic *const *)b;
	int order = place_compare(&x->at, &y->at);
	return order != 0 ? order : (x > y) - (x < y);
}

/* Whether ITEM, which comes next in order, was told of the same place already. */
static bool
is_told(const struct diag *d, const struct diagnostic *item)
{
	for (int i = d->n; i-- > 0 && place_compare(&d->list[i].at, &item->at) == 0;)
		if (d->list[i].rule == item->rule &&
		    d->list[i].severity == item->severity &&
		    strcmp(d->list[i].message, item->message) == 0)
			return true;
	return false;
}

const char *
diag_allow(struct diag *d, const char *name)
{
	enum rule rule = rule_named(name);
	const char *allowable[RULE_COUNT];
	int n = 0;
	if (rule != RULE_NONE && rules[rule].severity == SEVERITY_ERROR)
		return arena_printf(&d->arena,
		    _("\"%s\" is an error and cannot be allowed; correct the mistake"),
		    name);
	if (rule != RULE_NONE) {
		d->allowed[rule] = true;
		return NULL;
	}
	for (int i = RULE_NONE + 1; i < RULE_COUNT; i++)
		if (rules[i].severity != SEVERITY_ERROR)
			allowable[n++] = rules[i].name;
	const char *nearest = spelling_nearest(name, allowable, n);
	if (nearest != NULL)
		return arena_printf(&d->arena,
		    _("there is no rule \"%s\"; did you mean \"%s\"?"), name, nearest);
	return arena_printf(&d->arena,
	    _("there is no rule \"%s\"; expected a name in brackets after a warning or note"),
	    name);
}

void
diag_settle(struct diag *d)
{
	if (d->n == 0)
		return;
	const struct diagnostic **order =
	    arena_alloc(&d->arena, (size_t)d->n * sizeof *order);
	for (int i = 0; i < d->n; i++)
		order[i] = &d->list[i];
	qsort(order, (size_t)d->n, sizeof *order, order_compare);
	const int n = d->n;
	d->list = NULL;
	d->n = d->nerrors = d->nwarnings = 0;
	for (int i = 0; i < n; i++) {
		struct diagnostic item = *order[i];
		if (d->allowed[item.rule])
			continue;
		if (d->werror && item.severity == SEVERITY_WARNING)
			item.severity = SEVERITY_ERROR;
		if (d->quiet && item.severity != SEVERITY_ERROR)
			continue;
		if (!is_told(d, &item))
			diag_add(d, item);
	}
}

const char *
diag_program(const struct diag *d)
{
	return d->program != NULL ? d->program : PACKAGE;
}

void
diag_free(struct diag *d)
{
	arena_free(&d->arena);
	*d = (struct diag){0};
}
