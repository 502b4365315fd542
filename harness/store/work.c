// SPDX-License-Identifier: GPL-2.0-only
/*
 * work.c - the folder of a run's live files
 */
#include "work.h"

#include <errno.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>

#define FOLDER		".work"
/* What comes behind the folder's path in that of a socket: "/m" machine "/" name. */
#define BEHIND_MAX	sizeof("/m2147483647/marks.sock")
#define MIB		(UINT64_C(1) << 20)
#define OPEN_FOLDERS	16

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	/* What cannot be removed is met again by whoever makes it anew. */
	remove(path);
	return 0;
}

void work_remove(const char *path)
{
	nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

char *work_folder(const char *dir, const char *name, struct error **err)
{
	CLEANUP_FREE char *path = NULL;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		abort();
	if (mkdir(path, 0755) && errno != EEXIST) {
		error_set(err, ERROR_HOST, errno, "%s: cannot be made", path);
		error_hint(err, "the folder above must be there, writable and have room");
		return NULL;
	}
	return steal_ptr(&path);
}

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
	work_remove(path);
	if (mkdir(path, 0755)) {
		error_set(err, ERROR_HOST, errno, "%s: cannot be made", path);
		error_hint(err, "it holds the live files of the machines: the folder above must be "
			   "writable and have room");
		return NULL;
	}
	return steal_ptr(&path);
}

int work_space(const char *dir, uint64_t bytes, struct error **err)
{
	struct statvfs fs;
	uint64_t free_bytes;
	int rc;

	if (statvfs(dir, &fs))
		return error_set(err, ERROR_HOST, errno, "%s: cannot be asked for its space", dir);
	free_bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
	if (free_bytes >= bytes)
		return 0;
	rc = error_set(err, ERROR_HOST, ENOSPC, "%s: %llu MiB are free, %llu MiB are needed", dir,
		       (unsigned long long)(free_bytes / MIB), (unsigned long long)(bytes / MIB));
	error_hint(err, "free some space, or name a folder on another file system with --results");
	return rc;
}
