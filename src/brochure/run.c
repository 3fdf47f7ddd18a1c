#include "brochure/run.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "announcement/announcement.h"
#include "base/buffer.h"
#include "base/files.h"
#include "base/i18n.h"
#include "brochure/epoch.h"
#include "brochure/new.h"
#include "brochure/options.h"
#include "cities/cities.h"
#include "compose/compose.h"
#include "compose/dump.h"
#include "compose/speech.h"
#include "compose/texts.h"
#include "diag/program.h"
#include "model/linktexts.h"
#include "pdf/pdf.h"

/* All that a run holds. */
struct job {
	struct arena arena;
	struct diag diag;
	struct announcement announcement;
	struct cities cities;
	struct brochure brochure;
	struct text font_paths[FACE_COUNT]; /* that the announcement names */
	struct fonts fonts;
	struct logo_ahead ahead;
	struct logos logos;
	struct logos sign; /* the publisher's, if there is one */
	struct document document;
	struct output *output; /* written but not yet in place; NULL: none */
	bool touched;          /* the output, even if the run fails */
};

/* Loads the publisher's logo, if there is one. */
static bool
load_sign(struct job *job, const struct options *options)
{
	const struct text *name = &job->announcement.publisher.logo;
	const struct logo_request request = {*name, job->brochure.colors.paper, true};
	const struct logo_options how = {
	    .folder = options->logos,
	    .box = COMPOSE_SIGN_BOX,
	    .max_ppi = job->announcement.max_ppi,
	};
	return name->s == NULL || logos_open(&request, 1, &how, &job->diag, &job->sign);
}

/* Says on the terminal how far it is, where that takes long enough to ask; a line that is
 * gone at the end. */
static void
tell_progress(int done, int n)
{
	enum { FROM = 300, STEPS = 50 };
	if (n < FROM || done * STEPS / n == (done - 1) * STEPS / n)
		return;
	fputs("\r\033[K", stderr);
	if (done < n)
		fprintf(stderr, _("%d of %d logos"), done, n);
	fflush(stderr);
}

