/* system.h - the system's errors in words. */
#ifndef BASE_SYSTEM_H
#define BASE_SYSTEM_H

struct system_words {
	char s[160];
};

/* What the errno NUMBER means, in the user's language; safe in threads.  Out of memory
 * ends the program, as in arena.h. */
struct system_words system_words(int number);

#endif
