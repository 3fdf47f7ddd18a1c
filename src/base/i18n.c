#include "base/i18n.h"

#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"

static const char domain[] = PACKAGE;

/* Containers have no locale but C.  gettext finds a catalog by LANGUAGE all the same, as
 * long as the locale is not "C"; C.UTF-8 does where glibc does not take it for "C". */
static void
language_from_environment(void)
{
	/* the first that is not empty (POSIX, XBD 8.2) */
	static const char *const names[] = {
	    "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", NULL};
	const char *wanted = NULL;
	for (int i = 0; names[i] != NULL && (wanted == NULL || wanted[0] == '\0'); i++)
		wanted = getenv(names[i]);
	setenv("LANGUAGE", wanted != NULL ? wanted : "C", 1);
	if (setlocale(LC_MESSAGES, "en_US.UTF-8") == NULL &&
	    setlocale(LC_MESSAGES, "en_GB.UTF-8") == NULL)
		setlocale(LC_MESSAGES, "C.UTF-8");
}

/* The folder of the catalogs: of a checkout, else of an installation. */
static const char *
catalogs_find(struct arena *a)
{
	static const char *const places[] = {"locale", "../share/locale"};
	char program[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof program);
	while (len > 0 && program[len - 1] != '/')
		len--;
	for (int i = 0; i < 2 && len > 0; i++) {
		const char *folder =
		    arena_printf(a, "%.*s%s", (int)len, program, places[i]);
		const char *dutch = arena_printf(a, "%s/nl/LC_MESSAGES", folder);
		if (access(dutch, R_OK | X_OK) == 0)
			return folder;
	}
	return LOCALEDIR;
}

void
i18n_start(void)
{
	struct arena a = {0};
	if (setlocale(LC_CTYPE, "") == NULL)
		setlocale(LC_CTYPE, "C.UTF-8");
	if (setlocale(LC_MESSAGES, "") == NULL)
		language_from_environment();
	bindtextdomain(domain, catalogs_find(&a));
	bind_textdomain_codeset(domain, "UTF-8");
	textdomain(domain);
	arena_free(&a);
}
