// SPDX-License-Identifier: GPL-2.0-only
/*
 * leftovers.c - machines of the embedded driver that a killed harness left
 *
 * The driver would find them itself at its next start, but in a thread of its
 * own that reconnects to their monitors while we already ask it to end them:
 * they went, uncounted and after a second. So they are ended before it starts,
 * and their files with them: it finds nothing.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>

#include "base/file.h"
#include "domain_xml.h"
#include "leftovers.h"

/* QEMU gets so long to end by itself, and as long again when it is killed. */
#define END_TIMEOUT_MS 3000

/* The command line of a process with blanks between its words; NULL if there is none. */
static char *command_line(pid_t pid)
{
	CLEANUP_ERROR struct error *none = NULL;
	CLEANUP_FREE char *text = NULL;
	char path[64];
	size_t n;

	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	text = file_read(path, FILE_ANY_LENGTH, &n, &none);
	for (size_t i = 0; i + 1 < n; i++)
		if (!text[i])
			text[i] = ' ';
	return n ? steal_ptr(&text) : NULL;
}

/* "qemu" in the program's name, the machine's name and the folder among its words. */
static bool is_ours(pid_t pid, const char *machine, const char *state_dir)
{
	CLEANUP_FREE char *line = command_line(pid), *guest = NULL;
	const char *program_end, *qemu;

	if (!line || asprintf(&guest, "guest=%s,", machine) < 0)
		return false;
	program_end = strchrnul(line, ' ');
	qemu = strstr(line, "qemu");
	return qemu && qemu < program_end && strstr(line, guest) && strstr(line, state_dir);
}

static bool ends_on(int pidfd, int signal)
{
	struct pollfd p = { .fd = pidfd, .events = POLLIN };

	if (syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0) && errno == ESRCH)
		return true;
	return poll(&p, 1, END_TIMEOUT_MS) == 1;
}

static int end_one(const char *pid_file, const char *machine, const char *state_dir,
		   unsigned int *ended, struct error **err)
{
	CLEANUP_FCLOSE FILE *f = fopen(pid_file, "re");
	CLEANUP_CLOSE int pidfd = -1;
	int pid;

	if (!f || fscanf(f, "%d", &pid) != 1 || pid <= 1)
		return 0;
	/* First the handle, then the look: what is ended is what was looked at. */
	pidfd = syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0 || !is_ours(pid, machine, state_dir))
		return 0;
	if (!ends_on(pidfd, SIGTERM) && !ends_on(pidfd, SIGKILL))
		return error_set(err, ERROR_INSTRUMENT, 0, "the machine %s that an earlier run "
				 "left (process %d) does not end", machine, pid);
	(*ended)++;
	return 0;
}

/* All names in a folder, none if it cannot be read; free each and the array. */
static int entries(const char *dir, struct dirent ***list)
{
	int n = scandir(dir, list, NULL, alphasort);

	if (n < 0)
		*list = NULL;
	return n < 0 ? 0 : n;
}

static bool has_suffix(const char *name, const char *suffix)
{
	size_t n = strlen(name), m = strlen(suffix);

	return n >= m && !strcmp(name + n - m, suffix);
}

/* Drops the files of a folder whose names have the suffix. */
static void drop_files(const char *dir, const char *suffix)
{
	CLEANUP_FREE struct dirent **list = NULL;
	int n = entries(dir, &list);

	for (int i = 0; i < n; i++) {
		CLEANUP_FREE struct dirent *e = list[i];
		CLEANUP_FREE char *file = NULL;

		if (e->d_name[0] != '.' && has_suffix(e->d_name, suffix) &&
		    asprintf(&file, "%s/%s", dir, e->d_name) > 0)
			unlink(file);
	}
}

/* Drops "domain-NUMBER-NAME" folders, which hold a machine's monitor socket and key. */
static void drop_machine_folders(const char *dir)
{
	CLEANUP_FREE struct dirent **list = NULL;
	int n = entries(dir, &list);

	for (int i = 0; i < n; i++) {
		CLEANUP_FREE struct dirent *e = list[i];
		CLEANUP_FREE char *folder = NULL;

		if (strncmp(e->d_name, "domain-", strlen("domain-")))
			continue;
		if (asprintf(&folder, "%s/%s", dir, e->d_name) < 0)
			abort();
		drop_files(folder, "");
		rmdir(folder);
	}
}

static void drop_status(const char *state_dir)
{
	CLEANUP_FREE char *run = NULL, *lib = NULL, *log = NULL;

	if (asprintf(&run, "%s/run/qemu", state_dir) < 0 ||
	    asprintf(&lib, "%s/lib/qemu", state_dir) < 0 ||
	    asprintf(&log, "%s/log/qemu", state_dir) < 0)
		abort();
	drop_files(run, ".pid");
	drop_files(run, ".xml");
	drop_files(run, ".xml.new");
	drop_machine_folders(lib);
	drop_files(log, ".log");
}

int leftovers_end(const char *state_dir, unsigned int *ended, struct error **err)
{
	CLEANUP_FREE struct dirent **list = NULL;
	CLEANUP_FREE char *dir = NULL;
	int n, rc = 0;

	*ended = 0;
	if (asprintf(&dir, "%s/run/qemu", state_dir) < 0)
		abort();
	n = entries(dir, &list);
	for (int i = 0; i < n; i++) {
		CLEANUP_FREE struct dirent *e = list[i];
		CLEANUP_FREE char *file = NULL, *machine = NULL;

		if (rc || !has_suffix(e->d_name, ".pid") ||
		    strncmp(e->d_name, DOMAIN_NAME_PREFIX, strlen(DOMAIN_NAME_PREFIX)))
			continue;
		machine = strndup(e->d_name, strlen(e->d_name) - strlen(".pid"));
		if (!machine || asprintf(&file, "%s/%s", dir, e->d_name) < 0)
			abort();
		rc = end_one(file, machine, state_dir, ended, err);
	}
	if (!rc)
		drop_status(state_dir);
	return rc;
}
