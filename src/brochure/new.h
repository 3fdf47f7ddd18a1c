/* new.h - a folder to begin a brochure of one's own in. */
#ifndef BROCHURE_NEW_H
#define BROCHURE_NEW_H

#include <stdbool.h>

#include "base/arena.h"
#include "diag/diag.h"

/* Lays out the folder DIR: a text, a list of cities, a logo, a Makefile and what Git and
 * GitHub need; says on standard output what comes next, with the program that was run as
 * PROGRAM.  It may exist; no file in it is replaced.  False: something could not be
 * written, and no file is left; reported to D, with places in A. */
bool new_make(const char *dir, const char *program, struct arena *a, struct diag *d);

#endif
