#include "base/guard.h"

#include <errno.h>
#include <signal.h>

#include "base/arena.h"

enum { NSIGNALS = 2 };

static const int signals[NSIGNALS] = {SIGSEGV, SIGABRT};

/* What a signal handler has to know. */
static struct sigaction saved[NSIGNALS];

void
guard_begin(void)
{
	errno = 0;
}

void
guard_end(void)
{
	if (errno == ENOMEM)
		memory_exhausted();
}

static void
on_crash(int number)
{
	guard_end();
	/* another crash: to whom it belongs, when the same happens again on return */
	for (int i = 0; i < NSIGNALS; i++)
		if (signals[i] == number)
			sigaction(number, &saved[i], NULL);
}

void
guard_crash_begin(void)
{
	struct sigaction action = {.sa_handler = on_crash};
	sigemptyset(&action.sa_mask);
	for (int i = 0; i < NSIGNALS; i++)
		sigaction(signals[i], &action, &saved[i]);
	guard_begin();
}

void
guard_crash_end(void)
{
	guard_end();
	for (int i = 0; i < NSIGNALS; i++)
		sigaction(signals[i], &saved[i], NULL);
}
