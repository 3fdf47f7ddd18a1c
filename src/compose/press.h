/* press.h - what a printer needs around a page: bleed and crop marks. */
#ifndef COMPOSE_PRESS_H
#define COMPOSE_PRESS_H

#include "compose/document.h"

/* Lets what touches an edge of a page of DOC reach 3 mm beyond it, and adds marks that
 * say where to cut.  They are artifacts, from A. */
void press_prepare(struct arena *a, struct document *doc);

#endif
