// SPDX-License-Identifier: GPL-2.0-only
/*
 * file.c - files that are there whole or not at all
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

int file_create(struct new_file *file, const char *path, mode_t mode)
{
	int length = snprintf(file->temporary, sizeof(file->temporary), "%s.XXXXXX", path);

	if (length < 0 || (size_t)length >= sizeof(file->temporary))
		return -ENAMETOOLONG;
	/* mkostemp() follows no link that somebody has put in /tmp. */
	file->fd = mkostemp(file->temporary, 0);
	if (file->fd < 0)
		return -errno;
	if (fchmod(file->fd, mode))
		return file_finish(file, path, -errno);
	return 0;
}

int file_write(int fd, const void *bytes, size_t size)
{
	const char *at = bytes;
	ssize_t written;

	while (size) {
		written = write(fd, at, size);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		at += written;
		size -= (size_t)written;
	}
	return 0;
}

int file_finish(struct new_file *file, const char *path, int error)
{
	if (close(file->fd) && !error)
		error = -errno;
	if (!error && rename(file->temporary, path))
		error = -errno;
	if (error)
		unlink(file->temporary);
	return error;
}
