// SPDX-License-Identifier: GPL-2.0-only
/*
 * marks.c - marks set by programs
 */
#include <stdio.h>
#include <string.h>

#include "array_size.h"
#include "file.h"
#include "marks.h"

static const char *const names[] = { REBOOT_MARK_PROGRAM_NAMES };

int marks_set(int id)
{
	char text[16];

	snprintf(text, sizeof(text), "%d\n", id);
	return file_write(REBOOT_MARK_FILE, text);
}

int marks_id(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i] && !strcmp(name, names[i]))
			return (int)i;
	return -1;
}

void marks_list(FILE *to)
{
	const char *between = "";

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!names[i])
			continue;
		fprintf(to, "%s%s", between, names[i]);
		between = "|";
	}
}
