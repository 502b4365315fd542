// SPDX-License-Identifier: GPL-2.0-only
/*
 * request.c - one reboot asked for as a user would
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

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

/* The environment of both texts. */
struct environment {
	char image[sizeof(((struct trial *)0)->image) + 16];
	char options[sizeof(((struct trial *)0)->options) + 8];
	char line[COMMAND_LINE_BYTES + 16];
	char nonce[sizeof(((struct trial *)0)->nonce) + 24];
	char *words[8];
};

/* The kernel of another boot disk has the same name below another folder. */
static void set_image(struct environment *e, const char *path, bool is_here)
{
	bool moves = !is_here && !strncmp(path, BOOT_FOLDER "/", strlen(BOOT_FOLDER "/"));

	snprintf(e->image, sizeof(e->image), REQUEST_IMAGE "=%s%s",
		 moves ? OTHER_BOOT_FOLDER : "", moves ? path + strlen(BOOT_FOLDER) : path);
}

/* Returns 0, or a negative errno when there is no command line, as trial_command_line(). */
static int environment_make(struct environment *e, const struct trial *t, const char *running,
			    int k)
{
	char *const words[] = { process_environment[0], process_environment[1],
				process_environment[2], e->image, e->options, e->line, e->nonce,
				NULL };
	int disk = trial_next_disk(t, k);

	memcpy(e->words, words, sizeof(words));
	set_image(e, t->image, disk == trial_disk(running));
	snprintf(e->options, sizeof(e->options), REQUEST_OPTIONS "=%s", t->options);
	snprintf(e->nonce, sizeof(e->nonce), REQUEST_NONCE "=" NONCE_FORMAT, t->nonce, k);
	strcpy(e->line, REQUEST_COMMAND_LINE "=");
	return trial_command_line(e->line + strlen(e->line),
				  *t->command_line ? t->command_line : running, t->nonce, k, disk);
}

int request_prepare(const struct trial *t, const char *running, int k)
{
	static struct environment e;
	int status = 0, got;

	if (!t->before)
		return 0;
	got = environment_make(&e, t, running, k);
	if (!got)
		got = run_text(t->before, e.words, &status);
	if (got < 0 || (got == SIGCHLD && status)) {
		say("what was to be done before request %d failed", k);
		data_line_refused(k, got < 0 ? 127 : status, got < 0 ? -got : 0);
		return -EIO;
	}
	return got == SIGCHLD ? 0 : got;
}

int request_run(const struct trial *t, const char *running, int k)
{
	static struct environment e;
	int status = 0, got;

	got = environment_make(&e, t, running, k);
	say(CONSOLE_REQUEST "%d", k);
	marks_set(REBOOT_MARK_REQUEST);
	if (got) {
		data_line_refused(k, -got, -got);
		return 0;
	}
	got = run_text(t->request, e.words, &status);
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
