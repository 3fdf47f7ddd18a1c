#include "base/report.h"

#include <stdlib.h>

#include "base/diag_github.h"
#include "base/diag_json.h"
#include "base/diag_text.h"

static void
render(
    struct diag *d, const struct report *about, struct diag_look look, struct buffer *out)
{
	diag_sort(d);
	switch (about->format) {
	case REPORT_TEXT:
		diag_render(d, look, out);
		break;
	case REPORT_GITHUB:
		diag_render_github(d, out);
		break;
	case REPORT_JSON:
		diag_render_json(d, about, out);
		return;
	case REPORT_SARIF:
		diag_render_sarif(d, about, out);
		return;
	}
	if (about->status != EXIT_SUCCESS && about->status != EXIT_USAGE)
		diag_render_summary(d, about->unchanged, out);
}

void
report_render(struct diag *d, const struct report *about, struct buffer *out)
{
	render(d, about, (struct diag_look){0}, out);
}

void
report_print(struct diag *d, const struct report *about, FILE *to)
{
	struct buffer out = {0};
	render(d, about, diag_look_for(to), &out);
	if (out.len > 0)
		fwrite(out.data, 1, out.len, to);
	fflush(to);
	buffer_free(&out);
}
