/* suggest.h - the file that was meant by a name that does not exist. */
#ifndef LOGO_SUGGEST_H
#define LOGO_SUGGEST_H

#include <stdbool.h>

/* The name in the folder DIR that is nearest to NAME, or NULL when none is near; the
 * caller frees it.  *CASE_ONLY tells whether they differ in upper and lower case alone.
 */
char *suggest_file(const char *dir, const char *name, bool *case_only);

#endif
