// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_child.c - how the end of a program in the foreground becomes ours
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>

#include "base/child.h"

/* What a shell command ends with, or -1 when it could not be started. */
static int status_of(const char *command)
{
	const char *const argv[] = { "sh", "-c", command, NULL };
	CLEANUP_ERROR struct error *err = NULL;
	int status;

	return child_run(argv, NULL, &status, &err) ? -1 : status;
}

static void its_status_is_its_answer(void **state)
{
	(void)state;
	assert_int_equal(status_of("exit 0"), 0);
	assert_int_equal(status_of("exit 7"), 7);
}

static void a_signal_is_a_status_above_128(void **state)
{
	(void)state;
	assert_int_equal(status_of("kill -KILL $$"), 128 + SIGKILL);
}

static void a_closed_pipe_ends_us_too(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (!pid) {
		status_of("kill -PIPE $$");
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGPIPE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_status_is_its_answer),
		cmocka_unit_test(a_signal_is_a_status_above_128),
		cmocka_unit_test(a_closed_pipe_ends_us_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
