// SPDX-License-Identifier: GPL-2.0-only
/*
 * mounts.c - which file systems are where, and when
 */
#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "array_size.h"
#include "mounts.h"
#include "say.h"

static const struct {
	const char *source, *target, *type;
	unsigned long flags;
	const char *data;
} table[] = {
	{ "proc",	"/proc",	"proc",		MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL },
	{ "devtmpfs",	"/dev",		"devtmpfs",	MS_NOSUID, "mode=0755" },
	{ "tmpfs",	"/tmp",		"tmpfs",	MS_NOSUID | MS_NODEV, "mode=1777" },
	{ "tmpfs",	"/run",		"tmpfs",	MS_NOSUID | MS_NODEV, "mode=0755" },
	/* Read-only but for the moment in which grubenv(8) writes to it. */
	{ "/dev/vda1",	"/boot",	"ext2",		MS_RDONLY, NULL },
};

int mounts_sysfs(void)
{
	return mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) ? -errno : 0;
}

void mounts_up(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		if (!mount(table[i].source, table[i].target, table[i].type, table[i].flags,
			   table[i].data))
			continue;
		/* A kernel with DEVTMPFS_MOUNT has done /dev itself. */
		if (errno == EBUSY && !strcmp(table[i].type, "devtmpfs"))
			continue;
		say("%s: not mounted on %s: %s", table[i].source, table[i].target, strerror(errno));
	}
	if (mount(NULL, "/", NULL, MS_REMOUNT, NULL))
		say("/ stays read-only: %s", strerror(errno));
}

void mounts_down(void)
{
	sync();
	if (umount("/boot") && errno != EINVAL)
		say("/boot stays mounted: %s", strerror(errno));
	if (mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY, NULL))
		say("/ stays writable: %s", strerror(errno));
}
