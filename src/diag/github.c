#include "diag/github.h"

#include <string.h>

#include "diag/text.h"

enum { ANNOTATIONS_MAX = 10 };

/* Escapes S; a property also its separators. */
static void
put_escaped(const char *s, bool property, struct buffer *out)
{
	const char *special = property ? "%\r\n:," : "%\r\n";
	while (*s != '\0') {
		size_t len = strcspn(s, special);
		buffer_append(out, s, len);
		s += len;
		if (*s != '\0')
			buffer_printf(out, "%%%02X", (unsigned)(unsigned char)*s++);
	}
}

static void
put_annotation(const struct diagnostic *item, struct buffer *out)
{
	static const char *const commands[] = {
	    [SEVERITY_ERROR] = "error",
	    [SEVERITY_WARNING] = "warning",
	    [SEVERITY_NOTE] = "notice",
	};
	buffer_printf(out, "::%s", commands[item->severity]);
	if (item->at.file != NULL) {
		buffer_puts(out, " file=");
		put_escaped(item->at.file, true, out);
		if (item->at.line > 0)
			buffer_printf(out, ",line=%d", item->at.line);
		if (item->at.line > 0 && item->at.column > 0)
			buffer_printf(out, ",col=%d", item->at.column);
	}
	buffer_printf(out, "%stitle=%s::", item->at.file != NULL ? "," : " ",
	    rules[item->rule].name);
	put_escaped(item->message, false, out);
	buffer_puts(out, "\n");
}

void
diag_render_github(const struct diag *d, struct buffer *out)
{
	int severity;
	for (severity = SEVERITY_ERROR; severity <= SEVERITY_NOTE; severity++) {
		int n = 0;
		for (int i = 0; i < d->n; i++) {
			if ((int)d->list[i].severity != severity)
				continue;
			if (n++ < ANNOTATIONS_MAX)
				put_annotation(&d->list[i], out);
			else
				diag_render_line(d, i, out);
		}
	}
}
