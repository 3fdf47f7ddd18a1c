/* guard.h - calls of a library that does not tell when memory runs out.
 *
 * malloc then leaves ENOMEM in errno (POSIX), which these look at.  Between the two of a
 * pair only the library is called.
 */
#ifndef BASE_GUARD_H
#define BASE_GUARD_H

/* Around a call that goes on with less than it needs.  guard_end ends the program, as in
 * arena.h, when an allocation failed. */
void guard_begin(void);
void guard_end(void);

/* The same around a call that may crash then.  In one thread, and not nested. */
void guard_crash_begin(void);
void guard_crash_end(void);

#endif
