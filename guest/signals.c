// SPDX-License-Identifier: GPL-2.0-only
/*
 * signals.c - the signals by which PID 1 is told things
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <time.h>

#include "process.h"
#include "signals.h"

static sigset_t told;

void signals_block(void)
{
	sigset_t all;

	sigemptyset(&told);
	sigaddset(&told, SIGTERM);
	sigaddset(&told, SIGINT);
	sigaddset(&told, SIGUSR1);
	sigaddset(&told, SIGUSR2);
	sigaddset(&told, SIGCHLD);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	/* Ctrl-Alt-Del becomes a SIGINT instead of a reset. */
	reboot(RB_DISABLE_CAD);
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* One signal of the set, or 0 when the clock has reached end_ms; negative: never. */
static int wait_signal(const sigset_t *set, int64_t end_ms)
{
	int64_t left = end_ms < 0 ? 3600000 : end_ms - now_ms();
	struct timespec t;
	int got;

	if (left < 0)
		left = 0;
	t.tv_sec = left / 1000;
	t.tv_nsec = left % 1000 * 1000000;
	got = sigtimedwait(set, NULL, &t);
	return got < 0 ? 0 : got;
}

/* Reaps all that is dead; true if the watched child was among it. */
static bool reap(pid_t watched, int *status)
{
	bool seen = false;
	int wait_status;
	pid_t pid;

	while ((pid = waitpid(-1, &wait_status, WNOHANG)) > 0) {
		if (pid != watched)
			continue;
		seen = true;
		*status = process_status(wait_status);
	}
	return seen;
}

int signals_next(int timeout_ms, pid_t watched, int *status)
{
	int64_t end = timeout_ms < 0 ? -1 : now_ms() + timeout_ms;

	do {
		/* The lowest number comes first: what is asked for before SIGCHLD. */
		int got = wait_signal(&told, end);

		if (got == SIGINT)
			got = SIGTERM;
		if (got == SIGTERM || got == SIGUSR1 || got == SIGUSR2)
			return got;
		if (got == SIGCHLD && reap(watched, status))
			return SIGCHLD;
	} while (end < 0 || now_ms() < end);
	return 0;
}

int signals_wait_alone(int timeout_ms)
{
	int64_t end = now_ms() + timeout_ms;
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	for (;;) {
		pid_t pid = waitpid(-1, NULL, WNOHANG);

		if (pid < 0)
			return 0;
		if (pid > 0)
			continue;
		if (now_ms() >= end)
			return -ETIMEDOUT;
		wait_signal(&child, end);
	}
}
