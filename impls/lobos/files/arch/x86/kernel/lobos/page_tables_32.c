// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_tables_32.c - what is mapped at the handoff on i386
 *
 *	0 ...			all low memory, one to one: the final bootstrap, the
 *				new kernel until it switches paging off itself
 *	window ...		kernel and RAM disk
 *	PAGE_OFFSET ...		all low memory again: the code that switches
 */
#include <linux/mm.h>
#include <linux/pfn.h>
#include <asm/pgtable.h>

#include "page_tables.h"

/* Where the one-to-one map of low memory ends. */
static unsigned long map_end(void)
{
	return ALIGN(lobos_arch_limit(), PMD_SIZE);
}

unsigned long lobos_window(void)
{
	return map_end() + LOBOS_WINDOW_STAGGER;
}

/* The alias has the same large pages, or shares the same tables. */
static int map_alias(struct lobos_builder *builder, unsigned long start)
{
	pteval_t *alias = lobos_pmd_entry(builder, PAGE_OFFSET + start);

	if (!alias)
		return -ENOMEM;
	*alias = *lobos_pmd_entry(builder, start);
	return 0;
}

/*
 * A large page may reach over memory of more than one cache type, as in the first
 * MiB: that is slow, not wrong.
 */
int lobos_map_all_else(struct lobos_builder *builder)
{
	unsigned long address;
	int error = 0;

	for (address = 0; address < map_end() && !error; address += PMD_SIZE) {
		error = lobos_map_large(builder, address);
		if (!error)
			error = map_alias(builder, address);
	}
	return error;
}

int lobos_check_page_tables(const struct lobos_image *image)
{
	if (image->kernel.nr_pages + image->ramdisk.nr_pages >
	    PHYS_PFN(PAGE_OFFSET - lobos_window()))
		return lobos_refuse(-EFBIG, "%s is larger than the address space left",
				    image->kernel.name);
	return 0;
}
