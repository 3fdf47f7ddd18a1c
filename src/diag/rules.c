#include "diag/rules.h"

#include <string.h>

#include "base/i18n.h"

#define RULE_INFO(constant, severity, name, summary)                                     \
	[RULE_##constant] = {(name), SEVERITY_##severity, (summary)},
const struct rule_info rules[RULE_COUNT] = {
    [RULE_NONE] = {"", SEVERITY_ERROR, ""}, RULES(RULE_INFO)};
#undef RULE_INFO

const struct severity_info severities[] = {
    [SEVERITY_ERROR] = {N_("error"), "error", "\033[1;31m"},
    [SEVERITY_WARNING] = {N_("warning"), "warning", "\033[1;35m"},
    [SEVERITY_NOTE] = {N_("note"), "notice", "\033[1;36m"},
};

enum rule
rule_named(const char *name)
{
	for (int rule = RULE_NONE + 1; rule < RULE_COUNT; rule++)
		if (strcmp(rules[rule].name, name) == 0)
			return (enum rule)rule;
	return RULE_NONE;
}
