// SPDX-License-Identifier: GPL-2.0-only
/*
 * work.c - the folder of a run's live files
 */
#include "work.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "base/folder.h"

#define FOLDER		".work"
/* What comes behind the folder's path in that of a socket: "/m" machine "/" name. */
#define BEHIND_MAX	sizeof("/m2147483647/marks.sock")

/* FNV-1a (Fowler, Noll, Vo), 64 bits: two results folders get two work folders. */
static uint64_t hash(const char *text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return h;
}

char *work_open(const char *results, struct error **err)
{
	struct sockaddr_un address;
	char name[64] = FOLDER;
	const char *dir = results;
	CLEANUP_FREE char *path = NULL;

	if (strlen(results) + 1 + strlen(name) + BEHIND_MAX > sizeof(address.sun_path)) {
		dir = "/tmp";
		snprintf(name, sizeof(name), "lobosbench-%u-%016llx", (unsigned int)getuid(),
			 (unsigned long long)hash(results));
	}
	if (asprintf(&path, "%s/%s", dir, name) < 0)
		abort();
	folder_remove(path);
	/* In /tmp anybody may have made it: only one that was not there is ours. */
	if (mkdir(path, 0755)) {
		error_set(err, ERROR_HOST, errno, "cannot make the folder %s", path);
		error_hint(err, "it holds the live files of the machines: the folder above must be "
			   "writable and have room");
		return NULL;
	}
	return steal_ptr(&path);
}
