// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_tables.c - the page tables under which one kernel replaces another
 *
 * Paging stays on, and so everything that runs must be mapped, at the same
 * addresses before and after the switch to these tables. What that is depends on
 * the architecture. The window is on all: the pages of the kernel and of its RAM
 * disk in order, so that scattered memory is copied as if it were in one piece.
 *
 * The first tables lie in the safe area. More, as large images need them and a CPU
 * that knows no large pages, come from pages outside the destinations.
 */
#include <linux/io.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <asm/cpufeature.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>

#include "page_tables.h"

#define TABLE_FLAGS	(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)
/* Of the four entries of PAE's top level, all bits but the first are reserved. */
#define TOP_FLAGS	(IS_ENABLED(CONFIG_X86_PAE) ? _PAGE_PRESENT : TABLE_FLAGS)

#define TABLE_ENTRIES	(PAGE_SIZE / sizeof(pteval_t))

static bool has_large_pages(void)
{
	return IS_ENABLED(CONFIG_X86_64) || IS_ENABLED(CONFIG_X86_PAE) ||
	       cr4_read_shadow() & X86_CR4_PSE;
}

static pteval_t *new_table(struct lobos_builder *builder)
{
	struct page *page;
	pteval_t *table;

	if (builder->pool_used < LOBOS_TABLE_PAGES) {
		table = lobos_at(LOBOS_TABLES + builder->pool_used++ * PAGE_SIZE);
		memset(table, 0, PAGE_SIZE);
		return table;
	}
	page = lobos_alloc_page(builder->image, GFP_KERNEL | __GFP_ZERO);
	if (!page)
		return NULL;
	list_add(&page->lru, &builder->image->tables);
	return page_address(page);
}

static pteval_t *next_table(struct lobos_builder *builder, pteval_t *entry, pteval_t flags)
{
	pteval_t *table;

	if (*entry)
		return __va(*entry & PTE_PFN_MASK);
	table = new_table(builder);
	if (table)
		*entry = __pa(table) | flags;
	return table;
}

pteval_t *lobos_pmd_entry(struct lobos_builder *builder, unsigned long virt)
{
	pteval_t *table = lobos_at(LOBOS_TABLES);
	unsigned int shift;

	for (shift = PGDIR_SHIFT; shift > PMD_SHIFT; shift -= ilog2(TABLE_ENTRIES)) {
		table = next_table(builder, table + (virt >> shift) % TABLE_ENTRIES,
				   shift == PGDIR_SHIFT ? TOP_FLAGS : TABLE_FLAGS);
		if (!table)
			return NULL;
	}
	return table + (virt >> PMD_SHIFT) % TABLE_ENTRIES;
}

int lobos_map_page(struct lobos_builder *builder, unsigned long virt, phys_addr_t phys)
{
	pteval_t *entry = lobos_pmd_entry(builder, virt);

	if (entry)
		entry = next_table(builder, entry, TABLE_FLAGS);
	if (!entry)
		return -ENOMEM;
	entry[(virt >> PAGE_SHIFT) % TABLE_ENTRIES] = phys | TABLE_FLAGS;
	return 0;
}

int lobos_map_large(struct lobos_builder *builder, phys_addr_t start)
{
	phys_addr_t address;
	pteval_t *entry;

	if (has_large_pages()) {
		entry = lobos_pmd_entry(builder, start);
		if (!entry)
			return -ENOMEM;
		*entry = start | TABLE_FLAGS | _PAGE_PSE;
		return 0;
	}
	for (address = start; address < start + PMD_SIZE; address += PAGE_SIZE)
		if (lobos_map_page(builder, address, address))
			return -ENOMEM;
	return 0;
}

/* Maps the pages of a part from @virt on, which is moved behind them. */
static int map_part(struct lobos_builder *builder, const struct lobos_part *part,
		    unsigned long *virt)
{
	unsigned long i;
	int error = 0;

	for (i = 0; i < part->nr_pages && !error; i++, *virt += PAGE_SIZE)
		error = lobos_map_page(builder, *virt, page_to_phys(part->pages[i]));
	return error;
}

int lobos_page_tables(struct lobos_image *image)
{
	struct lobos_builder builder = { .image = image };
	unsigned long virt = lobos_window();
	int error;

	/* Of an earlier attempt at what is loaded. */
	lobos_free_pages(&image->tables);
	/* The top level is the first of the pool. */
	new_table(&builder);

	error = lobos_map_all_else(&builder);
	if (!error)
		error = map_part(&builder, &image->kernel, &virt);
	if (!error)
		error = map_part(&builder, &image->ramdisk, &virt);
	return error;
}
