// SPDX-License-Identifier: GPL-2.0-only
/*
 * process.c - programs started by PID 1, and how they ended
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process.h"

char *const process_environment[] = {
	(char *)"PATH=/usr/sbin:/usr/bin:/sbin:/bin",
	(char *)"HOME=/root",
	(char *)"TERM=vt100",
	NULL
};

pid_t process_start(char *const argv[], char *const envp[], const char *terminal)
{
	short flags = POSIX_SPAWN_SETSIGMASK;
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none;
	pid_t pid;
	int ret;

	sigemptyset(&none);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawn_file_actions_init(&files);
	if (terminal) {
		flags |= POSIX_SPAWN_SETSID;
		posix_spawn_file_actions_addopen(&files, STDIN_FILENO, terminal, O_RDWR, 0);
		posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDOUT_FILENO);
		posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDERR_FILENO);
	}
	posix_spawnattr_setflags(&attr, flags);
	ret = posix_spawn(&pid, argv[0], &files, &attr, argv, envp ? envp : process_environment);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	return ret ? -ret : pid;
}

int process_wait(pid_t pid)
{
	int wait_status;

	while (waitpid(pid, &wait_status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return process_status(wait_status);
}

int process_run(char *const argv[])
{
	pid_t pid = process_start(argv, NULL, NULL);

	return pid < 0 ? pid : process_wait(pid);
}

int process_status(int wait_status)
{
	return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

int process_errno(int status)
{
	return status > 0 && status < 126 ? status : 0;
}
