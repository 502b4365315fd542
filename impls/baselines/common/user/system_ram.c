// SPDX-License-Identifier: GPL-2.0-only
/*
 * system_ram.c - where in the machine a kernel or a RAM disk can lie
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "die.h"
#include "region.h"
#include "system_ram.h"

/* Lines of things inside others are indented; ours are not. */
static int parse(const char *line, uint64_t *start, uint64_t *last)
{
	char name[32];
	unsigned long long from, to;

	if (*line == ' ' || sscanf(line, "%llx-%llx : %31[^\n]", &from, &to, name) != 3)
		return 0;
	*start = from;
	*last = to;
	return !strcmp(name, "System RAM");
}

static FILE *open_map(void)
{
	FILE *file = fopen("/proc/iomem", "re");

	if (!file)
		die(errno, "/proc/iomem");
	return file;
}

void system_ram_check(const char *path, uint32_t destination, size_t bytes)
{
	uint64_t end = (uint64_t)destination + bytes, start, last;
	FILE *file = open_map();
	bool fits = false;
	char line[256];

	while (!fits && fgets(line, sizeof(line), file))
		fits = parse(line, &start, &last) && start <= destination && end <= last + 1;
	fclose(file);
	if (!fits)
		die(EADDRNOTAVAIL, "%s: belongs at %#x to %#llx, which is not all usable memory",
		    path, destination, (unsigned long long)end);
}

uint32_t system_ram_highest(size_t bytes, uint32_t from, uint32_t last)
{
	uint64_t best = 0, start, end;
	char line[256];
	FILE *file = open_map();

	while (fgets(line, sizeof(line), file)) {
		if (!parse(line, &start, &end))
			continue;
		if (start < from)
			start = from;
		end = (end > last ? last : end) + 1;
		end -= end % PAGE_BYTES;
		if (end < bytes || (end - bytes) / PAGE_BYTES * PAGE_BYTES < start)
			continue;
		if ((end - bytes) / PAGE_BYTES * PAGE_BYTES > best)
			best = (end - bytes) / PAGE_BYTES * PAGE_BYTES;
	}
	fclose(file);
	if (!best)
		die(ENOSPC, "a RAM disk of %zu bytes between %#x and %#x", bytes, from, last);
	return (uint32_t)best;
}
