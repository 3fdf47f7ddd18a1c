/* program.h - what every program of this package does around its own work. */
#ifndef DIAG_PROGRAM_H
#define DIAG_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/output.h"
#include "diag/diag.h"

/* Readies standard streams, the language of messages, and what is said when memory runs
 * out.  To be called once, before anything else; NAME is the program's. */
void program_start(const char *name);

/* From now on says in the form of ABOUT that memory ran out: then there is none to say it
 * with. */
void program_prepare(const struct report *about, const struct diag *d);

/* Prints LEN bytes of TEXT on standard output.  False: they could not be written;
 * reported to D. */
bool program_print(const char *text, size_t len, struct diag *d);

/* Opens PATH as output_open does.  NULL: it cannot be written; reported to D. */
struct output *program_open(const char *path, struct diag *d);

/* Writes TEXT to PATH, whole or not at all.  False: it was not; reported to D. */
bool program_save(const char *path, const struct buffer *text, struct diag *d);

/* These end a run: they tell D on standard error as ABOUT says, and return the exit
 * status, which they set in ABOUT. */

/* Answers --help with both texts and that of the common options; --version where HELP is
 * NULL. */
int
program_answer(const char *usage, const char *help, struct report *about, struct diag *d);

/* Tells of wrong usage, and people what is right. */
int program_misused(const char *usage, struct report *about, struct diag *d);

/* Puts OUT, which may be NULL, in place when ABOUT's status is a success: a failure when
 * it could not be written. */
int program_finish(struct report *about, struct output *out, struct diag *d);

#endif
