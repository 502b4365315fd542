// SPDX-License-Identifier: GPL-2.0-only
/*
 * child.c - another program in the foreground, with our own terminal
 */
#include "child.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

/* Plain sig_atomic_t: only the handler and the one thread that waits share it. */
static volatile sig_atomic_t child;

/* Ctrl-C reaches the child by itself; a signal to us alone would not. */
static void hand_on(int number)
{
	if (child > 0)
		kill(child, number);
}

static void handle(int number, const struct sigaction *with, struct sigaction *old)
{
	if (sigaction(number, with, old))
		abort();
}

static int start(const char *const argv[], const char *dir, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	int rc;

	posix_spawn_file_actions_init(&actions);
	if (dir)
		posix_spawn_file_actions_addchdir_np(&actions, dir);
	rc = posix_spawnp(pid, argv[0], &actions, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

int child_run(const char *const argv[], const char *dir, int *status, struct error **err)
{
	static const struct sigaction to_child = { .sa_handler = hand_on, .sa_flags = SA_RESTART };
	static const struct sigaction ignored = { .sa_handler = SIG_IGN };
	struct sigaction old_int, old_term;
	int raw = 0, rc;
	pid_t pid;

	rc = start(argv, dir, &pid);
	if (rc)
		return error_set(err, ERROR_HOST, rc, "cannot run %s", argv[0]);
	child = pid;
	handle(SIGINT, &ignored, &old_int);
	handle(SIGTERM, &to_child, &old_term);
	while (waitpid(pid, &raw, 0) < 0 && errno == EINTR)
		;
	child = 0;
	handle(SIGINT, &old_int, NULL);
	handle(SIGTERM, &old_term, NULL);
	if (WIFSIGNALED(raw) && WTERMSIG(raw) == SIGPIPE)
		raise(SIGPIPE);
	*status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
	return 0;
}
