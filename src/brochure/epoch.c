#include "brochure/epoch.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/i18n.h"

/* 9999-12-31T23:59:59Z: a PDF date has four digits for the year */
static const long long LATEST = 253402300799;

bool
epoch_date(struct arena *a, struct diag *d, const char **date)
{
	*date = NULL;
	const char *value = getenv("SOURCE_DATE_EPOCH");
	if (value == NULL || value[0] == '\0')
		return true;
	char *end;
	errno = 0;
	long long seconds = strtoll(value, &end, 10);
	time_t when = (time_t)seconds;
	struct tm utc;
	bool number = value[0] >= '0' && value[0] <= '9' && *end == '\0' && errno == 0;
	if (!number || seconds > LATEST || gmtime_r(&when, &utc) == NULL) {
		diag_report(d, RULE_DATE_EPOCH, (struct place){0},
		    _("SOURCE_DATE_EPOCH is \"%s\"; expected seconds since 1970, such as 1706054400"),
		    value);
		return false;
	}
	*date = arena_printf(
	    a, "%04d-%02d-%02d", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday);
	return true;
}
