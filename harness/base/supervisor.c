// SPDX-License-Identifier: GPL-2.0-only
/*
 * supervisor.c - the first process, which reaps what others leave
 *
 * libvirt starts each QEMU as a daemon, whose parent is then whoever reaps
 * orphans, and at its end waits until it is reaped. Where process 1 does that
 * late or never, as in many containers, each end took 2 s. A program that reaps
 * by itself would take libvirt's own children from under it. Hence two
 * processes: the first is the subreaper (PR_SET_CHILD_SUBREAPER) and does
 * nothing but wait; the second works.
 *
 * That also ends what a killed worker leaves: all that is orphaned below it
 * becomes a child of the first process, which ends its children when the worker
 * has gone. If the first process is killed, the worker gets SIGTERM.
 *
 * The worker has a process group of its own, so that each signal reaches it
 * once: from the first process, which passes on what the terminal or a user sent.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "supervisor.h"

/* An ended machine gets so long before it is killed: QEMU leaves at once unless it hangs. */
#define END_TIMEOUT_MS 2000

static const int passed_on[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH,
				 SIGTSTP, SIGCONT };

static void signals_to_wait_for(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGCHLD);
	for (size_t i = 0; i < sizeof(passed_on) / sizeof(*passed_on); i++)
		sigaddset(set, passed_on[i]);
}

/* Sends a signal to every child there is; true if there was one. */
static bool signal_children(int signal)
{
	char path[64];
	bool any = false;
	FILE *f;
	int pid;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", getpid());
	f = fopen(path, "re");
	if (!f)
		return false;
	while (fscanf(f, "%d", &pid) == 1)
		any |= !kill(pid, signal);
	fclose(f);
	return any;
}

/* Ends what the worker left: these are children of this process and of nobody else. */
static void end_orphans(void)
{
	const struct timespec step = { .tv_nsec = 10000000 };

	for (int ms = 0; signal_children(ms < END_TIMEOUT_MS ? SIGTERM : SIGKILL); ms += 10) {
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (ms > 2 * END_TIMEOUT_MS)
			return;
		nanosleep(&step, NULL);
	}
}

/* Signals by which a user, a terminal or a closed pipe ends a program: no fault of it. */
static bool is_ordinary_end(int signal)
{
	return signal == SIGINT || signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT ||
	       signal == SIGPIPE;
}

/* Ends this process as the worker ended. */
static void __attribute__((noreturn)) end_like(int status)
{
	end_orphans();
	if (WIFSIGNALED(status)) {
		sigset_t all;

		if (!is_ordinary_end(WTERMSIG(status)))
			fprintf(stderr, "lobosbench: the working process was ended by signal %d "
				"(%s)\n", WTERMSIG(status), strsignal(WTERMSIG(status)));
		signal(WTERMSIG(status), SIG_DFL);
		sigfillset(&all);
		raise(WTERMSIG(status));
		sigprocmask(SIG_UNBLOCK, &all, NULL);
		_exit(128 + WTERMSIG(status));
	}
	_exit(WEXITSTATUS(status));
}

static void reap(pid_t worker)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == worker)
			end_like(status);
}

static void __attribute__((noreturn)) supervise(pid_t worker)
{
	sigset_t set;

	signals_to_wait_for(&set);
	while (true) {
		int signal = sigwaitinfo(&set, NULL);

		if (signal < 0)
			continue;
		if (signal == SIGCHLD) {
			reap(worker);
			continue;
		}
		kill(-worker, signal);
		if (signal == SIGTSTP)
			raise(SIGSTOP);
	}
}

int supervisor_start(void)
{
	pid_t first = getpid(), worker;
	sigset_t set, before;

	if (prctl(PR_SET_CHILD_SUBREAPER, 1))
		return -errno;
	signals_to_wait_for(&set);
	sigprocmask(SIG_BLOCK, &set, &before);
	worker = fork();
	if (worker < 0)
		return -errno;
	if (worker) {
		setpgid(worker, worker);
		supervise(worker);
	}
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	sigprocmask(SIG_SETMASK, &before, NULL);
	/* The first process may have gone before it was asked to tell. */
	if (getppid() != first)
		raise(SIGTERM);
	return 0;
}
