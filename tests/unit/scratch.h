/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scratch.h - a folder of its own for each test, and children that fail for it
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/folder.h"

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
	folder_remove(*state);
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

/*
 * Runs fn in a child. Return: what fn returned (0 to 255), or 1000 + the signal that
 * ended it. The child tells by a pipe and kills itself, so that no leak checker
 * looks at the copies it has of what the parent will free.
 */
static inline int scratch_child(int (*fn)(void *), void *arg)
{
	int fds[2], status = 0;
	unsigned char told;
	pid_t pid;

	fflush(NULL);
	if (pipe(fds))
		return -1;
	pid = fork();
	if (!pid) {
		told = fn(arg);
		if (write(fds[1], &told, 1) == 1)
			raise(SIGKILL);
		_exit(1);
	}
	close(fds[1]);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	if (read(fds[0], &told, 1) != 1)
		told = WIFSIGNALED(status) ? 0 : WEXITSTATUS(status);
	else
		status = 0;
	close(fds[0]);
	return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : told;
}

/* Makes this process (a child) one that permissions hold for. */
static inline int scratch_drop_root(void)
{
	return geteuid() ? 0 : setresuid(65534, 65534, 65534);
}

#define SCRATCH_NO_MOUNT 77

/* Mounts a small tmpfs that only this process (a child) sees. 0, or SCRATCH_NO_MOUNT. */
static inline int scratch_mount(const char *folder, const char *options)
{
	if (unshare(CLONE_NEWNS) || mount("none", "/", "none", MS_REC | MS_PRIVATE, "") ||
	    mount("none", folder, "tmpfs", 0, options))
		return SCRATCH_NO_MOUNT;
	return 0;
}

#endif /* SCRATCH_H */
