// SPDX-License-Identifier: GPL-2.0-only
/*
 * file.c - small files as a whole
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

/* Reads fd to its end into a buffer that grows; room for the NUL is kept. */
static char *read_to_end(int fd, size_t *bytes)
{
	size_t size = 4096, used = 0;
	char *buffer = malloc(size);

	while (buffer) {
		ssize_t got = read(fd, buffer + used, size - used - 1);
		char *larger;

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			free(buffer);
			return NULL;
		}
		used += (size_t)got;
		if (!got)
			break;
		if (size - used > 1)
			continue;
		size *= 2;
		larger = realloc(buffer, size);
		if (!larger)
			free(buffer);
		buffer = larger;
	}
	if (buffer) {
		buffer[used] = '\0';
		*bytes = used;
	}
	return buffer;
}

char *file_read(const char *path, size_t *bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t length = 0;
	char *buffer;
	int saved;

	if (fd < 0)
		return NULL;
	buffer = read_to_end(fd, &length);
	saved = errno;
	close(fd);
	errno = saved;
	if (buffer && bytes)
		*bytes = length;
	return buffer;
}

void file_read_line(const char *path, char *to, size_t size)
{
	char *text = file_read(path, NULL);

	snprintf(to, size, "%s", text ? text : "");
	to[strcspn(to, "\n")] = '\0';
	free(text);
}

int file_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t wrote;
	int ret = 0;

	if (fd < 0)
		return -errno;
	wrote = write(fd, text, strlen(text));
	if (wrote < 0)
		ret = -errno;
	else if ((size_t)wrote != strlen(text))
		ret = -EIO;
	close(fd);
	return ret;
}

int fd_write_all(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length) {
		ssize_t wrote = write(fd, at, length);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return -errno;
		at += wrote;
		length -= (size_t)wrote;
	}
	return 0;
}
