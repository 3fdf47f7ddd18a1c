/* arena.h - memory that lives until the end of the run.
 *
 * One arena holds everything that is read and composed; nothing in it is freed alone.
 * Out of memory is reported here, once, and ends the program with status 1; nobody else
 * checks.  An arena belongs to one thread.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_chunk;

/* All zero is an empty arena. */
struct arena {
	struct arena_chunk *chunks; /* newest first */
};

/* SIZE zeroed bytes, aligned for any type.  Never NULL, also for a SIZE of 0. */
void *arena_alloc(struct arena *a, size_t size);

/* A copy of the LEN bytes at S with a NUL after them. */
char *arena_strndup(struct arena *a, const char *s, size_t len);
char *arena_strdup(struct arena *a, const char *s);

/* A formatted string, as printf. */
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Room for one more element after the N that ITEMS holds: ITEMS itself, or a copy twice
 * as large when N is a power of two.  ITEMS has to come from here, or be NULL with N 0.
 */
void *arena_grow(struct arena *a, void *items, int n, size_t size);

/* Appends a zeroed element to the array ITEMS of N elements and yields its address. */
#define arena_append(a, items, n)                                                        \
	((items) = arena_grow((a), (items), (n), sizeof *(items)), &(items)[(n)++])

/* Gives all memory back; the arena is empty again. */
void arena_free(struct arena *a);

/* malloc and realloc for owners that free by themselves.  Never NULL. */
void *memory_alloc(size_t size);
void *memory_resize(void *p, size_t size);

/* Gives free memory back to the system, which glibc does not do of itself while there is
 * some in use after it; elsewhere nothing. */
void memory_trim(void);

/* Around calls of a library that does not tell when memory runs out: between the two only
 * that library is called.  Ends the program when malloc left ENOMEM in errno (POSIX). */
void memory_watch(void);
void memory_watched(void);

/* What memory_exhausted says: the LEN bytes at TEXT, which it keeps a copy of, in place
 * of a line in English.  At most MEMORY_WORDS_MAX bytes; more are not taken. */
enum { MEMORY_WORDS_MAX = 4096 };
void memory_prepare(const char *text, size_t len);

/* Says on standard error that memory ran out, and ends the program with status 1 after
 * the handlers of at_quick_exit.  Any thread may call it. */
_Noreturn void memory_exhausted(void);

#endif
