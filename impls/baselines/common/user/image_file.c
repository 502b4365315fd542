// SPDX-License-Identifier: GPL-2.0-only
/*
 * image_file.c - a kernel or a RAM disk, as a file
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "die.h"
#include "image_file.h"

static unsigned long long half_of_memory(void)
{
	struct sysinfo info;

	if (sysinfo(&info))
		die(errno, "size of the memory");
	return (unsigned long long)info.totalram * info.mem_unit / 2;
}

struct image_file image_file_open(const char *path)
{
	struct image_file file = { .path = path };
	struct stat status;

	/* O_NONBLOCK: opening a FIFO must not wait for a writer. */
	file.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (file.fd < 0 || fstat(file.fd, &status))
		die(errno, "%.64s", path);
	if (S_ISDIR(status.st_mode))
		die(EISDIR, "%s", path);
	if (!S_ISREG(status.st_mode))
		die(EACCES, "%s: no regular file", path);
	if (!status.st_size)
		die(ENODATA, "%s: empty", path);
	if ((unsigned long long)status.st_size > half_of_memory())
		die(EFBIG, "%s: %lld bytes, more than half of the memory", path,
		    (long long)status.st_size);
	file.bytes = (size_t)status.st_size;
	return file;
}

void image_file_read(const struct image_file *file, void *to, size_t bytes, off_t offset)
{
	char *at = to;

	while (bytes) {
		ssize_t got = pread(file->fd, at, bytes, offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			die(errno, "%s", file->path);
		if (!got)
			die(EBADMSG, "%s: ends at byte %lld, too early", file->path,
			    (long long)offset);
		at += got;
		bytes -= (size_t)got;
		offset += got;
	}
}
