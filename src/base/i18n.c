#include "base/i18n.h"

#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char domain[] = PACKAGE;

/* The locale that the environment asks for in CATEGORY (POSIX, XBD 8.2). */
static const char *
locale_wanted(const char *category)
{
	const char *const names[] = {"LC_ALL", category, "LANG"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = getenv(names[i]);
		if (value != NULL && value[0] != '\0')
			return value;
	}
	return "C";
}

/* Containers have no locale but C.  gettext finds a catalog by LANGUAGE all the same, as
 * long as the locale is not "C"; C.UTF-8 does where glibc does not take it for "C". */
static void
language_from(const char *locale)
{
	const char *language = getenv("LANGUAGE");
	if (language == NULL || language[0] == '\0')
		setenv("LANGUAGE", locale, 1);
	if (setlocale(LC_MESSAGES, "en_US.UTF-8") == NULL &&
	    setlocale(LC_MESSAGES, "en_GB.UTF-8") == NULL)
		setlocale(LC_MESSAGES, "C.UTF-8");
}

/* Whether FOLDER/SUFFIX exists; its name goes to OUT. */
static bool
find_folder(const char *folder, const char *suffix, char out[PATH_MAX])
{
	int len = snprintf(out, PATH_MAX, "%s/%s", folder, suffix);
	return len > 0 && len < PATH_MAX && access(out, R_OK | X_OK) == 0;
}

/* The folder of the running program, "" when the system does not tell. */
static void
program_folder(char out[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", out, PATH_MAX - 1);
	out[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(out, '/');
	if (slash != NULL)
		*slash = '\0';
}

void
i18n_start(void)
{
	if (setlocale(LC_CTYPE, "") == NULL)
		setlocale(LC_CTYPE, "C.UTF-8");
	if (setlocale(LC_MESSAGES, "") == NULL)
		language_from(locale_wanted("LC_MESSAGES"));
	char program[PATH_MAX], folder[PATH_MAX];
	program_folder(program);
	if (program[0] != '\0' &&
	    (find_folder(program, "locale/nl/LC_MESSAGES", folder) ||
		find_folder(program, "../share/locale/nl/LC_MESSAGES", folder)))
		*strstr(folder + strlen(program), "/nl/") = '\0';
	else
		strcpy(folder, LOCALEDIR);
	bindtextdomain(domain, folder);
	bind_textdomain_codeset(domain, "UTF-8");
	textdomain(domain);
}
