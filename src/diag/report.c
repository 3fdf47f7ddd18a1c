#include "diag/report.h"

#include <stdlib.h>

#include "diag/github.h"
#include "diag/json.h"
#include "diag/text.h"

void
report_render(struct diag *d, const struct report *about, FILE *to, struct buffer *out)
{
	struct diag_look look = {0};
	if (to != NULL)
		look = diag_look_for(to);
	diag_settle(d);
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
