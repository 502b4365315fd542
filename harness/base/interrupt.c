// SPDX-License-Identifier: GPL-2.0-only
/*
 * interrupt.c - the user's wish that it ends
 */
#include "interrupt.h"

#include <assert.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "error.h"

/*
 * The handler runs on any thread while others read, so both are atomic; and what a
 * handler touches must be lock-free (C11 7.14.1.1).
 */
static_assert(ATOMIC_BOOL_LOCK_FREE == 2 && ATOMIC_INT_LOCK_FREE == 2, "atomics take locks");

atomic_bool interrupt_asked;
static atomic_int signals;	/* so far */

static void on_signal(int signal)
{
	(void)signal;
	if (atomic_fetch_add(&signals, 1))
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
