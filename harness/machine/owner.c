// SPDX-License-Identifier: GPL-2.0-only
/*
 * owner.c - which harness a machine belongs to
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "owner.h"

#define BOOT_ID_LENGTH 36

/* When a process was started, in ticks since boot (proc(5)): names it, with its pid. 0: none. */
static unsigned long long start_time(int pid)
{
	CLEANUP_FCLOSE FILE *f = NULL;
	unsigned long long ticks;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "re");
	/* The second field is the name, in brackets; ours has no bracket in it. */
	if (!f || fscanf(f, "%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d "
			 "%*d %*d %*d %*d %llu", &ticks) != 1)
		return 0;
	return ticks;
}

static void boot_id(char *id)
{
	CLEANUP_FCLOSE FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");

	if (!f || fscanf(f, "%36s", id) != 1)
		strcpy(id, "unknown");
}

void owner_text(char *to)
{
	char id[BOOT_ID_LENGTH + 1];

	boot_id(id);
	snprintf(to, OWNER_LENGTH, "lobosbench on %s process %d started %llu", id, getpid(),
		 start_time(getpid()));
}

bool owner_is_dead(const char *text)
{
	char id[BOOT_ID_LENGTH + 1], here[BOOT_ID_LENGTH + 1];
	unsigned long long started;
	int pid;

	if (sscanf(text, "lobosbench on %36s process %d started %llu", id, &pid, &started) != 3)
		return false;
	boot_id(here);
	return !strcmp(id, here) && start_time(pid) != started;
}
