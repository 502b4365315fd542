// SPDX-License-Identifier: GPL-2.0-only
/*
 * place.c - where in memory something can be put
 */
#include <linux/align.h>
#include <linux/ioport.h>
#include <linux/sched.h>
#include <linux/sizes.h>

#include "internal.h"

#define RAM	(IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY)

static int add_bytes(struct resource *resource, void *sum)
{
	*(u64 *)sum += resource_size(resource);
	return 0;
}

/* What is found is cut off at both ends of the range, and nothing is found twice. */
bool lobos_is_all_ram(u64 start, u64 end)
{
	u64 sum = 0;

	if (end > lobos_arch_limit())
		return false;
	walk_iomem_res_desc(IORES_DESC_NONE, RAM, start, end - 1, &sum, add_bytes);
	return sum == end - start;
}

static int note(struct resource *resource, void *arg)
{
	return 1;
}

static bool has_crash_kernel(u64 start, u64 end)
{
	return walk_iomem_res_desc(IORES_DESC_CRASH_KERNEL, RAM, start, end - 1, NULL, note) == 1;
}

/*
 * The first MiB is the firmware's (and Linux leaves it alone), a crash kernel
 * lies ready in its region, and the architecture knows the rest.
 */
bool lobos_is_reserved(phys_addr_t start, phys_addr_t end)
{
	if (start < SZ_1M)
		return true;
	return has_crash_kernel(start, end) || lobos_arch_reserved(start, end);
}

bool lobos_is_free(u64 start, u64 end)
{
	return lobos_is_all_ram(start, end) && !lobos_is_reserved(start, end);
}

/*
 * High, as kexec_file_load() has it: low memory is what old devices need. A kernel
 * maps itself in large pages, so that all of the last one must be memory, too.
 */
phys_addr_t lobos_find_place(u64 bytes, u64 alignment)
{
	u64 start = lobos_arch_limit();

	while (start > alignment) {
		start = ALIGN_DOWN(start - 1, alignment);
		if (lobos_is_free(start, start + ALIGN(bytes, alignment)))
			return start;
		cond_resched();
	}
	return 0;
}
