// SPDX-License-Identifier: GPL-2.0-only
/*
 * folder.c - folders: made, removed, with room in them
 */
#include "folder.h"

#include <errno.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "path.h"

#define MIB		(UINT64_C(1) << 20)
#define OPEN_FOLDERS	16

static int refuse(const char *path, struct error **err)
{
	int rc = error_set(err, ERROR_HOST, errno, "cannot make the folder %s", path);

	error_hint(err, "the folder above must be writable and have room");
	return rc;
}

int folder_make(const char *path, struct error **err)
{
	CLEANUP_FREE char *copy = strdup(path);

	if (!copy)
		abort();
	for (char *slash = strchr(copy + 1, '/'); ; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			return refuse(copy, err);
		if (!slash)
			return 0;
		*slash = '/';
	}
}

char *folder_make_below(const char *dir, const char *name, struct error **err)
{
	CLEANUP_FREE char *path = path_below(dir, name);

	return folder_make(path, err) ? NULL : steal_ptr(&path);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	/* Whoever makes the folder anew meets what could not be removed. */
	remove(path);
	return 0;
}

void folder_remove(const char *path)
{
	nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

int folder_check_space(const char *dir, uint64_t bytes, struct error **err)
{
	struct statvfs fs;
	uint64_t free_bytes;
	int rc;

	if (statvfs(dir, &fs))
		return error_set(err, ERROR_HOST, errno, "%s: cannot read its free space", dir);
	free_bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
	if (free_bytes >= bytes)
		return 0;
	rc = error_set(err, ERROR_HOST, ENOSPC, "%s: %llu MiB are free, %llu MiB are needed", dir,
		       (unsigned long long)(free_bytes / MIB), (unsigned long long)(bytes / MIB));
	error_hint(err, "free some space, or name a folder on another file system with --results");
	return rc;
}

bool folder_is_full(const char *dir)
{
	struct statvfs fs;

	/* A file system without a table of inodes has 0 of 0. */
	return !statvfs(dir, &fs) && (!fs.f_bavail || (fs.f_files && !fs.f_favail));
}

int folder_blame(const char *dir, struct error **err)
{
	if (folder_is_full(dir)) {
		error_wrap(err, "the disk of %s is full", dir);
		error_hint(err, "free some space there");
	}
	return error_rc(*err);
}