/* Whether somebody watches who is not told by a program. */
static bool
is_watched(const struct options *options, const struct diag *d)
{
	const char *terminal = getenv("TERM");
	return options->common.format == REPORT_TEXT && !d->quiet &&
	    isatty(STDERR_FILENO) && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

/* Loads the logo of every city, in the size of its cell. */
static bool
load_logos(struct job *job, const struct options *options, struct size box)
{
	int n = job->cities.n;
	struct logo_request *list = arena_alloc(&job->arena, (size_t)n * sizeof *list);
	for (int i = 0; i < n; i++) {
		const struct city *city = &job->cities.list[i];
		list[i].name = city->logo;
		list[i].card = card_colors(&job->brochure.colors, city->card).card;
	}
	struct logo_options how = {
	    .folder = options->logos,
	    .box = box,
	    .max_ppi = job->announcement.max_ppi,
	    .first = job->announcement.publisher.logo.s != NULL,
	    .jobs = options->jobs,
	    .progress = is_watched(options, &job->diag) ? tell_progress : NULL,
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
	for (int i = 0; i < job->cities.n; i++)
		logo_ahead_start(&job->ahead, job->cities.list[i].logo.s);
	ok = announcement_read(options->announcement, a, d, text) && ok;
	ok = (text->date.s != NULL || epoch_date(a, d, &text->date.s)) && ok;
	linktexts_check(text, a, d);
	enum edition edition = options->print ? EDITION_PRINT : EDITION_SCREEN;
	ok = brochure_make(text, &job->cities, edition, a, d, &job->brochure) && ok;
	if (options->print)
		text->max_ppi = 0;
	return ok;
}

static bool
open_fonts(struct job *job)
{
	const struct announcement *text = &job->announcement;
	const struct text named[FACE_COUNT] = {
	    [FACE_REGULAR] = text->fonts.regular,
	    [FACE_ITALIC] = text->fonts.italic,
	    [FACE_BOLD] = text->fonts.bold,
	    [FACE_BOLD_ITALIC] = text->fonts.bold_italic,
	};
	for (int i = 0; i < FACE_COUNT; i++) {
		job->font_paths[i] = named[i];
		if (named[i].s != NULL)
			job->font_paths[i].s = files_find(&job->arena, named[i].s);
	}
	return fonts_open(job->font_paths, &job->diag, &job->fonts);
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
	/* without a plan, only to find the logos' faults: so small, none is coarse */
	struct size box = {1, 1};
	if (composer != NULL)
		box = compose_logo_box(composer);
	ok = load_logos(job, options, box) && ok;
	ok = load_sign(job, options) && ok;
	if (composer == NULL)
		return false;
	ok = compose(composer, &job->logos, job->sign.n > 0 ? job->sign.list[0] : NULL,
		 &job->document) &&
	    ok;
	fonts_tell_mixed(&job->fonts, job->font_paths, &job->diag);
	return ok;
}

/* Whether PATH, which may be NULL, is the file FILE; "-" is standard input. */
static bool
is_file(struct arena *a, const struct stat *file, const char *path)
{
	struct stat other;
	if (path == NULL)
		return false;
	int result = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &other)
					    : stat(files_find(a, path), &other);
	return result == 0 && other.st_dev == file->st_dev &&
	    other.st_ino == file->st_ino;
}

/* Whether FILE is one of those that the PDF is made of. */
static bool
is_input(struct job *job, const struct options *options, const struct stat *file)
{
	struct arena *a = &job->arena;
	bool found = logos_have_file(&job->logos, file->st_dev, file->st_ino) ||
	    logos_have_file(&job->sign, file->st_dev, file->st_ino) ||
	    is_file(a, file, options->announcement) || is_file(a, file, options->cities);
	for (int i = 0; i < FACE_COUNT; i++)
		found |= is_file(a, file, job->font_paths[i].s);
	return found;
}

/* Whether the file PATH begins as a PDF (ISO 32000-1, 7.5.2). */
static bool
is_pdf(const char *path)
{
	struct buffer start = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool found = fd >= 0 && files_read(fd, 5, &start) && start.len == 5 &&
	    memcmp(start.data, "%PDF-", 5) == 0;
	if (fd >= 0)
		close(fd);
	buffer_free(&start);
	return found;
}

/* Bytes of a PDF make a terminal unusable. */
static bool
stdout_is_safe(const struct options *options, struct diag *d)
{
	if (options->check || !isatty(STDOUT_FILENO))
		return true;
	diag_report(d, RULE_OUTPUT_TERMINAL, (struct place){0},
	    _("a terminal cannot show a PDF; choose a file, or redirect standard output"));
	return false;
}

/* A slip of the hand, as in "-o data/announcement.md", must not cost a file. */
static bool
output_is_safe(struct job *job, const struct options *options)
{
	const struct place at = {.file = options->output};
	struct stat file;
	if (strcmp(options->output, "-") == 0)
		return stdout_is_safe(options, &job->diag);
	if (stat(options->output, &file) != 0 || !S_ISREG(file.st_mode))
		return true;
	if (is_input(job, options, &file))
		diag_report(&job->diag, RULE_OUTPUT_INPUT, at,
		    _("the PDF would replace this input file; choose another file for the PDF"));
	else if (!options->force && file.st_size > 0 && !is_pdf(options->output))
		diag_report(&job->diag, RULE_OUTPUT_KIND, at,
		    _("the PDF would replace this file, which is not a PDF; choose another file for the PDF, or add --force"));
	else
		return true;
	return false;
}

/* Writes the PDF, or with --check makes it and throws it away. */
static bool
write_document(struct job *job, const struct options *options)
{
	if (!output_is_safe(job, options))
		return false;
	const char *path = options->check ? OUTPUT_NOWHERE : options->output;
	job->output = program_open(path, &job->diag);
	if (job->output == NULL)
		return false;
	job->touched = !options->check && !output_replaces(job->output);
	return pdf_write(&job->document, options->version, &job->diag, job->output);
}

static bool
print_dump(struct job *job, enum dump what)
{
	struct buffer text = {0};
	if (what == DUMP_LAYOUT)
		dump_layout(&job->document, &text);
	else if (what == DUMP_SPEECH)
		dump_speech(&job->document, &text);
	else
		dump_tags(&job->document, &text);
	bool ok = program_print(text.data, text.len, &job->diag);
	buffer_free(&text);
	return ok;
}

/* Makes what is asked for, but does not put it in place yet. */
static bool
make(struct job *job, const struct options *options)
{
	bool ok = make_document(job, options);
	diag_settle(&job->diag);
	if (!ok || job->diag.nerrors > 0)
		return false;
	if (options->dump != DUMP_NONE)
		return print_dump(job, options->dump);
	return write_document(job, options);
}

/* The whole program, but for what it holds. */
static int
start(int argc, char **argv, struct job *job)
{
	struct options options;
	struct diag *d = &job->diag;
	bool ok = options_read(argc, argv, &options, d);
	bool writes = !options.check && options.dump == DUMP_NONE;
	struct report about = {
	    .format = options.common.format,
	    .output = options.output,
	};
	if (writes && strcmp(options.output, "-") != 0)
		about.unchanged = options.output;
	if (options.common.help || options.common.version)
		return program_answer(options_usage(),
		    options.common.help ? options_help() : NULL, &about, d);
	if (!ok)
		return program_misused(options_usage(), &about, d);
	program_prepare(&about, d);
	if (options.new_folder != NULL) {
		about.output = options.new_folder;
		about.unchanged = NULL;
		about.written = new_make(options.new_folder, argv[0], &job->arena, d);
		about.status = about.written ? EXIT_SUCCESS : EXIT_FAILURE;
		return program_finish(&about, NULL, d);
	}
	fonts_prepare();
	ok = make(job, &options);
	about.status = ok ? EXIT_SUCCESS : EXIT_FAILURE;
	about.written = ok && writes;
	if (job->touched)
		about.unchanged = NULL;
	return program_finish(&about, job->output, d);
}

int
brochure_run(int argc, char **argv)
{
	struct job job = {0};
	int status = start(argc, argv, &job);
	logo_ahead_close(&job.ahead);
	logos_close(&job.logos);
	logos_close(&job.sign);
	fonts_close(&job.fonts);
	diag_free(&job.diag);
	arena_free(&job.arena);
	return status;
}
