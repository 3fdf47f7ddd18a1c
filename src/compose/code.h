/* code.h - QR codes (ISO/IEC 18004): an address that a telephone reads from paper. */
#ifndef COMPOSE_CODE_H
#define COMPOSE_CODE_H

#include "compose/document.h"

/* The side of a module on a card, points: more than 0.4 mm, and so that all codes of a
 * page are read at once at 150 pixels to the inch (2.5 of them). */
#define CODE_MODULE 1.2

/* White modules on each side (6.3.8). */
#define CODE_QUIET 4

/* The code of TEXT, 2,331 bytes at most (table 7), with error correction M, from A. */
const struct code *code_make(struct arena *a, const char *text);

/* The same, WIDTH modules wide as another one is, or more if it needs more. */
const struct code *code_make_wide(struct arena *a, const char *text, int width);

/* The side of CODE in modules, those of its quiet zone counted. */
int code_side(const struct code *code);

/* Draws CODE, black on white, with its quiet zone in the square AT. */
void code_draw(struct builder *b, int mark, const struct code *code, struct rect at);

#endif
