// SPDX-License-Identifier: GPL-2.0-only
/*
 * marks.c - marks set by programs
 */
#include <stdio.h>
#include <string.h>

#include "array_size.h"
#include "file.h"
#include "marks.h"

/* The rest of reboot_marks.h belongs to the kernel and to the boot sector. */
static const struct {
	const char *name;
	int id;
} by_name[] = {
	{ "request",		REBOOT_MARK_REQUEST },
	{ "load_begin",		REBOOT_MARK_LOAD_BEGIN },
	{ "load_end",		REBOOT_MARK_LOAD_END },
	{ "services_stopped",	REBOOT_MARK_SERVICES_STOPPED },
	{ "pid1",		REBOOT_MARK_PID1 },
	{ "ready",		REBOOT_MARK_READY },
};

int marks_set(int id)
{
	char text[16];

	snprintf(text, sizeof(text), "%d\n", id);
	return file_write(REBOOT_MARK_FILE, text);
}

int marks_id(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(by_name); i++)
		if (!strcmp(name, by_name[i].name))
			return by_name[i].id;
	return -1;
}
