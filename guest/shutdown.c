// SPDX-License-Identifier: GPL-2.0-only
/*
 * shutdown.c - from "reboot" to the last thing that user space does
 */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/reboot.h>

#include "data_line.h"
#include "guest_protocol.h"
#include "marks.h"
#include "mounts.h"
#include "process.h"
#include "say.h"
#include "services.h"
#include "shutdown.h"

void shutdown_run(int asked, int k)
{
	char *const hooks[] = { (char *)"/bin/sh", (char *)"/etc/rc.reboot", NULL };
	int command = RB_AUTOBOOT;

	services_stop();
	mounts_down();
	if (asked == SIGTERM) {
		int status;

		marks_set(REBOOT_MARK_SERVICES_STOPPED);
		say(CONSOLE_STOPPED);
		status = process_run(hooks);
		if (status) {
			int code = status < 0 ? -status : process_errno(status);

			data_line_refused(k, status < 0 ? 127 : status, code);
			return;
		}
	} else {
		command = asked == SIGUSR1 ? RB_HALT_SYSTEM : RB_POWER_OFF;
	}
	reboot(command);
	data_line_refused(k, 1, errno);
}
