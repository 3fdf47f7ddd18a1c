#include "diag/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/system.h"
#include "diag/arguments.h"
#include "diag/json.h"
#include "diag/text.h"

/* Fills the place of a standard stream that the program was started without, so that no
 * file it opens later takes that place; reading or writing it then fails as it should. */
static void
open_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		/* the lowest free number; the wrong way round on purpose */
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void
program_start(const char *name)
{
	char words[200];
	int len = snprintf(words, sizeof words, "%s: error: out of memory\n", name);
	open_streams();
	memory_prepare(words, (size_t)len);
	i18n_start();
}

/* Settles D and appends what is told of it to OUT; with snippets and colour where the
 * terminal TO, which may be NULL, takes them. */
static void
render(struct diag *d, const struct report *about, FILE *to, struct buffer *out)
{
	struct diag_look look = {0};
	if (to != NULL)
		look = diag_look_for(to);
	diag_settle(d);
	switch (about->format) {
	case REPORT_TEXT:
		diag_render(d, look, out);
		break;
	case REPORT_GITHUB:
		diag_render_github(d, out);
		break;
	case REPORT_JSON:
		diag_render_json(d, about, out);
		return;
	case REPORT_SARIF:
		diag_render_sarif(d, about, out);
		return;
	}
	if (about->status == EXIT_FAILURE)
		diag_render_summary(d, about->unchanged, out);
}

void
program_prepare(const struct report *about, const struct diag *d)
{
	struct diag own = {.program = d->program};
	struct report failure = *about;
	struct buffer text = {0};
	failure.status = EXIT_FAILURE;
	failure.unchanged = NULL; /* when it is not known how far the run came */
	diag_report(&own, RULE_MEMORY_EXHAUSTED, (struct place){0},
	    _("out of memory; close other programs or make the logos smaller"));
	render(&own, &failure, NULL, &text);
	memory_prepare(text.data, text.len);
	buffer_free(&text);
	diag_free(&own);
}

bool
program_print(const char *text, size_t len, struct diag *d)
{
	if (fwrite(text, 1, len, stdout) == len && fflush(stdout) == 0)
		return true;
	diag_report(d, RULE_OUTPUT_WRITE, (struct place){0},
	    _("standard output cannot be written: %s"), system_words(errno).s);
	return false;
}

/* What keeps a file from being opened for writing, with its cure. */
static const char *
open_message(int error)
{
	switch (error) {
	case EISDIR:
		return _("this is a folder; name a file in it");
	case ENOENT:
	case ENOTDIR:
		return _(
		    "cannot be written: its folder does not exist; create it or choose another file");
	case EACCES:
	case EPERM:
	case EROFS:
		return _(
		    "cannot be written: %s; allow writing to it and its folder, or choose another file");
	default:
		return _("cannot be written: %s; choose another file");
	}
}

/* The same for a file that was opened. */
static const char *
write_message(int error)
{
	switch (error) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return _("could not be written: %s; free some space and try again");
	default:
		return _("could not be written: %s");
	}
}

static void
report_output(struct diag *d, const char *name, const char *message, int error)
{
	struct place at = {.file = strcmp(name, "-") == 0 ? "<stdout>" : name};
	diag_report(d, RULE_OUTPUT_WRITE, at, message, system_words(error).s);
}

struct output *
program_open(const char *path, struct diag *d)
{
	struct output *out;
	int error = output_open(path, &out);
	if (error != 0)
		report_output(d, path, open_message(error), error);
	return out;
}

bool
program_save(const char *path, const struct buffer *text, struct diag *d)
{
	struct output *out = program_open(path, d);
	if (out == NULL)
		return false;
	output_write(out, text->data, text->len);
	bool damaged;
	int error = output_close(out, true, &damaged);
	if (error != 0)
		report_output(d, path, write_message(error), error);
	return error == 0;
}

int
program_finish(struct report *about, struct output *out, struct diag *d)
{
	struct buffer text = {0};
	bool damaged;
	/* first: memory may run out on the way, and the older output has to stay then */
	render(d, about, stderr, &text);
	int error = output_close(out, about->status == EXIT_SUCCESS, &damaged);
	if (error != 0) {
		if (damaged)
			about->unchanged = NULL;
		report_output(d, about->output, write_message(error), error);
		about->status = EXIT_FAILURE;
		about->written = false;
		text.len = 0;
		render(d, about, stderr, &text);
	}
	if (text.len > 0)
		fwrite(text.data, 1, text.len, stderr);
	buffer_free(&text);
	return about->status;
}

int
program_answer(const char *usage, const char *help, struct report *about, struct diag *d)
{
	struct buffer text = {0};
	if (help != NULL)
		buffer_printf(&text, "%s\n%s%s", usage, help, arguments_help());
	else
		buffer_printf(&text, "%s %s\n", diag_program(d), PACKAGE_VERSION);
	bool ok = program_print(text.data, text.len, d);
	buffer_free(&text);
	about->status = ok ? EXIT_SUCCESS : EXIT_FAILURE;
	return ok ? about->status : program_finish(about, NULL, d);
}

int
program_misused(const char *usage, struct report *about, struct diag *d)
{
	about->status = EXIT_USAGE;
	program_finish(about, NULL, d);
	if (about->format == REPORT_TEXT || about->format == REPORT_GITHUB)
		fputs(usage, stderr);
	return EXIT_USAGE;
}
