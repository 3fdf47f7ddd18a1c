/* output.h - a file that appears whole or not at all.
 *
 * Bytes go to a temporary file beside the target, which is synced and renamed over it
 * when all went well.  A symbolic link is resolved and the file that it points to
 * replaced.  What exists and is not a regular file (a pipe, /dev/full) is written
 * straight. A signal that ends the program and can be caught (SIGINT, SIGTERM, SIGHUP,
 * SIGXCPU and the like; not a crash) removes the temporary file.
 */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct output; /* one at a time */

/* In place of a path: what is written is thrown away. */
#define OUTPUT_NOWHERE ((const char *)0)

/* Opens PATH for writing; "-" is standard output.  0, or the errno that says why it
 * cannot be written; *OPENED is NULL then.  Out of memory ends the program, as in
 * arena.h.
 */
int output_open(const char *path, struct output **opened);

/* Whether the target is replaced at the end, and so stays as it was when that fails. */
bool output_replaces(const struct output *out);

/* Appends LEN bytes.  A failure sticks until output_close. */
void output_write(struct output *out, const void *data, size_t len);

/* Bytes written so far: the offset of the next one. */
size_t output_offset(const struct output *out);

/* Puts the file in place when KEEP is true and every write went well; otherwise leaves
 * the target as it was.  0, or the errno of what failed first, when it was to be kept.
 * OUT may be NULL. */
int output_close(struct output *out, bool keep);

#endif
