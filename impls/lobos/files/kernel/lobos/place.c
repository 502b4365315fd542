// SPDX-License-Identifier: GPL-2.0-only
/*
 * place.c - where in memory something can be put
 */
#include <linux/ioport.h>
#include <linux/kexec.h>
#include <linux/pfn.h>
#include <linux/sizes.h>

#include "internal.h"

/* Adds up how much of a range is memory: holes are not called back for. */
static int count_ram(unsigned long pfn, unsigned long nr_pages, void *sum)
{
	*(unsigned long *)sum += nr_pages;
	return 0;
}

bool lobos_is_all_ram(u64 start, u64 end)
{
	unsigned long nr_pages = PHYS_PFN(end) - PHYS_PFN(start), sum = 0;

	if (end > lobos_arch_limit())
		return false;
	walk_system_ram_range(PHYS_PFN(start), nr_pages, &sum, count_ram);
	return sum == nr_pages;
}

/*
 * The first MiB is the firmware's (and Linux leaves it alone), a crash kernel
 * lies ready in its region, and the architecture knows the rest.
 */
bool lobos_is_reserved(phys_addr_t start, phys_addr_t end)
{
	if (start < SZ_1M)
		return true;
	if (crashk_res.end && start <= crashk_res.end && end > crashk_res.start)
		return true;
	return lobos_arch_reserved(start, end);
}

/* As kexec_file_load() has it: low memory is what old devices need. */
phys_addr_t lobos_find_place(u64 bytes, u64 alignment)
{
	u64 start = lobos_arch_limit();

	while (start > alignment) {
		start = ALIGN_DOWN(start - 1, alignment);
		if (lobos_is_all_ram(start, start + bytes) &&
		    !lobos_is_reserved(start, start + bytes))
			return start;
	}
	return 0;
}
