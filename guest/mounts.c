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
};

/* The boot disk's partition, on a virtio disk or on a card. */
static const char *const boot_disks[] = { "/dev/vda1", "/dev/mmcblk0p1" };

int mounts_sysfs(void)
{
	return mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) ? -errno : 0;
}

/* Read-only but for the moment in which grubenv(8) writes to it. */
static int mount_boot(void)
{
	int ret = -ENODEV;

	for (size_t i = 0; ret && i < ARRAY_SIZE(boot_disks); i++)
		ret = mount(boot_disks[i], "/boot", "ext2", MS_RDONLY, NULL) ? -errno : 0;
	return ret;
}

void mounts_up(void)
{
	int ret;

	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		if (!mount(table[i].source, table[i].target, table[i].type, table[i].flags,
			   table[i].data))
			continue;
		/* A kernel with DEVTMPFS_MOUNT has done /dev itself. */
		if (errno == EBUSY && !strcmp(table[i].type, "devtmpfs"))
			continue;
		say("%s: not mounted on %s: %s", table[i].source, table[i].target, strerror(errno));
	}
	ret = mount_boot();
	if (ret)
		say("the boot disk: not mounted on /boot: %s", strerror(-ret));
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
