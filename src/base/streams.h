/* streams.h - standard input, output and error that are there. */
#ifndef BASE_STREAMS_H
#define BASE_STREAMS_H

/* Fills the place of a standard stream that the program was started without, so that no
 * file it opens later takes that place; reading or writing it then fails as it should. */
void streams_open(void);

#endif
