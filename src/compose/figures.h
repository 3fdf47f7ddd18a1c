/* figures.h - the key figures: a strip of large numbers with small labels, tagged as a
 * list.
 */
#ifndef COMPOSE_FIGURES_H
#define COMPOSE_FIGURES_H

#include <stdbool.h>

#include "compose/composer.h"

struct figures {
	struct text_style value_style; /* one size for all, that the longest fits */
	struct text_style label_style;
	struct color rule;
	struct paragraph *values, *labels;
	int ncolumns, nrows;
	double column_w;
	double *row_y; /* the top of each row, from the top of the strip down */
	double height; /* of the whole strip; 0: there are no figures */
};

/* Sets the figures in WIDTH; on the band in its colours, two a row.  False: one is too
 * long; reported. */
bool figures_set(struct composer *c, double width, bool on_band, struct figures *out);

/* Draws them, if there are any, from X to the right and from TOP down. */
void figures_draw(struct composer *c, struct element *sect, const struct figures *figures,
    double x, double top);

#endif
