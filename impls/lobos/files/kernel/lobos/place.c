// SPDX-License-Identifier: GPL-2.0-only
/*
 * place.c - where in memory something can be put
 */
#include <linux/align.h>
#include <linux/sizes.h>

#include "internal.h"

/*
 * The first MiB is the firmware's (and Linux leaves it alone), a crash kernel
 * lies ready in its region, and the architecture knows the rest.
 */
bool lobos_is_reserved(phys_addr_t start, phys_addr_t end)
{
	if (start < SZ_1M)
		return true;
	return lobos_is_crash_kernel(start, end) || lobos_arch_reserved(start, end);
}

bool lobos_is_free(u64 start, u64 end)
{
	return lobos_is_all_ram(start, end) && !lobos_is_reserved(start, end);
}

/* As kexec_file_load() has it: low memory is what old devices need. */
phys_addr_t lobos_find_place(u64 bytes, u64 alignment)
{
	u64 start = lobos_arch_limit();

	while (start > alignment) {
		start = ALIGN_DOWN(start - 1, alignment);
		if (lobos_is_free(start, start + bytes))
			return start;
	}
	return 0;
}
