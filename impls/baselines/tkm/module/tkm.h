/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * tkm.h - what monte asks of the module
 *
 * Memory of the process stays where it is, locked, until the machine has left
 * the old kernel; then each page of it is copied to where it belongs.
 */
#ifndef TKM_H
#define TKM_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define TKM_DEVICE		"/dev/tkm"
#define TKM_REGIONS_MAX		10

/* Jump to entry in protected mode, ESI = 0x90000; the BIOS is not called. */
#define TKM_PROTECTED		0x00000001u
/* Do all that can fail, and then nothing; what the process sees is as it was. */
#define TKM_DRY_RUN		0x80000000u

struct tkm_region {
	__aligned_u64 memory;	/* address in the process, of a page */
	__u32 destination;	/* physical address, of a page */
	__u32 bytes;		/* whole pages */
};

struct tkm_boot {
	__u32 flags;
	__u32 entry;		/* with TKM_PROTECTED: physical, in one of the regions */
	__u32 nr_regions;
	struct tkm_region regions[TKM_REGIONS_MAX];
};

/* Returns 0 for a dry run, does not return when it boots, or fails with an errno. */
#define TKM_BOOT		_IOW('k', 1, struct tkm_boot)

#endif /* TKM_H */
