// SPDX-License-Identifier: GPL-2.0-only
/*
 * path.c - names of files
 */
#include <string.h>

#include "cleanup.h"
#include "path.h"
#include "text.h"

char *path_below(const char *dir, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		abort();
	return path;
}

char *path_above(const char *path, unsigned int n)
{
	size_t length = strlen(path);

	for (; n && length; n--)
		while (length && path[--length] != '/')
			;
	return length ? text_format("%.*s", (int)length, path) : NULL;
}

char *path_absolute(const char *path)
{
	CLEANUP_FREE char *here = NULL;
	char *whole;

	if (*path == '/') {
		whole = strdup(path);
	} else {
		here = getcwd(NULL, 0);
		whole = here ? path_below(here, path) : NULL;
	}
	if (!whole)
		abort();
	return whole;
}
