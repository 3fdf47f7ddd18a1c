#include "announcement/values.h"

#include <stdlib.h>
#include <string.h>

#include "base/pattern.h"

static bool
is_day(int year, int month, int day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (year < 1 || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day <= days[month - 1] + (month == 2 && leap);
}

/* Of the digits that PART of S is, four at most. */
static int
number(const char *s, regmatch_t part)
{
	return (int)strtol(s + part.rm_so, NULL, 10);
}

const char *
value_date(struct arena *a, const char *s)
{
	static const struct {
		const char *pattern;
		int year, month, day; /* which part of the pattern each is */
	} forms[] = {
	    {"^([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})$", 1, 2, 3},
	    {"^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})$", 3, 2, 1},
	};
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		regmatch_t part[4];
		if (!pattern_matches(forms[i].pattern, s, part, 4))
			continue;
		int year = number(s, part[forms[i].year]);
		int month = number(s, part[forms[i].month]);
		int day = number(s, part[forms[i].day]);
		if (is_day(year, month, day))
			return arena_printf(a, "%04d-%02d-%02d", year, month, day);
	}
	return NULL;
}
