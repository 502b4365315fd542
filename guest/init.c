// SPDX-License-Identifier: GPL-2.0-only
/*
 * init.c - PID 1 of the measured machine: the order of things
 *
 * Up: mounts, services, "ready". Then either what the host asks for (trial.h)
 * or a shell on the console, until something asks for a reboot. Down: shutdown.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data_line.h"
#include "file.h"
#include "marks.h"
#include "mounts.h"
#include "process.h"
#include "request.h"
#include "say.h"
#include "services.h"
#include "shutdown.h"
#include "signals.h"

/* What this machine has been told, and how far it has come. */
struct machine {
	char command_line[COMMAND_LINE_BYTES];
	char nonce[64];			/* of the running kernel, or "-" */
	int k;				/* its number in the chain */
	int disk;			/* boot disk it comes from */
	bool has_trial;
	struct trial trial;
};

/* A kernel that found no /dev/console in the root image gives PID 1 no files. */
static void open_console(void)
{
	int fd;

	if (fcntl(STDERR_FILENO, F_GETFD) >= 0)
		return;
	do
		fd = open("/dev/console", O_RDWR | O_NOCTTY);
	while (fd >= 0 && fd < STDERR_FILENO);
}

static void set_hostname(void)
{
	char name[65];

	file_read_line("/etc/hostname", name, sizeof(name));
	if (sethostname(name, strlen(name)))
		say("hostname %s: %s", name, strerror(errno));
}

static void come_up(struct machine *m)
{
	int ret = mounts_sysfs();

	marks_set(REBOOT_MARK_PID1);
	if (ret)
		say("/sys: %s", strerror(-ret));
	mounts_up();
	open_console();
	set_hostname();
	file_read_line("/proc/cmdline", m->command_line, sizeof(m->command_line));
	m->k = trial_nonce(m->command_line, m->nonce, sizeof(m->nonce));
	m->disk = trial_disk(m->command_line);
	mounts_boot(m->disk);
	services_start(m->command_line);
	marks_set(REBOOT_MARK_READY);
	say(CONSOLE_READY "%d", m->k);
	services_started();
}

/* After this nothing is measured until the request. */
static void report(struct machine *m)
{
	m->has_trial = !trial_read(&m->trial);
	data_line_boot(m->k, m->nonce, m->command_line, m->trial.previous_log);
}

/* The name of the terminal behind /dev/console, which cannot be a controlling one. */
static void console_terminal(char *to, size_t size)
{
	char active[128], *last;

	file_read_line("/sys/class/tty/console/active", active, sizeof(active));
	last = strrchr(active, ' ');
	snprintf(to, size, "/dev/%s", last ? last + 1 : *active ? active : "console");
}

/* Gives a person a shell until something asks for the end; returns that signal. */
static int serve_person(void)
{
	char *const shell[] = { (char *)"/bin/sh", (char *)"-l", NULL };
	char terminal[144];

	console_terminal(terminal, sizeof(terminal));
	for (;;) {
		pid_t pid = process_start(shell, NULL, terminal);
		int got, status;

		if (pid < 0)
			say("no shell on %s: %s", terminal, strerror(-pid));
		got = signals_next(-1, pid > 0 ? pid : 0, &status);
		if (got != SIGCHLD)
			return got;
	}
}

/* Follows the host's chain; returns the signal that asks for the end. */
static int serve_host(const struct machine *m)
{
	int next = trial_next_disk(&m->trial, m->k + 1), got, status;

	/* That a machine can switch itself off is the last that is asked of it. */
	if (m->k >= m->trial.reboots)
		return SIGUSR2;
	got = signals_next(m->trial.settle_ms, 0, &status);
	if (next != m->disk)
		mounts_next(next);
	if (!got)
		got = request_prepare(&m->trial, m->command_line, m->k + 1);
	if (!got) {
		data_line_request(m->k + 1);
		got = request_run(&m->trial, m->command_line, m->k + 1);
	}
	/* A request was refused: the host decides. */
	return got > 0 ? got : signals_next(-1, 0, &status);
}

int main(void)
{
	static struct machine m;
	int asked;

	if (getpid() != 1) {
		fprintf(stderr, "init: I am not the first process; to reboot, type reboot\n");
		return EXIT_FAILURE;
	}
	signals_block();
	come_up(&m);
	report(&m);
	asked = m.has_trial ? serve_host(&m) : serve_person();
	for (;;) {
		int status;

		shutdown_run(asked, m.k + 1);
		asked = m.has_trial ? signals_next(-1, 0, &status) : serve_person();
	}
}
