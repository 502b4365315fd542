/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * place.h - whose code lies at an address, while one system becomes another
 *
 * Pure. What memory holds changes on the way: at 16 MiB lies the old kernel, then
 * a decompressor or the new kernel. So the marks seen so far decide too.
 */
#ifndef PLACE_H
#define PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "plan/image_extent.h"

enum place {
	PLACE_OLD_KERNEL,		/* its image, at the addresses it was linked for */
	PLACE_OLD_KERNEL_PHYSICAL,	/* its image, at its physical address */
	PLACE_OLD_MODULE,		/* at addresses of it and mapped page by page: a module */
	PLACE_LOW_MEMORY,		/* below 640 KiB: what the way put there */
	PLACE_SETUP,			/* the new kernel's set-up code, entered in real mode */
	PLACE_BIOS,			/* the BIOS's segments, or its ROM below 4 GiB */
	PLACE_SAFE_AREA,		/* elsewhere in memory, at its physical address or where
					 * the kernel maps all memory: what the way set aside */
	PLACE_LOADER,			/* after the mark boot_sector: the boot loader */
	PLACE_DECOMPRESSOR,		/* after the mark decompress_entry */
	PLACE_NEW_KERNEL,		/* its first instructions, the mark kernel_entry in them */
	PLACES
};

/* What has been reached. */
enum stage {
	STAGE_OLD,			/* the old system, or the way's own code */
	STAGE_FIRMWARE,			/* the processor was reset */
	STAGE_LOADER,			/* mark boot_sector */
	STAGE_DECOMPRESSOR,		/* mark decompress_entry */
	STAGE_NEW_KERNEL,		/* mark kernel_entry */
};

#define SETUP_MAGIC	UINT32_C(0x53726448)	/* "HdrS" as it is loaded */
#define SETUP_MAGIC_AT	0x202
#define SETUP_ENTRY	0x200		/* Documentation/x86/boot.rst, "The real-mode code" */

#define PLACE_NOWHERE	UINT64_MAX	/* a physical address that is not known */

/* "image_start=", "image_end=" or "image_linear=" and a number. Return: false for anything else. */
bool place_take_image(struct image_extent *image, const char *text);

/*
 * place_move_image() - a kernel is entered
 * @linear:	an address in its first page, one to one with the physical one
 * A kernel can lie elsewhere than it was linked for, and still run at the same addresses.
 */
void place_move_image(struct image_extent *image, uint64_t linear);

/* Whether an address is the kernel's, and not a program's: from 3 GiB on, or in the upper half. */
bool place_is_kernels(uint64_t linear, const struct image_extent *image);

/*
 * place_of() - whose code lies there
 * @linear:	the address that is executed
 * @physical:	where that is in memory; PLACE_NOWHERE for what is not in RAM
 * @setup:	where the segment of the set-up code begins; PLACE_NOWHERE: not seen yet
 */
enum place place_of(enum stage stage, uint64_t linear, uint64_t physical,
		    const struct image_extent *image, uint64_t setup);

/* "old_kernel", "safe_area" ...; the reverse gives PLACES for anything else. */
const char *place_name(enum place place);
enum place place_from_name(const char *name);

/* True for the way's own code: not the BIOS, not a boot loader, nothing of the new kernel. */
bool place_is_own(enum place place);

#endif /* PLACE_H */
