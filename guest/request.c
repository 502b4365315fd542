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

/* Runs shell text to its end; returns SIGCHLD with *status set, another signal, or a negative errno. */
static int run_text(char *text, char *const envp[], int *status)
{
	char *const argv[] = { (char *)"/bin/sh", (char *)"-c", text, NULL };
	pid_t pid = process_start(argv, envp, NULL);

	return pid < 0 ? pid : signals_next(-1, pid, status);
}

int request_prepare(const struct trial *t, int k)
{
	int status = 0, got;

	if (!t->before)
		return 0;
	got = run_text(t->before, NULL, &status);
	if (got < 0 || (got == SIGCHLD && status)) {
		say("what was to be done before request %d failed", k);
		data_line_refused(k, got < 0 ? 127 : status, got < 0 ? -got : 0);
		return -EIO;
	}
	return got == SIGCHLD ? 0 : got;
}

int request_run(const struct trial *t, const char *running, int k)
{
	char image[sizeof(t->image) + 8], options[sizeof(t->options) + 8];
	static char line[COMMAND_LINE_BYTES + 16] = REQUEST_COMMAND_LINE "=";
	char nonce[sizeof(t->nonce) + 24];
	char *const envp[] = { process_environment[0], process_environment[1],
			       process_environment[2], image, options, line, nonce, NULL };
	int status = 0, got;

	snprintf(image, sizeof(image), REQUEST_IMAGE "=%s", t->image);
	snprintf(options, sizeof(options), REQUEST_OPTIONS "=%s", t->options);
	snprintf(nonce, sizeof(nonce), REQUEST_NONCE "=" NONCE_FORMAT, t->nonce, k);
	got = trial_command_line(line + sizeof(REQUEST_COMMAND_LINE "=") - 1,
				 *t->command_line ? t->command_line : running, t->nonce, k);
	say(CONSOLE_REQUEST "%d", k);
	marks_set(REBOOT_MARK_REQUEST);
	if (got) {
		data_line_refused(k, -got, -got);
		return 0;
	}
	got = run_text(t->request, envp, &status);
	if (got < 0) {
		data_line_refused(k, 127, -got);
		return 0;
	}
	if (got == SIGCHLD && !status)
		got = signals_next(GRACE_MS, 0, &status);
	if (got && got != SIGCHLD)
		return got;
	data_line_refused(k, status, process_errno(status));
	return 0;
}
