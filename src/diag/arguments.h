/* arguments.h - a command line, read by a table.
 *
 * Every program has the options --diagnostics, --allow, --werror, --quiet, --help and
 * --version besides its own.
 */
#ifndef DIAG_ARGUMENTS_H
#define DIAG_ARGUMENTS_H

#include <stdbool.h>

#include "diag/diag.h"

enum argument_kind {
	ARGUMENT_FLAG,   /* no value; TO is a bool */
	ARGUMENT_TEXT,   /* a value that is not empty; TO is a const char * */
	ARGUMENT_CHOICE, /* one of WORDS, which end with NULL; TO is an int, its index */
	ARGUMENT_MODE,   /* the same, or no value for the first of them */
	ARGUMENT_COUNT,  /* a number from LEAST to MOST; TO is an int */
	ARGUMENT_RULE    /* a rule to be allowed; TO is not used */
};

struct argument {
	const char *name; /* "output" for --output */
	char letter;      /* 'o' for -o; 0: none */
	enum argument_kind kind;
	void *to; /* as it was where the option is not given, or wrong */
	const char *const *words;
	int least, most;
};

/* What the options that every program has say.  What they say about diagnostics goes to
 * the struct diag. */
struct common {
	enum report_format format;
	bool help, version; /* to be printed, and nothing else to be done */
};

/* A command line, and what a program may be told besides the common options. */
struct arguments {
	int argc;
	char **argv;
	const struct argument *list;
	int n;
};

/* Reads the options of OWN and the common ones, as far as the first --help or --version,
 * and puts them before the operands.  The index of the first operand; all that is wrong
 * is reported to D. */
int arguments_read(const struct arguments *own, struct common *out, struct diag *d);

/* What the common options mean, a line each, and the exit status. */
const char *arguments_help(void);

#endif
