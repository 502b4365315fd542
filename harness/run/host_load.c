// SPDX-License-Identifier: GPL-2.0-only
/*
 * host_load.c - how busy others kept the host's processors
 *
 * Pressure counts a machine's own threads too, when they wait for each other;
 * that is right: a figure measured on a host too small for it is as doubtful as
 * one measured beside a compiler.
 */
#include "host_load.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"

#define BUSY_WAITED_SHARE	10	/* 1/10 of the time */
#define BUSY_STOLEN_SHARE	50	/* 1/50 of all processor time */

int64_t host_load_waited(const char *pressure)
{
	const char *line = strstr(pressure, "some ");
	const char *total = line ? strstr(line, "total=") : NULL;
	int64_t us;

	if (!total || sscanf(total, "total=%" SCNd64, &us) != 1)
		return -1;
	return us;
}

bool host_load_ticks(const char *stat, int64_t *stolen, int64_t *all)
{
	int64_t t[8], sum = 0;

	*stolen = -1;
	*all = -1;
	if (sscanf(stat, "cpu %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64
		   " %" SCNd64 " %" SCNd64, &t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6],
		   &t[7]) != 8)
		return false;
	for (int i = 0; i < 8; i++)
		sum += t[i];
	*stolen = t[7];
	*all = sum;
	return true;
}

/* The first bytes of a file of /proc as text; "" where there is none. */
static void read_text(const char *path, char *to, size_t size)
{
	CLEANUP_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, to, size - 1);

	to[n > 0 ? n : 0] = '\0';
}

struct host_load host_load_read(void)
{
	struct host_load load = { .ns = clock_now_ns() };
	char text[512];

	read_text("/proc/pressure/cpu", text, sizeof(text));
	load.waited_us = host_load_waited(text);
	read_text("/proc/stat", text, sizeof(text));
	host_load_ticks(text, &load.stolen_ticks, &load.all_ticks);
	return load;
}

bool host_load_busy(const struct host_load *from, const struct host_load *to)
{
	int64_t waited_ns = (to->waited_us - from->waited_us) * 1000;
	int64_t stolen = to->stolen_ticks - from->stolen_ticks;

	if (from->waited_us >= 0 && to->waited_us >= 0 &&
	    waited_ns * BUSY_WAITED_SHARE > to->ns - from->ns)
		return true;
	return from->all_ticks >= 0 && to->all_ticks >= 0 &&
	       stolen * BUSY_STOLEN_SHARE > to->all_ticks - from->all_ticks;
}
