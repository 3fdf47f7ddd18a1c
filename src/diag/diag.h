/* diag.h - diagnostics: what is wrong with the input, where, and what mends it.
 *
 * Whoever finds a fault reports it here once, with its place; callers pass false on.
 * Everything is collected first, so that one run lists all, sorted by file, line and
 * column.
 */
#ifndef DIAG_DIAG_H
#define DIAG_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "diag/lines.h"
#include "diag/rules.h"

/* A text from an input, and where it stands there. */
struct text {
	const char *s; /* UTF-8; NULL: not given */
	struct place at;
};

struct diagnostic {
	enum rule rule;
	enum severity severity; /* the rule's; a warning may be settled to be an error */
	struct place at;
	const char *message; /* one line, no period, in the user's language */
};

/* All zero is ready for use. */
struct diag {
	struct arena arena;  /* owns messages and the arrays below */
	const char *program; /* named where a fault is in no file; NULL: the package */
	struct diagnostic *list;
	int n, nerrors, nwarnings;
	bool werror;              /* warnings count as errors, once settled */
	bool quiet;               /* warnings and notes are dropped, once settled */
	bool allowed[RULE_COUNT]; /* the same for the kinds that diag_allow was told */
	struct lines *sources;    /* inputs, whose lines can be shown */
	int nsources;
};

/* Tells of RULE at AT, with the rule's severity.  A message states what was found and
 * what was expected; FORMAT is already translated. */
void diag_report(struct diag *d, enum rule rule, struct place at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Lets diagnostics of FILE show their line.  TEXT is UTF-8 with a NUL after it, borrowed
 * until diag_free. */
void diag_add_source(struct diag *d, const char *file, const char *text, size_t len);

/* The text of FILE, which may be NULL; NULL: it was not added. */
struct lines *diag_source(const struct diag *d, const char *file);

/* The place of NEEDLE (no line end in it) at or after AT in AT's file, before the next
 * empty line; AT where it is not found, or no source was added. */
struct place diag_find(const struct diag *d, struct place at, const char *needle);

/* Copies all of FROM's diagnostics after those of D, all at AT; FROM stays the caller's
 * to free. */
void diag_merge(struct diag *d, const struct diag *from, struct place at);

/* Silences a kind of warning or note from diag_settle on; NAME is its rule's.  NULL:
 * done; otherwise why not, a sentence with a cure, to be reported by the caller. */
const char *diag_allow(struct diag *d, const char *name);

/* Settles what a run tells, before it is decided whether it went well: sorts by file,
 * line and column (those of one place keep their order), tells once what was told twice,
 * and applies diag_allow, werror and quiet, in this order.  May be called again. */
void diag_settle(struct diag *d);

/* The name of the program whose run D tells of. */
const char *diag_program(const struct diag *d);

void diag_free(struct diag *d);

enum { EXIT_USAGE = 2 };

/* Text is for people and editors.  GitHub annotations mark the lines of a pull request.
 * JSON and SARIF 2.1.0 are one document, always, also when there is nothing to tell. */
enum report_format { REPORT_TEXT, REPORT_GITHUB, REPORT_JSON, REPORT_SARIF };

/* How a run is to be told, to a person or to a program. */
struct report {
	enum report_format format;
	int status;            /* of the program when it ends: 0, 1 or 2 */
	const char *output;    /* the file to be written, as the user named it */
	bool written;          /* it was */
	const char *unchanged; /* what a failed run left as it was; NULL: unknown */
};

#endif
