/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mounts.h - which file systems are where, and when
 */
#ifndef MOUNTS_H
#define MOUNTS_H

/* Mounts sysfs, without which no mark can be set. Return: 0 or a negative errno. */
int mounts_sysfs(void);

/*
 * mounts_up() - mount the rest, but no boot disk, and make the root writable
 * What cannot be mounted is said on the console, and left out, here and below.
 */
void mounts_up(void);

/* mounts_boot() - mount the boot disk of the running kernel, which has that number */
void mounts_boot(int disk);

/* mounts_next() - the same of the next kernel, where that is on another disk */
void mounts_next(int disk);

/*
 * mounts_down() - sync, unmount the boot disks, make the root read-only
 * /tmp and /run stay: an image for the next kernel may lie there. A file
 * system that stays writable is said on the console; it has been synced.
 */
void mounts_down(void);

#endif /* MOUNTS_H */
