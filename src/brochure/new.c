#include "brochure/new.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

enum { COUNT = sizeof files / sizeof files[0] };

static bool
make_folder(const char *path, struct diag *d)
{
	struct stat there;
	if (mkdir(path, 0777) == 0)
		return true;
	int error = errno;
	if (error == EEXIST && stat(path, &there) == 0 && S_ISDIR(there.st_mode))
		return true;
	error = error == EEXIST ? ENOTDIR : error; /* a file, or a link to nothing */
	diag_report(d, RULE_OUTPUT_WRITE, (struct place){.file = path},
	    _("the folder cannot be made: %s; choose another place"),
	    system_words(error).s);
	return false;
}

/* Whether nothing stands where something is to be written. */
static bool
is_free(const char *dir, struct arena *a, struct diag *d)
{
	struct stat file;
	for (size_t i = 0; i < COUNT; i++) {
		if (files[i].start == NULL ||
		    lstat(arena_printf(a, "%s%s", dir, files[i].path), &file) != 0)
			continue;
		diag_report(d, RULE_OUTPUT_KIND, (struct place){.file = dir},
		    _("%s is there already and would be replaced; choose a new folder"),
		    files[i].path + 1);
		return false;
	}
	return true;
}

/* Writes the file or makes the folder that I is in DIR. */
static bool
lay(const char *dir, size_t i, struct arena *a, struct diag *d)
{
	const char *path = arena_printf(a, "%s%s", dir, files[i].path);
	struct buffer text = {0};
	if (files[i].start == NULL)
		return make_folder(path, d);
	buffer_append(&text, files[i].start, (size_t)(files[i].end - files[i].start));
	bool ok = program_save(path, &text, d);
	buffer_free(&text);
	return ok;
}

/* A folder that is not whole keeps no file: the same may be tried again. */
static bool
lay_out(const char *dir, struct arena *a, struct diag *d)
{
	size_t n = 0;
	if (!is_free(dir, a, d))
		return false;
	while (n < COUNT && lay(dir, n, a, d))
		n++;
	for (size_t i = 0; n < COUNT && i < n; i++)
		if (files[i].start != NULL)
			unlink(arena_printf(a, "%s%s", dir, files[i].path));
	return n == COUNT;
}

/* What makes a brochure in the folder, with the program that was run as PROGRAM: one that
 * is not found by its name alone is named. */
static const char *
command(const char *program, struct arena *a)
{
	char path[PATH_MAX];
	return strchr(program, '/') == NULL || realpath(program, path) == NULL
	    ? "make"
	    : arena_printf(a, "make BROCHURE='%s'", path);
}

bool
new_make(const char *dir, const char *program, struct arena *a, struct diag *d)
{
	if (!lay_out(dir, a, d))
		return false;
	const char *next = arena_printf(a,
	    _("%s is ready. Edit data/announcement.md and data/cities.csv in it, put the logos into logos/, and run this there:\n\n    %s\n"),
	    dir, command(program, a));
	return program_print(next, strlen(next), d);
}
