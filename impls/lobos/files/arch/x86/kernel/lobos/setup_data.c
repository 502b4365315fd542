// SPDX-License-Identifier: GPL-2.0-only
/*
 * setup_data.c - what the boot loader, or an earlier kernel, left for all kernels
 *
 * It is looked up in its chain, because not every kernel marks it in its memory map.
 */
#include <linux/io.h>
#include <asm/setup.h>

#include "layout.h"

/* Memory that cannot be looked at is better left alone. */
static bool has_setup_data(u64 start, u64 end)
{
	const struct setup_indirect *indirect;
	u64 at = lobos_boot_params.hdr.setup_data;
	struct setup_data *node;
	bool found = false;

	while (at && !found) {
		node = memremap(at, sizeof(*node) + sizeof(*indirect), MEMREMAP_WB);
		if (!node)
			return true;
		found = lobos_overlaps(at, sizeof(*node) + node->len, start, end);
		indirect = (const void *)node->data;
		if (node->type == SETUP_INDIRECT)
			found |= lobos_overlaps(indirect->addr, indirect->len, start, end);
		at = node->next;
		memunmap(node);
	}
	return found;
}

bool lobos_arch_reserved(phys_addr_t start, phys_addr_t end)
{
	return lobos_overlaps(lobos_safe.start, lobos_safe.bytes, start, end) ||
	       has_setup_data(start, end) || lobos_efi_has(start, end);
}
