/* brochure - make a two-page PDF from a text, a list of cities and their logos. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/diag_text.h"
#include "base/i18n.h"
#include "compose/compose.h"
#include "compose/dump.h"
#include "options.h"
#include "write/pdf.h"

/* All that a run holds. */
struct job {
	struct arena arena;
	struct diag diag;
	struct announcement announcement;
	struct cities cities;
	struct fonts fonts;
	struct logos logos;
	struct document document;
};

/* Loads the logo of every city, in the size of its cell. */
static bool
load_logos(struct job *job, const struct options *options, struct logo_box box)
{
	int n = job->cities.n;
	struct logo_request *list = arena_alloc(&job->arena, (size_t)n * sizeof *list);
	for (int i = 0; i < n; i++)
		list[i].name = job->cities.list[i].logo;
	struct logo_options how = {
	    .folder = options->logos,
	    .box_w = box.w,
	    .box_h = box.h,
	    .max_ppi = job->announcement.max_ppi,
	};
	return logos_open((struct logo_requests){list, n}, &how, &job->diag, &job->logos);
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

/* Whether enough was read to go on looking for further faults. */
static bool
can_compose(const struct job *job)
{
	const struct announcement *text = &job->announcement;
	return job->cities.n > 0 && text->nblocks > 0 && text->title.s != NULL &&
	    text->lang.s != NULL && text->grid.heading.s != NULL &&
	    text->grid.intro.s != NULL && text->grid.link.s != NULL;
}

static bool
read_inputs(struct job *job, const struct options *options)
{
	bool ok = cities_read(options->cities, &job->arena, &job->diag, &job->cities);
	drop_broken_cities(&job->cities);
	return announcement_read(
		   options->announcement, &job->arena, &job->diag, &job->announcement) &&
	    ok;
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

/* Reads and composes.  Goes on after an error as far as it can, so that one run tells all
 * that is wrong; false when anything is. */
static bool
make_document(struct job *job, const struct options *options)
{
	bool ok = read_inputs(job, options);
	if (!can_compose(job) || !open_fonts(job)) {
		/* so small that none of them is coarse: only their faults are asked for
		 */
		load_logos(job, options, (struct logo_box){1, 1});
		return false;
	}
	struct inputs inputs = {&job->announcement, &job->cities, &job->fonts};
	struct composer *composer = compose_plan(&inputs, &job->arena, &job->diag);
	if (composer == NULL)
		return false;
	ok = load_logos(job, options, compose_logo_box(composer)) && ok;
	ok = compose(composer, &job->logos, &job->document) && ok;
	return ok && job->diag.nerrors == 0;
}

static bool
write_document(struct job *job, const struct options *options)
{
	struct output *out = output_open(options->output, &job->diag);
	if (out == NULL)
		return false;
	bool ok = pdf_write(&job->document, options->version, &job->diag, out);
	return output_close(out, ok, &job->diag) && ok;
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
		diag_error(&job->diag, (struct place){0},
		    _("standard output cannot be written: %s"), strerror(errno));
	buffer_free(&text);
	return ok;
}

static bool
run(struct job *job, const struct options *options)
{
	if (!make_document(job, options))
		return false;
	if (options->dump != DUMP_NONE)
		return print_dump(job, options->dump);
	return options->check || write_document(job, options);
}

static void
job_close(struct job *job)
{
	logos_close(&job->logos);
	fonts_close(&job->fonts);
	diag_free(&job->diag);
	arena_free(&job->arena);
}

int
main(int argc, char **argv)
{
	/* never LC_NUMERIC: a decimal comma in a PDF is a broken PDF */
	setlocale(LC_MESSAGES, "");
	setlocale(LC_CTYPE, "");
	struct options options;
	int status;
	if (!options_read(argc, argv, &options, &status))
		return status;
	struct job job = {0};
	bool ok = run(&job, &options);
	if (options.quiet)
		diag_drop_mild(&job.diag);
	diag_print(&job.diag, stderr, ok ? NULL : options.output);
	job_close(&job);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
