// SPDX-License-Identifier: GPL-2.0-only
/*
 * services.c - everything that runs beside PID 1
 */
#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

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
 * runs ahead of PID 1, in a fixed order, until it waits.
 */
void services_start(void)
{
	char *const rc[] = { (char *)"/bin/sh", (char *)"/etc/rc", NULL };
	int status;

	set_policy(0, SCHED_FIFO);
	status = process_run(rc);
	set_policy(0, SCHED_OTHER);
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
