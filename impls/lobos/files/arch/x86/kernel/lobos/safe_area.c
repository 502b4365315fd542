// SPDX-License-Identifier: GPL-2.0-only
/*
 * safe_area.c - memory that is handed from kernel to kernel
 *
 * The first kernel reserves it. Every later one finds it in boot_params as a
 * setup_data node, which early_reserve_memory() has kept, and adopts it: the
 * memory that LOBOS costs does not grow with the number of boots.
 */
#define pr_fmt(fmt) "lobos: " fmt

#include <linux/init.h>
#include <linux/io.h>
#include <linux/memblock.h>
#include <linux/printk.h>
#include <linux/sizes.h>
#include <asm/setup.h>

#include "layout.h"

/* The least that an area must have, or it is not worth adopting: 64 KiB of log. */
#define MIN_BYTES	(LOBOS_LOG + SZ_64K)
#define MAX_BYTES	(16 * SZ_1M)

/*
 * The area lies below this if possible: within the low memory of any kernel,
 * however it is configured, and above the place where kernels lie.
 */
#define PREFERRED_END	(256 * SZ_1M)

/*
 * Some memory must lie above it: the next kernel takes setup_data out of the RAM
 * that it counts, and memory would end where the area begins.
 */
#define MEMORY_ABOVE	SZ_1M

struct lobos_safe_area lobos_safe;

/* On x86_64 low memory ends at 4 GiB, but all memory is as good. */
phys_addr_t lobos_arch_limit(void)
{
	return PFN_PHYS(IS_ENABLED(CONFIG_X86_64) ? max_pfn : max_low_pfn);
}

static bool __init can_adopt(phys_addr_t start, const struct setup_data *node)
{
	u64 bytes = (u64)node->len + sizeof(*node);

	return node->type == SETUP_LOBOS && PAGE_ALIGNED(start) && PAGE_ALIGNED(bytes) &&
	       bytes >= MIN_BYTES && bytes <= MAX_BYTES && start + bytes <= lobos_arch_limit();
}

/* Return: the address of the first node that can be adopted, or 0 */
static phys_addr_t __init find_area(unsigned long *bytes)
{
	phys_addr_t start = boot_params.hdr.setup_data, next;
	struct setup_data *node;
	bool found;

	for (; start; start = next) {
		node = early_memremap(start, sizeof(*node));
		if (!node)
			return 0;
		next = node->next;
		found = can_adopt(start, node);
		*bytes = node->len + sizeof(*node);
		early_memunmap(node, sizeof(*node));
		if (found)
			return start;
	}
	return 0;
}

/*
 * A node without "handed" is stale: someone else passed our boot_params on, and
 * the logs in the area are those of an earlier boot.
 */
static void __init adopt(phys_addr_t start, unsigned long bytes)
{
	struct lobos_node *node = __va(start);

	lobos_safe.start = start;
	lobos_safe.bytes = bytes;
	lobos_safe.adopted = true;
	lobos_safe.damaged = node->magic != LOBOS_NODE_MAGIC ||
			     node->version != LOBOS_NODE_VERSION ||
			     node->crc != lobos_node_crc(node) || node->bytes != bytes ||
			     node->log_offset != LOBOS_LOG;
	lobos_safe.handed = !lobos_safe.damaged && node->handed;
	node->handed = 0;
}

static void __init allocate(void)
{
	unsigned long bytes = CONFIG_LOBOS_SAFE_AREA_KIB * SZ_1K;
	phys_addr_t start, end = lobos_arch_limit() - MEMORY_ABOVE;
	struct lobos_node *node;

	start = memblock_phys_alloc_range(bytes, PAGE_SIZE, SZ_1M, min_t(u64, end, PREFERRED_END));
	if (!start)
		start = memblock_phys_alloc_range(bytes, PAGE_SIZE, SZ_1M, end);
	if (!start) {
		pr_warn("no %lu KiB of memory for a safe area\n", bytes / SZ_1K);
		return;
	}

	node = __va(start);
	memset(node, 0, sizeof(*node));
	node->setup_data.next = boot_params.hdr.setup_data;
	node->setup_data.type = SETUP_LOBOS;
	node->setup_data.len = bytes - sizeof(node->setup_data);
	lobos_safe.start = start;
	lobos_safe.bytes = bytes;
}

/* Called by setup_arch() when low memory is mapped and memblock allocates. */
void __init lobos_reserve(void)
{
	unsigned long bytes;
	phys_addr_t start = find_area(&bytes);

	if (start)
		adopt(start, bytes);
	else
		allocate();
	if (!lobos_safe.bytes)
		return;

	lobos_safe.log = lobos_at(LOBOS_LOG);
	lobos_safe.log_bytes = lobos_safe.bytes - LOBOS_LOG;
	pr_info("safe area of %lu KiB at %pa, %s\n", lobos_safe.bytes / SZ_1K, &lobos_safe.start,
		lobos_safe.adopted ? "adopted" : "new");
}
