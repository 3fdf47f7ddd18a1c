#include "base/diag_text.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"

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

static void
render_place(struct place at, struct buffer *out)
{
	buffer_puts(out, at.file != NULL ? at.file : "brochure");
	if (at.file != NULL && at.line > 0)
		buffer_printf(out, ":%d", at.line);
	if (at.file != NULL && at.line > 0 && at.column > 0)
		buffer_printf(out, ":%d", at.column);
	buffer_puts(out, ": ");
}

static void
render_summary(const struct diag *d, const char *unchanged, struct buffer *out)
{
	char errors[100], warnings[100];
	snprintf(errors, sizeof errors,
	    ngettext("%d error", "%d errors", (unsigned long)d->nerrors), d->nerrors);
	snprintf(warnings, sizeof warnings,
	    ngettext("%d warning", "%d warnings", (unsigned long)d->nwarnings),
	    d->nwarnings);
	if (d->nerrors > 0 && d->nwarnings > 0)
		buffer_printf(
		    out, _("%s, %s; %s was not changed"), errors, warnings, unchanged);
	else
		buffer_printf(out, _("%s; %s was not changed"),
		    d->nerrors > 0 ? errors : warnings, unchanged);
	buffer_puts(out, "\n");
}

void
diag_render(struct diag *d, struct diag_look look, struct buffer *out)
{
	diag_sort(d);
	for (int i = 0; i < d->n; i++) {
		const struct diagnostic *item = &d->list[i];
		render_place(item->at, out);
		buffer_puts(out, severity_name(item->severity));
		buffer_printf(out, ": %s\n", item->message);
	}
	if (look.unchanged != NULL && d->nerrors + d->nwarnings > 0)
		render_summary(d, look.unchanged, out);
}

void
diag_print(struct diag *d, FILE *to, const char *unchanged)
{
	struct diag_look look = {.unchanged = unchanged};
	struct buffer out = {0};
	diag_render(d, look, &out);
	if (out.len > 0)
		fwrite(out.data, 1, out.len, to);
	fflush(to);
	buffer_free(&out);
}
