/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * bootimg.h - what bootimg(2) is told: pages, where they go, where to begin
 *
 * The kernel knows no image format. The caller lays the image out in pages of
 * its own memory and says for each page where it belongs. At the start address
 * the machine is in 32-bit protected mode, paging off, interrupts off, CS 0x10
 * and DS ES FS GS SS 0x18 flat, ESP at the end of a page that belongs to nobody,
 * all other registers 0.
 */
#ifndef _UAPI_LINUX_BOOTIMG_H
#define _UAPI_LINUX_BOOTIMG_H

#include <linux/types.h>

/* bootimg(image): pointers are as wide as the kernel's */
#define BOOTIMG_SYSCALL		549
#define BOOTIMG_PAGE_BYTES	4096

struct boot_image {
	const void *const *pages;	/* the image's pages, each aligned to its size */
	__u32 nr_pages;
	const __u32 *destinations;	/* physical address of each page, aligned likewise */
	__u32 start;			/* physical address to jump to, in one of the pages */
	__u32 flags;			/* for future use: must be 0 */
};

#endif /* _UAPI_LINUX_BOOTIMG_H */
