#include "compose/linebreak.h"

#include <math.h>
#include <stdbool.h>

/* the last line of a paragraph is not a single word where another setting avoids it */
static const double SINGLE_WORD = 60.0;
/* nor is it short, unless that costs much */
static const double SHORT_LAST = 14.0, SHORT = 1.0 / 3;
/* one line more has to be worth it */
static const double ONE_MORE_LINE = 2.0;
/* wider than the measure: only when an atom alone is */
static const double OVERFULL = 1e12;
/* rounding must not push a word that just fits to the next line */
static const double EPSILON = 1e-6;

/* The best setting of all up to and with one atom. */
struct best {
	double cost;
	int from; /* first atom of its last line */
};

/* The cost of a line of WIDTH that ends after atom LAST. */
static double
line_cost(struct atoms atoms, double width, double measure, int last)
{
	if (width > measure + EPSILON)
		return OVERFULL;
	const struct atom *atom = &atoms.list[last];
	bool ends_paragraph = last == atoms.n - 1 || atom->cost == LINEBREAK_FORCED;
	double slack = (measure - width) / measure;
	return ONE_MORE_LINE +
	    (ends_paragraph ? 0.0 : LINEBREAK_RAGGED * slack * slack + atom->cost);
}

/* Finds the best first atom for a line that ends after atom LAST. */
static struct best
best_line(struct atoms atoms, double measure, int last, const struct best *before)
{
	struct best best = {INFINITY, last};
	double width = atoms.list[last].hyphen;
	int spaces = 0;
	for (int first = last; first >= 0; first--) {
		const struct atom *atom = &atoms.list[first];
		if (first < last && atom->cost == LINEBREAK_FORCED)
			break;
		width += atom->width + (first < last ? atom->blank : 0.0);
		spaces += first < last && atom->blank > 0;
		if (width > measure + EPSILON && first < last)
			break;
		double cost = line_cost(atoms, width, measure, last) +
		    (first > 0 ? before[first - 1].cost : 0.0);
		if (last == atoms.n - 1 && first > 0)
			cost += spaces == 0           ? SINGLE_WORD
			    : width < SHORT * measure ? SHORT_LAST
						      : 0.0;
		if (cost < best.cost)
			best = (struct best){cost, first};
	}
	return best;
}

int
lines_break(struct atoms atoms, double measure, struct arena *a, int **ends)
{
	struct best *best = arena_alloc(a, (size_t)atoms.n * sizeof *best);
	for (int last = 0; last < atoms.n; last++)
		best[last] = best_line(atoms, measure, last, best);

	int nlines = 0;
	for (int last = atoms.n - 1; last >= 0; last = best[last].from - 1)
		nlines++;
	*ends = arena_alloc(a, (size_t)nlines * sizeof **ends);
	int i = nlines;
	for (int last = atoms.n - 1; last >= 0; last = best[last].from - 1)
		(*ends)[--i] = last;
	return nlines;
}
