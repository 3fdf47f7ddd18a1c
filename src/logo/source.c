#include "logo/source.h"

#include "base/i18n.h"

void
source_cut_off(const struct logo_source *file)
{
	diag_report(file->d, RULE_LOGO_DAMAGED, file->at,
	    _("%s is cut off after %zu bytes; copy or export it again"), file->path,
	    file->len);
}
