// SPDX-License-Identifier: GPL-2.0-only
/*
 * interrupt.c - the user's wish that it ends
 */
#include "interrupt.h"

#include <signal.h>
#include <unistd.h>

#include "error.h"

volatile bool interrupt_asked;

/* Signals so far; the handler may touch nothing else. */
static volatile sig_atomic_t signals;

static void on_signal(int signal)
{
	(void)signal;
	if (signals++)
		_exit(ERROR_INTERRUPTED);
	interrupt_asked = true;
}

/* SIGPIPE is ignored: a reader that goes away (`| head`) must not end a run half way. */
void interrupt_catch(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	signals = 0;
	interrupt_asked = false;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

void interrupt_at_once(void)
{
	signals++;
}
