// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_supervisor.c - what the first process passes on, reaps and takes with it
 *
 * Each test forks, and the child becomes first process and worker; the test
 * itself stays what a shell would be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/supervisor.h"

/* More than a loaded machine under valgrind needs; nothing waits for it to pass. */
#define PATIENCE_MS 30000

typedef void (*worker_fn)(int said);

/*
 * Starts a first process whose worker runs fn. The worker's words come out of *said, and
 * with errors what the first process writes to its standard error.
 */
static pid_t start_with(worker_fn fn, int *said, bool errors)
{
	int ends[2];
	pid_t first;

	assert_int_equal(pipe(ends), 0);
	first = fork();
	assert_true(first >= 0);
	if (!first) {
		close(ends[0]);
		if (errors)
			dup2(ends[1], STDERR_FILENO);
		if (supervisor_start())
			_exit(99);
		fn(ends[1]);
		_exit(98);
	}
	close(ends[1]);
	*said = ends[0];
	return first;
}

static pid_t start(worker_fn fn, int *said)
{
	return start_with(fn, said, false);
}

/* The next byte said, or 0 at the end: when every process that could speak has gone. */
static char hear(int said)
{
	struct pollfd p = { .fd = said, .events = POLLIN };
	char byte = 0;

	assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	return read(said, &byte, 1) == 1 ? byte : 0;
}

static void say(int said, char byte)
{
	if (write(said, &byte, 1) != 1)
		_exit(97);
}

static int end_of(pid_t first)
{
	int status;

	assert_int_equal(waitpid(first, &status, 0), first);
	return status;
}

static void ends_with_seven(int said)
{
	(void)said;
	_exit(7);
}

static void exit_status_is_passed_on(void **state)
{
	int said, status;

	(void)state;
	status = end_of(start(ends_with_seven, &said));
	close(said);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
}

static void ends_by_signal(int said)
{
	close(said);
	/* Its line on standard error is not for the test's. */
	raise(SIGKILL);
}

static void end_by_signal_is_passed_on(void **state)
{
	int said, status;

	(void)state;
	status = end_of(start(ends_by_signal, &said));
	close(said);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

/* As a command whose output goes to `head`: nothing is to be said of it. */
static void ends_by_a_closed_pipe(int said)
{
	(void)said;
	raise(SIGPIPE);
}

static void end_by_a_closed_pipe_is_quiet(void **state)
{
	int said, status;

	(void)state;
	status = end_of(start_with(ends_by_a_closed_pipe, &said, true));
	assert_int_equal(hear(said), 0);
	close(said);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGPIPE);
}

static int handler_said;

static void on_interrupt(int signal)
{
	(void)signal;
	say(handler_said, 'i');
}

static void counts_interrupts(int said)
{
	handler_said = said;
	signal(SIGINT, on_interrupt);
	say(said, 'r');
	while (true)
		pause();
}

static void signals_reach_the_worker_once(void **state)
{
	struct pollfd p = { .events = POLLIN };
	int said, status;
	pid_t first;

	(void)state;
	first = start(counts_interrupts, &said);
	assert_int_equal(hear(said), 'r');
	kill(first, SIGINT);
	assert_int_equal(hear(said), 'i');
	kill(first, SIGTERM);
	status = end_of(first);
	p.fd = said;
	assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	/* Nothing but the end: the first interrupt came once. */
	assert_int_equal(hear(said), 0);
	close(said);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
}

static void leaves_an_orphan(int said)
{
	if (!fork()) {
		setsid();
		if (!fork()) {
			say(said, 'o');
			while (true)
				pause();
		}
		_exit(0);
	}
	while (true)
		pause();
}

static void orphans_of_a_killed_worker_are_ended(void **state)
{
	char children[64];
	int said, status, worker;
	FILE *f;
	pid_t first;

	(void)state;
	first = start(leaves_an_orphan, &said);
	assert_int_equal(hear(said), 'o');
	/* The worker is the eldest child. */
	snprintf(children, sizeof(children), "/proc/%d/task/%d/children", first, first);
	f = fopen(children, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%d", &worker), 1);
	fclose(f);
	kill(worker, SIGKILL);
	status = end_of(first);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(hear(said), 0);
	close(said);
}

static void tells_of_its_end(int said)
{
	sigset_t term, none;

	handler_said = said;
	signal(SIGTERM, on_interrupt);
	/* Blocked until it is waited for: between the byte and the wait it would be lost. */
	sigemptyset(&none);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	say(said, 'r');
	sigsuspend(&none);
	_exit(0);
}

static void worker_is_told_when_the_first_is_killed(void **state)
{
	int said;
	pid_t first;

	(void)state;
	first = start(tells_of_its_end, &said);
	assert_int_equal(hear(said), 'r');
	kill(first, SIGKILL);
	end_of(first);
	assert_int_equal(hear(said), 'i');
	assert_int_equal(hear(said), 0);
	close(said);
}

static void starts_a_grandchild(int said)
{
	/* A daemon, as libvirt starts QEMU: its parent ends at once. */
	if (!fork()) {
		if (!fork())
			_exit(0);
		_exit(0);
	}
	while (waitpid(-1, NULL, 0) > 0)
		;
	say(said, 'd');
	while (true)
		pause();
}

static void orphans_are_reaped_at_once(void **state)
{
	char path[64];
	int said, zombies = 1;
	pid_t first;

	(void)state;
	first = start(starts_a_grandchild, &said);
	assert_int_equal(hear(said), 'd');
	/* Each turn of the first process reaps all there is: a zombie stays for no longer. */
	for (int tries = 0; zombies && tries < 1000; tries++) {
		FILE *f;
		int child;

		snprintf(path, sizeof(path), "/proc/%d/task/%d/children", first, first);
		f = fopen(path, "r");
		assert_non_null(f);
		for (zombies = -1; fscanf(f, "%d", &child) == 1; zombies++)
			;
		fclose(f);
		usleep(1000);
	}
	assert_int_equal(zombies, 0);
	kill(first, SIGTERM);
	end_of(first);
	close(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exit_status_is_passed_on),
		cmocka_unit_test(end_by_signal_is_passed_on),
		cmocka_unit_test(end_by_a_closed_pipe_is_quiet),
		cmocka_unit_test(signals_reach_the_worker_once),
		cmocka_unit_test(orphans_of_a_killed_worker_are_ended),
		cmocka_unit_test(worker_is_told_when_the_first_is_killed),
		cmocka_unit_test(orphans_are_reaped_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
