// SPDX-License-Identifier: GPL-2.0-only
/*
 * built.c - the kinds of machine for which something is built
 */
#include "built.h"

#include <string.h>

static int has_version(const struct dirent *e)
{
	const char *dash = strrchr(e->d_name, '-');

	return dash && strchr("0123456789", dash[1]) && dash[1];
}

int built_kinds(const char *folder, struct dirent ***entries)
{
	int n = scandir(folder, entries, has_version, versionsort);

	if (n >= 0)
		return n;
	*entries = NULL;
	return 0;
}
