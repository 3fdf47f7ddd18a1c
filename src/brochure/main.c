/* brochure - make a two-page PDF from a text, a list of cities and their logos. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "announcement/announcement.h"
#include "announcement/epoch.h"
#include "base/buffer.h"
#include "base/i18n.h"
#include "base/streams.h"
#include "base/system.h"
#include "brochure/options.h"
#include "cities/cities.h"
#include "compose/compose.h"
#include "compose/dump.h"
#include "compose/texts.h"
#include "diag/report.h"
#include "pdf/pdf.h"

/* All that a run holds. */
struct job {
	struct arena arena;
	struct diag diag;
	struct announcement announcement;
	struct cities cities;
	struct brochure brochure;
	struct fonts fonts;
	struct logos logos;
	struct document document;
	struct output *output; /* written but not yet in place; NULL: none */
	bool touched;          /* the output, even if the run fails */
};

/* Loads the logo of every city, in the size of its cell. */
static bool
load_logos(struct job *job, const struct options *options, struct size box)
{
	int n = job->cities.n;
	struct logo_request *list = arena_alloc(&job->arena, (size_t)n * sizeof *list);
	for (int i = 0; i < n; i++)
		list[i].name = job->cities.list[i].logo;
	struct logo_options how = {
	    .folder = options->logos,
	    .box = box,
	    .max_ppi = job->announcement.max_ppi,
	    .jobs = options->jobs,
	};
	return logos_open(list, n, &how, &job->diag, &job->logos);
}

/* Leaves out the cities that an error left without a name or a logo. */
static void
drop_broken_cities(struct cities *cities)
{
	int n = 0;
	for (int i = 0; i < cities->n; i++) {
		const struct city *city = &cities->list[i];
		if (city->name.s != NULL && city->logo.s != NULL)
			cities->list[n++] = *city;
	}
	cities->n = n;
}

static bool
read_inputs(struct job *job, const struct options *options)
{
	struct arena *a = &job->arena;
	struct diag *d = &job->diag;
	struct announcement *text = &job->announcement;
	bool ok = cities_read(options->cities, a, d, &job->cities);
	drop_broken_cities(&job->cities);
	ok = announcement_read(options->announcement, a, d, text) && ok;
	ok = (text->date.s != NULL || epoch_date(a, d, &text->date.s)) && ok;
	return brochure_make(text, &job->cities, a, d, &job->brochure) && ok;
}

static bool
open_fonts(struct job *job)
{
	const struct text paths[FACE_COUNT] = {
	    [FACE_REGULAR] = job->announcement.fonts.regular,
	    [FACE_ITALIC] = job->announcement.fonts.italic,
	    [FACE_BOLD] = job->announcement.fonts.bold,
	    [FACE_BOLD_ITALIC] = job->announcement.fonts.bold_italic,
	};
	return fonts_open(paths, &job->diag, &job->fonts);
}

/* Finds the place of all but the logos; NULL: too much is missing or wrong. */
static struct composer *
plan(struct job *job)
{
	const struct brochure *brochure = &job->brochure;
	if (!brochure_is_whole(brochure) || !open_fonts(job))
		return NULL;
	texts_check(brochure, &job->fonts, &job->diag);
	return compose_plan(brochure, &job->fonts, &job->arena, &job->diag);
}

/* Reads and composes.  Goes on after an error as far as it can, so that one run tells all
 * that is wrong; false when anything is. */
static bool
make_document(struct job *job, const struct options *options)
{
	bool ok = read_inputs(job, options);
	struct composer *composer = plan(job);
	/* without a plan only the logos' faults are asked for: so small, none is coarse
	 */
	struct size box = {1, 1};
	if (composer != NULL)
		box = compose_logo_box(composer);
	ok = load_logos(job, options, box) && ok;
	return composer != NULL && compose(composer, &job->logos, &job->document) && ok;
}

/* Whether PATH, which may be NULL, is the file FILE. */
static bool
is_file(const struct stat *file, const char *path)
{
	struct stat other;
	return path != NULL && strcmp(path, "-") != 0 && stat(path, &other) == 0 &&
	    other.st_dev == file->st_dev && other.st_ino == file->st_ino;
}

/* Whether FILE is one of those that the PDF is made of. */
static bool
is_input(struct job *job, const struct options *options, const struct stat *file)
{
	const struct announcement *text = &job->announcement;
	const char *paths[] = {options->announcement, options->cities,
	    text->fonts.regular.s, text->fonts.italic.s, text->fonts.bold.s,
	    text->fonts.bold_italic.s};
	bool found = false;
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
		found |= is_file(file, paths[i]);
	struct arena a = {0};
	for (int i = 0; i < job->cities.n && !found; i++)
		found = is_file(file,
		    arena_printf(
			&a, "%s/%s", options->logos, job->cities.list[i].logo.s));
	arena_free(&a);
	return found;
}

