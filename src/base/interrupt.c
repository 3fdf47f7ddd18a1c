#include "base/interrupt.h"

#include <signal.h>
#include <stddef.h>

enum { NSIGNALS = 2 };

static const int numbers[NSIGNALS] = {SIGINT, SIGTERM};

/* What a signal handler has to know, and what it stands in for. */
static volatile sig_atomic_t came;
static struct sigaction saved[NSIGNALS];

static void
on_signal(int number)
{
	came = number;
}

void
interrupt_watch(void)
{
	struct sigaction action = {
	    .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
	sigemptyset(&action.sa_mask);
	came = 0;
	for (int i = 0; i < NSIGNALS; i++) {
		sigaction(numbers[i], NULL, &saved[i]);
		if (saved[i].sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
}

int
interrupt_came(void)
{
	return came;
}

void
interrupt_unwatch(void)
{
	for (int i = 0; i < NSIGNALS; i++)
		sigaction(numbers[i], &saved[i], NULL);
}
