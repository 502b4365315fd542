/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * signals.h - the signals by which PID 1 is told things
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include <sys/types.h>

/*
 * Blocks them all: they are waited for, never handled. They are those of
 * busybox's init: SIGTERM asks for a reboot (SIGINT too: Ctrl-Alt-Del),
 * SIGUSR2 for power off, SIGUSR1 for halt.
 */
void signals_block(void);

/*
 * signals_next() - wait for something to happen, and reap what has died
 * @timeout_ms:	at most so long; negative: for ever
 * @watched:	a child whose end is of interest, or 0
 * @status:	its exit status as a shell gives it
 * Return: SIGTERM, SIGUSR1 or SIGUSR2 when an end is asked for, SIGCHLD when
 * the watched child has ended, 0 when the time is over.
 */
int signals_next(int timeout_ms, pid_t watched, int *status);

/*
 * signals_wait_alone() - wait until PID 1 is the only process
 * An orphan becomes a child of PID 1, so no child is no process.
 * Return: 0, or -ETIMEDOUT after timeout_ms.
 */
int signals_wait_alone(int timeout_ms);

#endif /* SIGNALS_H */
