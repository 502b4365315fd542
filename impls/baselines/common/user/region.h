/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * region.h - memory of the process, laid out as it shall lie in the machine
 */
#ifndef REGION_H
#define REGION_H

#include <stddef.h>
#include <stdint.h>

#define PAGE_BYTES	4096u
#define REGIONS_MAX	10

/* Where the small parts lie. Linux leaves these pages alone, and the firmware too. */
#define LOW_PARAMS	0x90000u	/* boot_params, or the set-up code of a bzImage */
#define LOW_COMMAND	0x9a000u	/* the command line */
#define COMMAND_BYTES	2048u		/* its size, with the NUL, on x86 */

/* A RAM disk ends below the memory that every 32-bit kernel maps. */
#define RAMDISK_LAST	0x37ffffffu

struct region {
	uint32_t destination;	/* physical, of a page */
	uint8_t *memory;	/* begins a page */
	size_t bytes;		/* whole pages */
};

struct regions {
	struct region at[REGIONS_MAX];
	unsigned int n;
};

/*
 * region_add() - take zeroed memory for a destination
 * @destination: physical address
 * @bytes: rounded up to whole pages
 *
 * Both ends are extended to whole pages. Ends the program with ENOMEM, EINVAL
 * (the range wraps) or E2BIG (too many regions).
 *
 * Return: the byte that belongs at destination
 */
uint8_t *region_add(struct regions *regions, uint32_t destination, size_t bytes);

#endif /* REGION_H */
