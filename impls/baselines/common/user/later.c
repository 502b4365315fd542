// SPDX-License-Identifier: GPL-2.0-only
/*
 * later.c - a command that the reboot script carries out
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"
#include "file.h"
#include "image_file.h"
#include "later.h"

static char *path_in(const char *folder, const char *name)
{
	char *path;

	if (mkdir(folder, 0700) && errno != EEXIST)
		die(errno, "%s", folder);
	if (asprintf(&path, "%s/%s", folder, name) < 0)
		die(ENOMEM, "%s/%s", folder, name);
	return path;
}

static int create(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		die(errno, "%s", path);
	return fd;
}

char *later_file(const char *folder, const char *name, const char *path)
{
	struct image_file from = image_file_open(path);
	char *copy = path_in(folder, name);
	static char bytes[1 << 16];
	int to = create(copy), error;

	for (size_t done = 0; done < from.bytes; ) {
		size_t n = from.bytes - done < sizeof(bytes) ? from.bytes - done : sizeof(bytes);

		image_file_read(&from, bytes, n, (off_t)done);
		error = fd_write_all(to, bytes, n);
		if (error)
			die(-error, "%s", copy);
		done += n;
	}
	close(to);
	close(from.fd);
	return copy;
}

void later_keep(const char *folder, const char *const *words)
{
	char *path = path_in(folder, "arguments"), *draft = path_in(folder, "arguments.new");
	int fd = create(draft), error = 0;

	for (; *words && !error; words++)
		error = fd_write_all(fd, *words, strlen(*words) + 1);
	if (error)
		die(-error, "%s", draft);
	close(fd);
	if (rename(draft, path))
		die(errno, "%s", path);
	free(draft);
	free(path);
}

char **later_words(const char *path, char *first, int *n)
{
	size_t bytes, count = 1;
	char *text = file_read(path, &bytes), **words;

	if (!text)
		die(errno, "%s", path);
	if (!bytes || text[bytes - 1])
		die(EBADMSG, "%s", path);
	for (size_t i = 0; i < bytes; i++)
		count += !text[i];
	words = calloc(count + 1, sizeof(*words));
	if (!words)
		die(ENOMEM, "%s", path);
	words[0] = first;
	for (size_t i = 1; i < count; i++) {
		words[i] = text;
		text += strlen(text) + 1;
	}
	*n = (int)count;
	return words;
}
