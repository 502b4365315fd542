// SPDX-License-Identifier: GPL-2.0-only
/*
 * region.c - memory of the process, laid out as it shall lie in the machine
 */
#include <errno.h>
#include <sys/mman.h>

#include "die.h"
#include "region.h"

uint8_t *region_add(struct regions *regions, uint32_t destination, size_t bytes)
{
	struct region *region = &regions->at[regions->n];
	uint32_t offset = destination % PAGE_BYTES;

	if (regions->n == REGIONS_MAX)
		die(E2BIG, "the image has more than %d parts", REGIONS_MAX);
	region->destination = destination - offset;
	region->bytes = (offset + bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
	if (region->bytes < bytes || region->destination + region->bytes < region->destination)
		die(EINVAL, "%zu bytes at %#x: beyond the address space", bytes, destination);
	region->memory = mmap(NULL, region->bytes, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (region->memory == MAP_FAILED)
		die(errno, "%zu bytes of memory", region->bytes);
	regions->n++;
	return region->memory + offset;
}
