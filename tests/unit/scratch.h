/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scratch.h - a folder of its own for each test, and children that fail for it
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "work.h"

/* cmocka setup: *state becomes the path of an empty folder. */
static inline int scratch_setup(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char *path = NULL;

	if (asprintf(&path, "%s/lobosbench-test-XXXXXX", tmp ? tmp : "/tmp") < 0 ||
	    !mkdtemp(path) || chmod(path, 0755))
		return -1;
	*state = path;
	return 0;
}

static inline int scratch_teardown(void **state)
{
	work_remove(*state);
	free(*state);
	return 0;
}

/* folder/name, to be freed. */
static inline char *scratch_path(void **state, const char *name)
{
	char *path = NULL;

	if (asprintf(&path, "%s/%s", (const char *)*state, name) < 0)
		abort();
	return path;
}

/* Runs fn in a child. Return: its exit status, or 1000 + the signal that ended it. */
static inline int scratch_child(int (*fn)(void *), void *arg)
{
	int status = 0;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (!pid)
		_exit(fn(arg));
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Makes this process (a child) one that permissions hold for. */
static inline int scratch_drop_root(void)
{
	return geteuid() ? 0 : setresuid(65534, 65534, 65534);
}

#endif /* SCRATCH_H */
