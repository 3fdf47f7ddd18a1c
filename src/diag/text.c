#include "diag/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "diag/snippet.h"

enum { TERMINAL_WIDTH = 80, TERMINAL_WIDTH_MAX = 1000 };

static const char *
severity_name(enum severity severity)
{
	switch (severity) {
	case SEVERITY_ERROR:
		return _("error");
	case SEVERITY_WARNING:
		return _("warning");
	case SEVERITY_NOTE:
		break;
	}
	return _("note");
}

static const char *
severity_color(enum severity severity)
{
	switch (severity) {
	case SEVERITY_ERROR:
		return "\033[1;31m";
	case SEVERITY_WARNING:
		return "\033[1;35m";
	case SEVERITY_NOTE:
		break;
	}
	return "\033[1;36m";
}

/* A file name may hold anything but a NUL; a terminal must not take it for a command. */
static void
render_name(const char *s, struct buffer *out)
{
	size_t len = strlen(s);
	for (size_t i = 0; i < len;) {
		int32_t u;
		size_t n = utf8_decode(s + i, len - i, &u);
		if (u == '\t' || u == '\n' || u == '\r' || (u >= 0 && utf8_is_control(u)))
			buffer_puts(out, "?");
		else
			buffer_append(out, s + i, n);
		i += n;
	}
}

static void
render_place(const struct diag *d, struct place at, struct buffer *out)
{
	render_name(at.file != NULL ? at.file : diag_program(d), out);
	if (at.file != NULL && at.line > 0)
		buffer_printf(out, ":%d", at.line);
	if (at.file != NULL && at.line > 0 && at.column > 0)
		buffer_printf(out, ":%d", at.column);
	buffer_puts(out, ": ");
}

static void
render_item(const struct diag *d, int i, bool color, struct buffer *out)
{
	const struct diagnostic *item = &d->list[i];
	buffer_puts(out, color ? "\033[1m" : "");
	render_place(d, item->at, out);
	buffer_puts(out, color ? severity_color(item->severity) : "");
	buffer_printf(out, "%s:", severity_name(item->severity));
	buffer_puts(out, color ? "\033[0m" : "");
	buffer_printf(out, " %s [%s]\n", item->message, rules[item->rule].name);
}

void
diag_render_line(const struct diag *d, int i, struct buffer *out)
{
	render_item(d, i, false, out);
}

void
diag_render_summary(const struct diag *d, const char *unchanged, struct buffer *out)
{
	char errors[100], warnings[100];
	snprintf(errors, sizeof errors,
	    ngettext("%d error", "%d errors", (unsigned long)d->nerrors), d->nerrors);
	snprintf(warnings, sizeof warnings,
	    ngettext("%d warning", "%d warnings", (unsigned long)d->nwarnings),
	    d->nwarnings);
	struct arena scratch = {0};
	const char *counts = errors;
	if (d->nwarnings > 0)
		counts = arena_printf(&scratch, _("%s, %s"), errors, warnings);
	struct buffer name = {0};
	if (unchanged != NULL)
		render_name(unchanged, &name);
	if (unchanged != NULL)
		buffer_printf(
		    out, _("%s; %.*s was not changed"), counts, (int)name.len, name.data);
	else
		buffer_puts(out, counts);
	buffer_puts(out, "\n");
	buffer_free(&name);
	arena_free(&scratch);
}

void
diag_render(const struct diag *d, struct diag_look look, struct buffer *out)
{
	struct snippets snippets = {.d = d, .color = look.color, .width = look.width};
	for (int i = 0; i < d->n; i++) {
		render_item(d, i, look.color, out);
		if (look.snippets)
			snippet_render(&snippets, d->list[i].at, out);
	}
}

struct diag_look
diag_look_for(FILE *to)
{
	struct diag_look look = {.width = TERMINAL_WIDTH};
	look.snippets = isatty(fileno(to)) == 1;
	const char *no_color = getenv("NO_COLOR");
	look.color = look.snippets && (no_color == NULL || no_color[0] == '\0');
	const char *columns = getenv("COLUMNS");
	long width = columns != NULL ? strtol(columns, NULL, 10) : 0;
	if (width > 0 && width <= TERMINAL_WIDTH_MAX)
		look.width = (int)width;
	return look;
}