/* A slip of the hand, as in "-o data/announcement.md", must not cost an input. */
static bool
inputs_are_safe(struct job *job, const struct options *options)
{
	struct stat file;
	if (strcmp(options->output, "-") == 0 || stat(options->output, &file) != 0 ||
	    !S_ISREG(file.st_mode) || !is_input(job, options, &file))
		return true;
	diag_report(&job->diag, RULE_OUTPUT_INPUT,
	    (struct place){.file = options->output},
	    _("the PDF would replace this file, which it is made of; choose another file "
	      "for the PDF"));
	return false;
}

/* Writes the PDF, or with --check makes it and throws it away. */
static bool
write_document(struct job *job, const struct options *options)
{
	if (!inputs_are_safe(job, options))
		return false;
	const char *path = options->check ? OUTPUT_NOWHERE : options->output;
	job->output = output_open(path, &job->diag);
	if (job->output == NULL)
		return false;
	job->touched = !options->check && !output_replaces(job->output);
	return pdf_write(&job->document, options->version, &job->diag, job->output);
}

static void
report_stdout(struct job *job)
{
	diag_report(&job->diag, RULE_OUTPUT_WRITE, (struct place){0},
	    _("standard output cannot be written: %s"), system_words(errno).s);
}

static bool
print_dump(struct job *job, enum dump what)
{
	struct buffer text = {0};
	if (what == DUMP_LAYOUT)
		dump_layout(&job->document, &text);
	else
		dump_tags(&job->document, &text);
	bool ok =
	    fwrite(text.data, 1, text.len, stdout) == text.len && fflush(stdout) == 0;
	if (!ok)
		report_stdout(job);
	buffer_free(&text);
	return ok;
}

static bool
run(struct job *job, const struct options *options)
{
	bool ok = make_document(job, options);
	diag_settle(&job->diag);
	if (!ok || job->diag.nerrors > 0)
		return false;
	if (options->dump != DUMP_NONE)
		return print_dump(job, options->dump);
	return write_document(job, options);
}

static void
job_close(struct job *job)
{
	logos_close(&job->logos);
	fonts_close(&job->fonts);
	diag_free(&job->diag);
	arena_free(&job->arena);
}

/* Prepares what is said when memory runs out: then there is none to say it with. */
static void
prepare_last_words(const struct options *options)
{
	struct diag d = {0};
	struct buffer text = {0};
	struct report about = {.format = options->diagnostics,
	    .status = EXIT_FAILURE,
	    .output = options->output};
	diag_report(&d, RULE_MEMORY_EXHAUSTED, (struct place){0},
	    _("out of memory; close other programs or make the logos smaller"));
	report_render(&d, &about, NULL, &text);
	memory_prepare(text.data, text.len);
	buffer_free(&text);
	diag_free(&d);
}

static void
render(struct job *job, const struct options *options, int status, struct buffer *out)
{
	bool to_stdout = strcmp(options->output, "-") == 0;
	struct report about = {
	    .format = options->diagnostics,
	    .status = status,
	    .output = options->output,
	    .written =
		status == EXIT_SUCCESS && !options->check && options->dump == DUMP_NONE,
	    .unchanged = job->touched || to_stdout ? NULL : options->output,
	};
	out->len = 0;
	report_render(&job->diag, &about, stderr, out);
}

/* Puts the output in place and tells all that was found, which is prepared first: memory
 * may run out on the way, and then the older output has to be still there. */
static int
finish(struct job *job, const struct options *options, int status)
{
	struct buffer text = {0};
	bool good = status == EXIT_SUCCESS;
	render(job, options, status, &text);
	if (!output_close(job->output, good, &job->diag) && good) {
		status = EXIT_FAILURE;
		render(job, options, status, &text);
	}
	if (text.len > 0)
		fwrite(text.data, 1, text.len, stderr);
	buffer_free(&text);
	return status;
}

/* Answers --help and --version. */
static int
answer(struct job *job, const struct options *options)
{
	if (options->help)
		printf("%s\n%s", options_usage(), options_help());
	else
		puts("brochure " BROCHURE_VERSION);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EXIT_SUCCESS;
	report_stdout(job);
	return finish(job, options, EXIT_FAILURE);
}

/* The whole program, but for what it holds. */
static int
start(int argc, char **argv, struct job *job)
{
	struct options options;
	bool ok = options_read(argc, argv, &options, &job->diag);
	if (options.help || options.version_asked)
		return answer(job, &options);
	if (!ok) {
		finish(job, &options, EXIT_USAGE);
		if (options.diagnostics <= REPORT_GITHUB)
			fputs(options_usage(), stderr);
		return EXIT_USAGE;
	}
	prepare_last_words(&options);
	ok = run(job, &options);
	return finish(job, &options, ok ? EXIT_SUCCESS : EXIT_FAILURE);
}

int
main(int argc, char **argv)
{
	streams_open();
	i18n_start();
	struct job job = {0};
	int status = start(argc, argv, &job);
	job_close(&job);
	return status;
}
