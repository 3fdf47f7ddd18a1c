/* interrupt.h - SIGINT and SIGTERM, asked for in place of ending the program.
 *
 * One at a time.  A second signal ends the program as ever.
 */
#ifndef BASE_INTERRUPT_H
#define BASE_INTERRUPT_H

/* From now on the signals are only noted, but for one that is ignored. */
void interrupt_watch(void);

/* The signal that came since; 0: none did. */
int interrupt_came(void);

/* Restores what was before. */
void interrupt_unwatch(void);

#endif
