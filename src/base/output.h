/* output.h - a file that appears whole or not at all.
 *
 * Bytes go to a temporary file beside the target, which is synced and renamed over it
 * when all went well.  Where the file system can do so, it gets a name only for that
 * moment; a leftover of a run that was killed is removed by a later one, an hour after.
 * A symbolic link is resolved and the file that it points to replaced.  A file that is
 * mounted by itself, as in a container, is written over at the end, after room was made.
 * What exists and is not a regular file (a pipe, /dev/full) is written straight.  A
 * signal that ends the program and can be caught (SIGINT, SIGTERM, SIGHUP, SIGXCPU and
 * the like; not a crash) removes the temporary file.
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
 * the target as it was, unless it says DAMAGED.  0, or the errno of what failed first,
 * when it was to be kept.  OUT may be NULL. */
int output_close(struct output *out, bool keep, bool *damaged);

#endif
