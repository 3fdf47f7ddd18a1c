/* list.h - the links of a brochure: each URL once, and every place where it stands. */
#ifndef LINKS_LIST_H
#define LINKS_LIST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "cities/csv.h"
#include "diag/diag.h"
#include "links/judge.h"

struct reference {
	struct place at;
	const char *city;            /* NULL: it stands in the text */
	const struct csv_cell *cell; /* that holds it; NULL: it may not be rewritten */
	int target;                  /* index */
	int page;   /* of a short address: the target that it has to lead to; else -1 */
	bool fixed; /* a new address was written there */
};

struct list {
	struct target *targets;
	int ntargets;
	struct reference *references; /* in the order of the inputs, the list first */
	int nreferences;
	struct map index; /* of targets by URL, from 1 */
	struct csv_table table;
	struct source saved; /* the list of cities as it was read */
};

enum { LIST_MAX = 16 * 1024 * 1024 }; /* bytes of a list of cities */

/* Reads the links of the list of cities CITIES ("-": standard input) and, unless it is
 * NULL, of the text ANNOUNCEMENT.  Errors in them are reported to D; warnings and notes
 * are the generator's to tell.  OUT holds the links that are good. */
void list_read(const char *cities, const char *announcement, struct arena *a,
    struct diag *d, struct list *out);

#endif
