// SPDX-License-Identifier: GPL-2.0-only
/*
 * mounts.c - which file systems are where, and when
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "array_size.h"
#include "guest_protocol.h"
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

/* Whether the disk of the next kernel is mounted. */
static bool has_next;

int mounts_sysfs(void)
{
	return mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) ? -errno : 0;
}

/*
 * A boot disk's partition, on a virtio disk or on a card; the root is on the second disk. Read-only
 * but for the moment in which grubenv(8) writes to it.
 */
static int mount_disk(int disk, const char *target)
{
	int place = disk ? disk + 1 : 0, ret;
	char virtio[16], card[32];

	snprintf(virtio, sizeof(virtio), "/dev/vd%c1", 'a' + place);
	snprintf(card, sizeof(card), "/dev/mmcblk%dp1", place);
	ret = mount(virtio, target, "ext2", MS_RDONLY, NULL) ? -errno : 0;
	if (ret)
		ret = mount(card, target, "ext2", MS_RDONLY, NULL) ? -errno : 0;
	if (ret)
		say("boot disk %d: not mounted on %s: %s", disk, target, strerror(-ret));
	return ret;
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

void mounts_boot(int disk)
{
	mount_disk(disk, BOOT_FOLDER);
}

void mounts_next(int disk)
{
	has_next = !mount_disk(disk, OTHER_BOOT_FOLDER);
}

void mounts_down(void)
{
	sync();
	if (umount(BOOT_FOLDER) && errno != EINVAL)
		say(BOOT_FOLDER " stays mounted: %s", strerror(errno));
	if (has_next && umount(OTHER_BOOT_FOLDER))
		say(OTHER_BOOT_FOLDER " stays mounted: %s", strerror(errno));
	if (mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY, NULL))
		say("/ stays writable: %s", strerror(errno));
}
