// SPDX-License-Identifier: GPL-2.0-only
/*
 * request.c - one reboot asked for as a user would
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>

#include "data_line.h"
#include "marks.h"
#include "process.h"
#include "request.h"
#include "say.h"
#include "signals.h"

/*
 * A text that ended well has sent the signal before its end, unless it left
 * that to something in the background: so long do we wait for that.
 */
#define GRACE_MS 2000

int request_run(const struct trial *t, const char *running, int k)
{
	char *const argv[] = { (char *)"/bin/sh", (char *)"-c", t->request, NULL };
	char image[sizeof(t->image) + 8], options[sizeof(t->options) + 8];
	static char line[COMMAND_LINE_BYTES + 16] = "COMMAND_LINE=";
	char nonce[sizeof(t->nonce) + 24];
	char *const envp[] = { process_environment[0], process_environment[1],
			       process_environment[2], image, options, line, nonce, NULL };
	int status = 0, got;
	pid_t pid;

	snprintf(image, sizeof(image), "IMAGE=%s", t->image);
	snprintf(options, sizeof(options), "OPTIONS=%s", t->options);
	snprintf(nonce, sizeof(nonce), "NONCE=%s.%d", t->nonce, k);
	got = trial_command_line(line + sizeof("COMMAND_LINE=") - 1,
				 *t->command_line ? t->command_line : running, t->nonce, k);
	say("request %d", k);
	marks_set(REBOOT_MARK_REQUEST);
	if (got) {
		data_line_refused(k, -got, -got);
		return 0;
	}
	pid = process_start(argv, envp, NULL);
	if (pid < 0) {
		data_line_refused(k, 127, -pid);
		return 0;
	}
	got = signals_next(-1, pid, &status);
	if (got == SIGCHLD && !status)
		got = signals_next(GRACE_MS, 0, &status);
	if (got && got != SIGCHLD)
		return got;
	data_line_refused(k, status, process_errno(status));
	return 0;
}
