// SPDX-License-Identifier: GPL-2.0-only
/*
 * services.c - everything that runs beside PID 1
 */
#include <signal.h>
#include <stddef.h>
#include <string.h>

#include "process.h"
#include "say.h"
#include "services.h"
#include "signals.h"

void services_start(void)
{
	char *const rc[] = { (char *)"/bin/sh", (char *)"/etc/rc", NULL };
	int status = process_run(rc);

	if (status < 0)
		say("/etc/rc: not run: %s", strerror(-status));
	else if (status > 0)
		say("/etc/rc: status %d", status);
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
