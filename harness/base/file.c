// SPDX-License-Identifier: GPL-2.0-only
/*
 * file.c - all bytes of a file
 */
#include "file.h"

#include <errno.h>

#define STEP_BYTES	65536

char *whole_file(const char *path, size_t *n, struct error **err)
{
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	CLEANUP_FREE char *text = NULL;
	size_t room = 0;

	*n = 0;
	do {
		text = realloc(text, (room += STEP_BYTES) + 1);
		if (!text)
			abort();
		if (f)
			*n += fread(text + *n, 1, room - *n, f);
	} while (f && *n == room);
	if (!f || ferror(f)) {
		error_set(err, ERROR_HOST, errno, "cannot read %s", path);
		return NULL;
	}
	text[*n] = '\0';
	return steal_ptr(&text);
}
