// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_tables_64.c - what is mapped at the handoff on x86_64
 *
 *	lower half		one to one, and nothing but what is used: the safe
 *				area, with the final bootstrap; the destinations; the
 *				setup_data, which a kernel may look through before it
 *				has page tables of its own
 *	0xffff800000000000 ...	the window: kernel and RAM disk
 *	lobos_switch		the page in which it was linked
 *
 * There are as many levels as the running kernel uses, because to change that the
 * CPU must leave long mode. The size of memory and the addresses of the running
 * kernel make no difference.
 */
#define pr_fmt(fmt) "lobos: " fmt

#include <linux/cc_platform.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <asm/cpufeature.h>
#include <asm/pgtable.h>
#include <asm/setup.h>

#include "page_tables.h"

/* The first address of the upper half if there are four levels, and in it if there are five. */
#define WINDOW		0xffff800000000000UL

unsigned long lobos_window(void)
{
	return WINDOW + LOBOS_WINDOW_STAGGER;
}

/* Large pages only where all of the page is asked for: there may be a device beside it. */
static int map_range(struct lobos_builder *builder, phys_addr_t start, phys_addr_t end)
{
	int error = 0;

	while (start < end && !error) {
		if (IS_ALIGNED(start, PMD_SIZE) && end - start >= PMD_SIZE) {
			error = lobos_map_large(builder, start);
			start += PMD_SIZE;
		} else {
			error = lobos_map_page(builder, start, start);
			start += PAGE_SIZE;
		}
	}
	return error;
}

static int map_destination(struct lobos_builder *builder, const struct lobos_part *part)
{
	return map_range(builder, part->destination, part->destination + part->memory_bytes);
}

/* Only the heads: the contents are read when the new kernel has page tables of its own. */
static int map_setup_data(struct lobos_builder *builder)
{
	phys_addr_t start = lobos_boot_params.hdr.setup_data, next;
	struct setup_data *node;
	int error = 0;

	for (; start && !error; start = next) {
		node = memremap(start, sizeof(*node), MEMREMAP_WB);
		if (!node)
			return -ENOMEM;
		next = node->next;
		memunmap(node);
		error = map_range(builder, PAGE_ALIGN_DOWN(start),
				  PAGE_ALIGN(start + sizeof(*node)));
	}
	return error;
}

static int map_switch(struct lobos_builder *builder)
{
	unsigned long page = PAGE_ALIGN_DOWN((unsigned long)lobos_switch);

	return lobos_map_page(builder, page, slow_virt_to_phys((void *)page));
}

int lobos_map_all_else(struct lobos_builder *builder)
{
	const struct lobos_image *image = builder->image;
	int error;

	error = map_range(builder, lobos_safe.start, lobos_safe.start + lobos_safe.bytes);
	if (!error)
		error = map_destination(builder, &image->kernel);
	if (!error)
		error = map_destination(builder, &image->ramdisk);
	if (!error)
		error = map_setup_data(builder);
	if (!error)
		error = map_switch(builder);
	return error;
}

int lobos_check_page_tables(const struct lobos_image *image)
{
	const char *name = image->kernel.name;

	if (pgtable_l5_enabled() && !(image->flags & LOBOS_IMAGE_5_LEVELS))
		return lobos_refuse(-EOPNOTSUPP,
				    "%s can use 4 levels of page tables, this machine uses 5",
				    name);
	/* Each entry would need a bit that the new kernel does not know of. */
	if (cc_platform_has(CC_ATTR_MEM_ENCRYPT))
		return lobos_refuse(-EOPNOTSUPP, "%s: memory is encrypted", name);
	if (boot_cpu_has(X86_FEATURE_XENPV))
		return lobos_refuse(-EOPNOTSUPP, "%s: page tables are managed by Xen", name);
	return 0;
}
