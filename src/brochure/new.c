#include "brochure/new.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/system.h"
#include "diag/program.h"

/* In embedded.S. */
#define EMBEDDED(name) extern const char new_##name[], new_##name##_end[]
EMBEDDED(announcement);
EMBEDDED(cities);
EMBEDDED(logo);
EMBEDDED(makefile);
EMBEDDED(gitignore);
EMBEDDED(gitattributes);
EMBEDDED(workflow);

/* Folders before the files in them; a folder has no START. */
static const struct {
	const char *path, *start, *end;
} files[] = {
    {"", NULL, NULL},
    {"/data", NULL, NULL},
    {"/data/announcement.md", new_announcement, new_announcement_end},
    {"/data/cities.csv", new_cities, new_cities_end},
    {"/logos", NULL, NULL},
    {"/logos/voorbeeldstad.png", new_logo, new_logo_end},
    {"/Makefile", new_makefile, new_makefile_end},
    {"/.gitignore", new_gitignore, new_gitignore_end},
    {"/.gitattributes", new_gitattributes, new_gitattributes_end},
    {"/.github", NULL, NULL},
    {"/.github/workflows", NULL, NULL},
    {"/.github/workflows/brochure.yml", new_workflow, new_workflow_end},
};

static bool
make_folder(const char *path, struct diag *d)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return true;
	diag_report(d, RULE_OUTPUT_WRITE, (struct place){.file = path},
	    _("the folder cannot be made: %s; choose another place"),
	    system_words(errno).s);
	return false;
}

/* Whether nothing stands where something is to be written. */
static bool
is_free(const char *dir, struct arena *a, struct diag *d)
{
	struct stat file;
	int before = d->nerrors;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		const char *path = arena_printf(a, "%s%s", dir, files[i].path);
		if (files[i].start != NULL && lstat(path, &file) == 0)
			diag_report(d, RULE_OUTPUT_KIND, (struct place){.file = path},
			    _("this file would be replaced; remove it or choose a new folder"));
	}
	return d->nerrors == before;
}

static bool
lay_out(const char *dir, struct arena *a, struct diag *d)
{
	bool ok = is_free(dir, a, d);
	for (size_t i = 0; i < sizeof files / sizeof files[0] && ok; i++) {
		const char *path = arena_printf(a, "%s%s", dir, files[i].path);
		struct buffer text = {0};
		if (files[i].start == NULL) {
			ok = make_folder(path, d);
			continue;
		}
		buffer_append(
		    &text, files[i].start, (size_t)(files[i].end - files[i].start));
		ok = program_save(path, &text, d);
		buffer_free(&text);
	}
	return ok;
}

bool
new_make(const char *dir, struct arena *a, struct diag *d)
{
	if (!lay_out(dir, a, d))
		return false;
	const char *next = arena_printf(a,
	    _("%s is ready.  Edit data/announcement.md and data/cities.csv in it, put the logos into logos/, and run \"make\" there.\n"),
	    dir);
	return program_print(next, strlen(next), d);
}
