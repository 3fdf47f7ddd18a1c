/* haru.h - libharu as a writer of objects.
 *
 * libharu's first fault is kept in pdf->fault: its errors stick, and later calls fail
 * with other codes.  Memory comes from arena.h, so that no call fails for lack of it.
 * Real numbers are not for libharu: its versions write them differently.
 */
#ifndef PDF_HARU_H
#define PDF_HARU_H

#include "pdf/objects.h"

/* False: libharu could not be started; pdf->fault says why.  Pair with haru_close. */
bool haru_open(struct pdf *pdf);
void haru_close(struct pdf *pdf);

HPDF_Dict haru_dict(struct pdf *pdf);     /* a direct object, to be put into another */
HPDF_Dict haru_indirect(struct pdf *pdf); /* one with an object number */
HPDF_Array haru_array(struct pdf *pdf);
HPDF_String haru_string(struct pdf *pdf, const char *bytes);
void *haru_text(struct pdf *pdf, const char *utf8); /* a text string (7.9.2.2) */

/* A reference to object NUMBER, which is not libharu's. */
void *haru_reference(struct pdf *pdf, int number);

void haru_set(struct pdf *pdf, HPDF_Dict dict, const char *key, void *value);
void haru_set_name(struct pdf *pdf, HPDF_Dict dict, const char *key, const char *name);
void haru_set_number(struct pdf *pdf, HPDF_Dict dict, const char *key, int value);
void haru_add(struct pdf *pdf, HPDF_Array array, void *value);
void haru_add_number(struct pdf *pdf, HPDF_Array array, int value);

/* A stream of DATA, which is deflated at once and not kept. */
HPDF_Dict haru_stream(struct pdf *pdf, struct bytes data);

/* The object number that DICT will have in the file. */
int haru_number(HPDF_Dict dict);

/* Takes object numbers for all of libharu's objects, so that pages can refer to them;
 * those that are never written are left out.  Nothing is added afterwards. */
void haru_number_all(struct pdf *pdf);
void haru_write_all(struct pdf *pdf);

#endif
