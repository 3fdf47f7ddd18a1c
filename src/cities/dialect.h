/* dialect.h - which separator a CSV file uses. */
#ifndef CITIES_DIALECT_H
#define CITIES_DIALECT_H

#include "cities/csv.h"
#include "input/source.h"

/* Finds the separator of SOURCE: named by a first line "sep=;", else the one of comma,
 * semicolon and tab that splits one of the first lines into the most column names, else
 * the one that the first line has most of.  Pure. */
struct csv_input dialect_guess(const struct source *source);

#endif
