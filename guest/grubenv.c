// SPDX-License-Identifier: GPL-2.0-only
/*
 * grubenv.c - the command that leaves a variable for GRUB's next start
 *
 * Usage: grubenv NAME=VALUE. GRUB reads the block with a driver of its own and
 * knows no journal, so the block is overwritten in place and is on the disk
 * when this ends. The status is the errno of what failed, or 0.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "env_block.h"

#define BOOT "/boot"
#define PATH BOOT "/grub/grubenv"

/* Changes the file; 0 or a negative errno. */
static int set(const char *name, const char *value)
{
	int fd = open(PATH, O_RDWR | O_CLOEXEC), ret = 0;
	char block[ENV_BLOCK_BYTES];

	if (fd < 0)
		return -errno;
	if (pread(fd, block, sizeof(block), 0) != (ssize_t)sizeof(block))
		ret = -EINVAL;
	if (!ret)
		ret = env_block_set(block, name, value);
	if (!ret && pwrite(fd, block, sizeof(block), 0) != (ssize_t)sizeof(block))
		ret = -EIO;
	if (!ret && fsync(fd))
		ret = -errno;
	close(fd);
	return ret;
}

/* Makes the boot file system writable for the moment of the change. */
static int set_mounted(const char *name, const char *value)
{
	int ret;

	if (mount(NULL, BOOT, NULL, MS_REMOUNT, NULL))
		return -errno;
	ret = set(name, value);
	if (mount(NULL, BOOT, NULL, MS_REMOUNT | MS_RDONLY, NULL) && !ret)
		ret = -errno;
	return ret;
}

int main(int argc, char **argv)
{
	char *equals = argc == 2 ? strchr(argv[1], '=') : NULL;
	int ret;

	if (!equals) {
		fprintf(stderr, "usage: grubenv NAME=VALUE\n");
		return EINVAL;
	}
	*equals = '\0';
	ret = set_mounted(argv[1], equals + 1);
	if (ret)
		fprintf(stderr, "grubenv: " PATH ": %s: %s\n", argv[1], strerror(-ret));
	return -ret;
}
