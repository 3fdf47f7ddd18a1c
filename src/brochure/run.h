/* run.h - a run of the program: reads, composes, writes, and tells what is wrong. */
#ifndef BROCHURE_RUN_H
#define BROCHURE_RUN_H

/* Does what the arguments of main ask for.  The exit status: 0 made, 1 an error, 2 wrong
 * usage.  May be called again. */
int brochure_run(int argc, char **argv);

#endif
