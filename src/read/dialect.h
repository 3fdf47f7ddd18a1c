/* dialect.h - which separator a CSV file uses. */
#ifndef READ_DIALECT_H
#define READ_DIALECT_H

#include "read/csv.h"
#include "read/source.h"

/* Finds the separator of SOURCE: named by a first line "sep=;", else the one of comma,
 * semicolon and tab that splits one of the first lines into the most column names, else
 * the one that the first line has most of.  Pure. */
struct csv_input dialect_guess(const struct source *source);

#endif
