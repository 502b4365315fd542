// SPDX-License-Identifier: GPL-2.0-only
/*
 * services.c - everything that runs beside PID 1
 */
#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "guest_protocol.h"
#include "process.h"
#include "say.h"
#include "services.h"
#include "signals.h"

static void set_policy(pid_t pid, int policy)
{
	const struct sched_param param = { .sched_priority = policy == SCHED_FIFO };

	sched_setscheduler(pid, policy, &param);
}

/*
 * A daemon forks before it begins its work, so the end of rc says nothing of that: how much of the
 * kernel's log klogd had read by then varied with the moment. Under SCHED_FIFO all that rc starts
 * runs ahead of PID 1 until it waits, and on one CPU in a fixed order. PID 1 itself is an ordinary
 * process again when it waits for rc: a service that never waits is throttled by the kernel
 * (sched_rt_runtime_us), so it delays PID 1 by a second and cannot stop it.
 */
void services_start(const char *command_line)
{
	static char line[COMMAND_LINE_BYTES + 16];
	char *const envp[] = { process_environment[0], process_environment[1],
			       process_environment[2], line, NULL };
	char *const rc[] = { (char *)"/bin/sh", (char *)"/etc/rc", NULL };
	pid_t pid;
	int status;

	/* For rc to read /proc/cmdline would be one system call for each byte. */
	snprintf(line, sizeof(line), REQUEST_COMMAND_LINE "=%s", command_line);
	set_policy(0, SCHED_FIFO);
	pid = process_start(rc, envp, NULL);
	set_policy(0, SCHED_OTHER);
	status = pid < 0 ? pid : process_wait(pid);
	if (status < 0)
		say("/etc/rc: not run: %s", strerror(-status));
	else if (status > 0)
		say("/etc/rc: status %d", status);
}

void services_started(void)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;

	while (processes && (entry = readdir(processes))) {
		pid_t pid = atoi(entry->d_name);

		/* Threads of the kernel have no session. */
		if (pid > 0 && getsid(pid) > 0)
			set_policy(pid, SCHED_OTHER);
	}
	if (processes)
		closedir(processes);
}

void services_stop(void)
{
	kill(-1, SIGTERM);
	/* One that is stopped would take the first signal only now. */
	kill(-1, SIGCONT);
	if (!signals_wait_alone(SERVICES_TERM_MS))
		return;
	say("some services did not end in %d ms: killed", SERVICES_TERM_MS);
	kill(-1, SIGKILL);
	if (signals_wait_alone(SERVICES_KILL_MS))
		say("some services cannot be killed: left behind");
}
